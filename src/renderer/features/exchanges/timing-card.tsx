import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import { size } from '../../lib/bytes.ts';
import { duration, exactTime, localInstant } from '../../lib/time.ts';
import { purposeWords } from '../../lib/words.ts';
import { ConnectionCard } from './connection-card.tsx';
import { Waterfall } from './waterfall.tsx';

/** Times of an exchange, its connection, and what else is known of it. */
export function TimingCard({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { timings, connection } = exchange;
  return (
    <>
      <section className="card" aria-label="Timing">
        <header>
          <h3>Timing</h3>
          <span className="grow" />
          <span className="num">{duration(exchange.durationMs)}</span>
        </header>
        <div className="inside stack">
          {timings !== null && (
            <Waterfall timings={timings} reused={connection?.reused ?? timings.connect === null} />
          )}
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
      <ConnectionCard exchange={exchange} />
      <section className="card" aria-label="Record">
        <header>
          <h3>Record</h3>
        </header>
        <div className="inside">
          <dl className="facts">
            <dt>Purpose</dt>
            <dd>
              {purposeWords[exchange.purpose]}, {exchange.direction}
            </dd>
            <dt>{exchange.direction === 'inbound' ? 'Target' : 'URL'}</dt>
            <dd className="mono">{exchange.url}</dd>
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
