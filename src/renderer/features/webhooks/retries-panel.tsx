import './retries.css';
import {
  nextDelivery,
  retryPolicies,
  type NextDelivery,
  type RetryPolicy,
} from '../../../shared/highlevel/retry-policies.ts';
import { href } from '../../lib/route.ts';
import { clockTime, span, useNow } from '../../lib/time.ts';
import { Note } from '../../ui/notes.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { attemptTone, attemptWords, useAttempts, type Attempt } from './attempts.ts';
import { PanelState } from './panel-state.tsx';
import { RetryTimeline } from './retry-timeline.tsx';

const headings: Readonly<Record<NextDelivery['kind'], { word: string; tone: string }>> = {
  delivered: { word: 'delivered', tone: 'ok' },
  final: { word: 'final', tone: 'bad' },
  exhausted: { word: 'given up', tone: 'bad' },
  retry: { word: 'tried again', tone: 'warn' },
};

function nextWords(policy: RetryPolicy, next: NextDelivery, last: Attempt, now: number): string {
  const answer = last.status === null ? 'No answer' : `${last.status}`;
  switch (next.kind) {
    case 'delivered':
      return `${answer} says it has been delivered: nothing follows.`;
    case 'final':
      return `${answer} is final under this rule: HighLevel does not deliver it again. Resend it in the portal under Insights > Logs.`;
    case 'exhausted':
      return `All ${policy.retries} retries are used up. Resend it in the portal under Insights > Logs.`;
    case 'retry': {
      const when = `retry ${next.number} of ${policy.retries} comes between ${clockTime(next.from)} and ${clockTime(next.to)}`;
      const due = next.to < now ? 'overdue' : next.from < now ? 'due now' : `in ${span(next.from - now)}`;
      return `${answer} is tried again: ${when} (${due}).`;
    }
  }
}

function PolicyCard({
  policy,
  attempts,
}: {
  readonly policy: RetryPolicy;
  readonly attempts: readonly Attempt[];
}) {
  const now = useNow();
  const last = attempts.at(-1);
  if (last === undefined) return null;
  const next = last.pending ? null : nextDelivery(policy, attempts);
  return (
    <section className="card" aria-label={`Under “${policy.name}”`}>
      <header>
        <h3>{policy.name}</h3>
        {next !== null && (
          <span className={`tag ${headings[next.kind].tone}`}>{headings[next.kind].word}</span>
        )}
      </header>
      <div className="inside stack">
        <p>
          {next === null
            ? 'The last delivery has not been answered yet.'
            : nextWords(policy, next, last, now)}
        </p>
        <p className="muted small">
          {policy.sentence} ({policy.source}.) {policy.assumption}
        </p>
      </div>
    </section>
  );
}

function AttemptTable({
  attempts,
  chosen,
}: {
  readonly attempts: readonly Attempt[];
  readonly chosen: string;
}) {
  const start = attempts[0]?.at ?? 0;
  return (
    <div className="table-frame">
      <table className="facts-table" aria-label="Deliveries of this webhook">
        <thead>
          <tr>
            <th scope="col">Delivery</th>
            <th scope="col">Came</th>
            <th scope="col">After the first</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <tr key={attempt.id}>
              <th scope="row">
                {attempt.id === chosen ? (
                  `${attempt.number}, this one`
                ) : (
                  <a className="link" href={href('webhooks', attempt.id)}>
                    {attempt.number}
                  </a>
                )}
              </th>
              <td>
                <ClockTime at={attempt.at} />
              </td>
              <td>{attempt.number === 1 ? '–' : `+${span(attempt.at - start)}`}</td>
              <td className={attemptTone(attempt)}>{attemptWords(attempt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Retries({ id, webhookId }: { readonly id: string; readonly webhookId: string }) {
  const { data, error, refetch } = useAttempts(webhookId);
  if (data === undefined)
    return <PanelState what="Looking for other deliveries" error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) return <Note tone="info">This delivery is not indexed yet.</Note>;
  return (
    <>
      <section className="card" aria-label="Deliveries and retries">
        <header>
          <h3>
            {data.length === 1 ? 'One delivery of this webhook' : `${data.length} deliveries of this webhook`}
          </h3>
          <span className="faint small mono clip">{webhookId}</span>
        </header>
        <AttemptTable attempts={data} chosen={id} />
        <RetryTimeline attempts={data} chosen={id} />
      </section>
      <div className="policy-cards">
        {retryPolicies.map((policy) => (
          <PolicyCard key={policy.id} policy={policy} attempts={data} />
        ))}
      </div>
      <p className="faint small">
        HighLevel has published both rules and does not say which holds. A resend by hand looks like a retry
        from here.
      </p>
    </>
  );
}

/** The deliveries of one webhookId, and when either published policy would deliver it again. */
export function RetriesPanel({ id, webhookId }: { readonly id: string; readonly webhookId: string | null }) {
  if (webhookId === null)
    return <Note tone="info">The body has no webhookId, so its other deliveries cannot be told.</Note>;
  return <Retries id={id} webhookId={webhookId} />;
}
