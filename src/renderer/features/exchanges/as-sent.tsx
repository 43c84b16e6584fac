import { useQuery } from '@tanstack/react-query';
import { headerValue } from '../../../shared/highlevel/headers.ts';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import { fromBase64, size } from '../../lib/bytes.ts';
import { encodingOf, isText } from '../../lib/text-encoding.ts';
import { rpc } from '../../platform/connection.ts';
import { CopyButton } from '../../ui/copy-field.tsx';
import { PanelState } from '../webhooks/panel-state.tsx';

/** Of the body this much is shown here; the tab of the request shows all of it. */
const shownBytes = 65_536;

/** Start line and headers, in the order and spelling of the wire. */
function headOf({ method, url, httpVersion, requestHeaders, connection }: ExchangeDetail): string {
  const { pathname, search, href } = new URL(url);
  // A proxy is asked for the whole address where nothing is encrypted (RFC 9112 §3.2.2).
  const target =
    connection !== null && connection.proxy !== null && connection.tls === null
      ? href
      : `${pathname}${search}`;
  const lines = requestHeaders.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/${httpVersion ?? '1.1'}`, ...lines].join('\n');
}

function bodyText(exchange: ExchangeDetail, bytes: Uint8Array): string {
  const { requestHeaders, requestBody } = exchange;
  if (requestBody.bytes === 0) return '';
  const encoding = encodingOf(headerValue(requestHeaders, 'content-type'), bytes);
  if (!isText(bytes, encoding)) return `(${size(requestBody.bytes)} that are no text)`;
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  const left = requestBody.bytes - bytes.length;
  return left > 0 ? `${text}\n… (${size(left)} more)` : text;
}

/** The request to the letter, secrets masked. */
export function AsSent({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { id, requestBody } = exchange;
  const { data, error, refetch } = useQuery({
    queryKey: ['as-sent', id],
    queryFn: async () =>
      requestBody.bytes === 0
        ? new Uint8Array(0)
        : fromBase64((await rpc.exchanges.body({ id, part: 'request', length: shownBytes })).base64),
  });
  if (data === undefined)
    return <PanelState what="Loading the request" error={error} onRetry={() => void refetch()} />;
  const head = headOf(exchange);
  const body = bodyText(exchange, data);
  return (
    <div className="cards">
      <section className="card" aria-label="Request as sent">
        <header>
          <h3 className="clip">Request as sent</h3>
          <span className="faint small clip">in the order and spelling of the wire, secrets masked</span>
          <span className="grow" />
          <CopyButton text={body === '' ? `${head}\n` : `${head}\n\n${body}`} what="request as sent" />
        </header>
        <div
          className="inside as-sent mono"
          role="textbox"
          aria-multiline
          aria-readonly
          aria-label="Start line, headers and body"
          tabIndex={0}
        >
          {`${head}\n\n${body}`}
        </div>
      </section>
    </div>
  );
}
