import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import { duration, exactTime, localInstant } from '../../lib/time.ts';
import { size } from '../../lib/bytes.ts';
import { purposeWords } from '../../lib/words.ts';

const phases = [
  ['dns', 'DNS', '--callback'],
  ['connect', 'Connect', '--forward'],
  ['tls', 'TLS', '--token'],
  ['wait', 'Wait', '--api'],
  ['receive', 'Receive', '--ok'],
] as const;

/** A phase that did not take place: the connection was there already, or needed none of it. */
function absent(phase: string, timings: NonNullable<ExchangeDetail['timings']>): string {
  return timings.connect === null && (phase === 'dns' || phase === 'connect') ? 'reused' : '–';
}

/** Where the time went, to scale. */
export function Waterfall({ timings }: { readonly timings: NonNullable<ExchangeDetail['timings']> }) {
  const total = Math.max(timings.total, 0.001);
  const lanes = phases.map(([key, name, colour], index) => ({
    key,
    name,
    colour,
    value: timings[key],
    from: phases.slice(0, index).reduce((sum, [earlier]) => sum + (timings[earlier] ?? 0), 0),
  }));
  return (
    <table className="waterfall">
      <caption className="unseen">Timing</caption>
      <tbody>
        {lanes.map(({ key, name, colour, value, from }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td className="lane">
              {value !== null && (
                <i
                  style={{
                    left: `${Math.min((from / total) * 100, 99)}%`,
                    width: `${Math.max((value / total) * 100, 0.6)}%`,
                    background: `var(${colour})`,
                  }}
                />
              )}
            </td>
            <td className="num">{value === null ? absent(key, timings) : duration(value)}</td>
          </tr>
        ))}
        <tr className="total">
          <th scope="row">Total</th>
          <td className="num" colSpan={2}>
            {duration(timings.total)}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

export function TimingCard({ exchange }: { readonly exchange: ExchangeDetail }) {
  return (
    <>
      <section className="card" aria-label="Timing">
        <header>
          <h3>Timing</h3>
          <span className="grow" />
          <span className="num">{duration(exchange.durationMs)}</span>
        </header>
        <div className="inside stack">
          {exchange.timings !== null && <Waterfall timings={exchange.timings} />}
          <dl className="facts">
            <dt>{exchange.direction === 'inbound' ? 'Received' : 'Sent'}</dt>
            <dd className="mono" title={exactTime(exchange.receivedAt)}>
              {localInstant(exchange.receivedAt)}
            </dd>
            <dt>Finished</dt>
            <dd
              className="mono"
              title={exchange.finishedAt === null ? undefined : exactTime(exchange.finishedAt)}
            >
              {exchange.finishedAt === null ? '–' : localInstant(exchange.finishedAt)}
            </dd>
          </dl>
        </div>
      </section>
      <section className="card" aria-label="Connection">
        <header>
          <h3>Connection</h3>
        </header>
        <div className="inside">
          <dl className="facts">
            <dt>Purpose</dt>
            <dd>
              {purposeWords[exchange.purpose]}, {exchange.direction}
            </dd>
            <dt>{exchange.direction === 'inbound' ? 'Target' : 'URL'}</dt>
            <dd className="mono">{exchange.url}</dd>
            <dt>HTTP version</dt>
            <dd className="mono">{exchange.httpVersion ?? '–'}</dd>
            <dt>Remote address</dt>
            <dd className="mono">{exchange.remoteAddress ?? '–'}</dd>
            <dt>Request</dt>
            <dd>{size(exchange.requestBytes)}</dd>
            <dt>Answer</dt>
            <dd>{size(exchange.responseBytes)}</dd>
            <dt>Sequence</dt>
            <dd className="mono">{exchange.seq}</dd>
            <dt>Id</dt>
            <dd className="mono">{exchange.id}</dd>
          </dl>
        </div>
      </section>
    </>
  );
}
