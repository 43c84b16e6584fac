/** The code exchange as it crossed the wire, with a sentence on every field; a refusal is decoded beside its raw body. */
import { useQuery } from '@tanstack/react-query';
import {
  explainTokenAnswer,
  explainTokenRequest,
  type ExplainedField,
} from '../../../shared/highlevel/explain-exchange.ts';
import { explainTokenError } from '../../../shared/highlevel/token-errors.ts';
import type { BodyPart, ExchangeDetail } from '../../../shared/model/exchange.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { href } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { useExchange } from '../../platform/queries.ts';
import { Failure, Note } from '../../ui/notes.tsx';

/** A token answer is a few KiB; of anything longer the beginning is enough to tell what it is. */
const enough = 65_536;
const shownOfBody = 4000;

function useBodyText({ id, responseBody }: ExchangeDetail, part: BodyPart) {
  return useQuery({
    queryKey: ['explained', id, part, responseBody?.sha256 ?? null],
    queryFn: async () => {
      const { base64 } = await rpc.exchanges.body({ id, part, offset: 0, length: enough });
      return new TextDecoder().decode(fromBase64(base64));
    },
  });
}

function Fields({ title, fields }: { readonly title: string; readonly fields: readonly ExplainedField[] }) {
  return (
    <section className="card" aria-label={title}>
      <header>
        <h3>{title}</h3>
      </header>
      <dl className="explained">
        {fields.map(({ name, value, sentence }) => (
          <div key={name}>
            <dt className="mono">{name}</dt>
            <dd>
              <code className="clip" title={value}>
                {value === '' ? '(empty)' : value}
              </code>
              <span className="muted">{sentence ?? 'Not documented; kept as it came.'}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Refusal({ status, body }: { readonly status: number; readonly body: string }) {
  const { sentence, remedy, traceId, kind } = explainTokenError(status, body, 'authorization_code');
  return (
    <section className="card" aria-label="What is known of this error">
      <header>
        <h3>What is known of this error</h3>
        <span className="tag">{kind}</span>
      </header>
      <div className="inside stack">
        <Note tone="bad">
          <b>{sentence}</b>
          <p className="muted">{remedy}</p>
        </Note>
        <dl className="facts">
          <dt>Status</dt>
          <dd className="mono">{status}</dd>
          <dt>traceId</dt>
          <dd className="mono">{traceId ?? 'none in the answer'}</dd>
        </dl>
        <div className="field">
          <span className="label">Raw body</span>
          <pre className="raw-body">{body === '' ? '(empty)' : body.slice(0, shownOfBody)}</pre>
          {body.length > shownOfBody && <span className="hint">The rest is in the exchange.</span>}
        </div>
      </div>
    </section>
  );
}

function Shown({ exchange }: { readonly exchange: ExchangeDetail }) {
  const request = useBodyText(exchange, 'request');
  const answer = useBodyText(exchange, 'response');
  const { status, url, method } = exchange;
  if ((request.error ?? answer.error) !== null) return <Failure error={request.error ?? answer.error} />;
  const sent = explainTokenRequest(request.data ?? '');
  const got = explainTokenAnswer(answer.data ?? '');
  const ok = status !== null && status < 300;
  return (
    <div className="cards">
      <p className="mono small clip" title={url}>
        {method} {url} → {status ?? exchange.error ?? 'no answer yet'}
      </p>
      {exchange.error !== null && <Note tone="bad">{exchange.error}</Note>}
      {status !== null && !ok && <Refusal status={status} body={answer.data ?? ''} />}
      <Fields title="What was sent" fields={sent} />
      {got.length > 0 && <Fields title="What came back" fields={got} />}
      {ok && got.length === 0 && (
        <Note tone="bad">The answer is not a JSON object; its raw bytes are in the exchange.</Note>
      )}
      <p className="hint">
        Secrets are masked; nothing else was changed.{' '}
        <a className="link" href={href('exchanges', exchange.id)}>
          See the exchange with its headers and timings
        </a>
      </p>
    </div>
  );
}

export function ExchangeShown({ id }: { readonly id: string }) {
  const { data, error } = useExchange(id);
  if (error !== null) return <Failure error={error} />;
  return data === undefined || data === null ? null : <Shown exchange={data} />;
}
