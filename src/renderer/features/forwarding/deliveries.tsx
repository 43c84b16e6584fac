import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { href } from '../../lib/route.ts';
import { duration } from '../../lib/time.ts';
import { statusTone } from '../../lib/words.ts';
import { Failure } from '../../ui/notes.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { ForwardingSummary } from './forwarding-summary.tsx';
import { useDeliveries } from './use-forwarding.ts';

function Row({ delivery }: { readonly delivery: ExchangeSummary }) {
  return (
    <tr>
      <td>
        <a className="link" href={href('exchanges', delivery.id)}>
          <ClockTime at={delivery.receivedAt} />
        </a>
      </td>
      <td className="mono">{delivery.url}</td>
      <td>
        {delivery.status === null ? (
          <span className="bad">{delivery.error ?? delivery.outcome}</span>
        ) : (
          <>
            <span className={statusTone(delivery.status)}>→ {delivery.status}</span>
            {delivery.error !== null && <span className="bad"> {delivery.error}</span>}
          </>
        )}
      </td>
      <td>{duration(delivery.durationMs)}</td>
    </tr>
  );
}

function Deliveries({ causeId }: { readonly causeId: string }) {
  const { data, error } = useDeliveries(causeId);
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <p className="quiet-line">Loading…</p>;
  if (data.length === 0)
    return (
      <p className="quiet-line">
        Not sent on yet. Replay sends it to your server now; Forward does so with every webhook as it comes.
      </p>
    );
  return (
    <table className="table" aria-label="Deliveries">
      <thead>
        <tr>
          <th scope="col">Sent</th>
          <th scope="col">To</th>
          <th scope="col">Answer</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {data.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} />
        ))}
      </tbody>
    </table>
  );
}

/** What was sent on because of this webhook, newest first, below where webhooks go. */
export function DeliveriesTab({ causeId }: { readonly causeId: string }) {
  return (
    <>
      <ForwardingSummary />
      <Deliveries causeId={causeId} />
    </>
  );
}
