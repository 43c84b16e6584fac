import { RotateCw } from 'lucide-react';
import type { SimulatorDelivery, SimulatorView } from '../../../shared/model/simulator.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/notes.tsx';
import type { Act } from './use-simulator.ts';

const tones = { delivered: 'ok', failed: 'bad', retrying: 'warn', sending: 'muted' } as const;

function outcome({ state, attempts, nextAttemptAt }: SimulatorDelivery): string {
  const last = attempts.at(-1);
  const answer = last === undefined ? '' : `, ${last.status ?? last.error ?? 'no answer'}`;
  return nextAttemptAt === null ? state + answer : `again at ${nextAttemptAt.slice(11, 19)}${answer}`;
}

function DeliveryRow({ delivery, act }: { readonly delivery: SimulatorDelivery; readonly act: Act }) {
  const { webhookId, type, createdAt, state, attempts } = delivery;
  return (
    <tr>
      <td className="mono">{createdAt.slice(11, 19)}</td>
      <th scope="row">{type}</th>
      <td>
        <span className={tones[state]}>{outcome(delivery)}</span>
      </td>
      <td>{attempts.length}</td>
      <td className="mono sim-id" title={webhookId}>
        {webhookId}
      </td>
      <td className="sim-do">
        <Button
          icon={RotateCw}
          disabled={act.isPending}
          aria-label={`Resend ${type} ${webhookId}`}
          onClick={() => act.mutate({ action: { do: 'resend', webhookId }, said: `Sent ${type} again` })}
        >
          Resend
        </Button>
      </td>
    </tr>
  );
}

export function DeliveriesCard({ view, act }: { readonly view: SimulatorView; readonly act: Act }) {
  const { deliveries, breaker } = view;
  return (
    <section className="card" aria-label="Deliveries">
      <header>
        <h2>Deliveries</h2>
        <span className="grow" />
        <span className="muted">
          {breaker.failed} of {breaker.settled} failed in these three days
        </span>
      </header>
      <div className="inside stack">
        {breaker.state !== 'closed' && (
          <Note
            tone={breaker.state === 'paused' ? 'bad' : 'warn'}
            action={
              <Button
                disabled={act.isPending}
                onClick={() => act.mutate({ action: { do: 'resume' }, said: 'Webhooks are on again' })}
              >
                Resume webhooks
              </Button>
            }
          >
            {breaker.state === 'paused'
              ? 'Webhooks are paused: too many failed twice in a row.'
              : 'Too many webhooks failed. The next time they are paused.'}
          </Note>
        )}
        {deliveries.length === 0 ? (
          <p className="muted">
            Webhooks the simulator sends appear here, the first when its app is installed.
          </p>
        ) : (
          <div className="sim-scroll tall">
            <table className="facts-table" aria-label="Newest deliveries">
              <thead>
                <tr>
                  <th scope="col">Sent (UTC)</th>
                  <th scope="col">Event</th>
                  <th scope="col">Outcome</th>
                  <th scope="col">Tries</th>
                  <th scope="col">Webhook id</th>
                  <th scope="col" className="sim-do">
                    Actions
                  </th>
                </tr>
              </thead>
              <tbody>
                {deliveries.map((delivery) => (
                  <DeliveryRow key={delivery.webhookId} delivery={delivery} act={act} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </section>
  );
}
