import { useState } from 'react';
import {
  nextDelivery,
  plannedRetries,
  retryPolicies,
  type RetryPolicy,
} from '../../../shared/highlevel/retry-policies.ts';
import { href } from '../../lib/route.ts';
import { span } from '../../lib/time.ts';
import { attemptTone, attemptWords, type Attempt } from './attempts.ts';

const minute = 60_000;
const windows = [
  { name: 'First 5 minutes', ms: 5 * minute, step: minute },
  { name: 'First 75 minutes', ms: 75 * minute, step: 15 * minute },
  { name: 'All 12 hours', ms: 720 * minute, step: 120 * minute },
] as const;
type Window = (typeof windows)[number];

const left = (ms: number, { ms: length }: Window) => ({ left: `${(ms / length) * 100}%` });

function Ruler({ window }: { readonly window: Window }) {
  const count = Math.ceil(window.ms / window.step);
  return (
    <div className="lane ruler" aria-hidden>
      <span />
      <div>
        {Array.from({ length: count }, (_, index) => (
          <span key={index} className="ruler-mark" style={left(index * window.step, window)}>
            {index === 0 ? 'first' : `+${span(index * window.step).replace(' 00 m', '')}`}
          </span>
        ))}
      </div>
    </div>
  );
}

/** When the policy's retries come if none before was answered 2xx; the next one is filled. */
function PolicyLane({
  policy,
  attempts,
  window,
}: {
  readonly policy: RetryPolicy;
  readonly attempts: readonly Attempt[];
  readonly window: Window;
}) {
  const start = attempts[0]?.at ?? 0;
  const next = nextDelivery(policy, attempts);
  const planned = plannedRetries(policy);
  const shown = planned.filter(({ from }) => from <= window.ms);
  const beyond = planned.length - shown.length;
  const wait = next.kind === 'retry' ? { from: next.from - start, to: next.to - start } : null;
  return (
    <div className="lane" aria-hidden>
      <span className="lane-name">{policy.name}</span>
      <div>
        {shown.map(({ number, from, to }) => (
          <span
            key={number}
            className="planned"
            title={`Retry ${number} of ${policy.retries}: ${span(from)} to ${span(to)} after the first delivery, if each before it failed at once`}
            style={{ ...left(from, window), width: `${((to - from) / window.ms) * 100}%` }}
          />
        ))}
        {wait !== null && wait.from <= window.ms && (
          <span
            className="planned next"
            title="The next retry"
            style={{ ...left(wait.from, window), width: `${((wait.to - wait.from) / window.ms) * 100}%` }}
          />
        )}
        {beyond > 0 && <span className="beyond">{beyond} later →</span>}
      </div>
    </div>
  );
}

type RetryTimelineProps = {
  readonly attempts: readonly Attempt[];
  readonly chosen: string;
};

/** What came, above when both published policies would deliver again, to scale. */
export function RetryTimeline({ attempts, chosen }: RetryTimelineProps) {
  const [window, setWindow] = useState<Window>(windows[1]);
  const start = attempts[0]?.at ?? 0;
  const here = attempts.filter(({ at }) => at - start <= window.ms);
  const later = attempts.length - here.length;
  return (
    <figure className="retry-timeline">
      <figcaption className="line wrap">
        <span className="muted small">
          To scale, from the first delivery on. Hollow: retries if every one before failed at once.
        </span>
        <span className="grow" />
        <span className="segments" role="group" aria-label="Time shown">
          {windows.map((each) => (
            <button
              key={each.name}
              type="button"
              aria-pressed={each === window}
              onClick={() => setWindow(each)}
            >
              {each.name}
            </button>
          ))}
        </span>
      </figcaption>
      <div className="lane">
        <span className="lane-name">Came here</span>
        <div>
          {here.map((attempt) => (
            <a
              key={attempt.id}
              className={`came ${attemptTone(attempt)}`}
              href={href('webhooks', attempt.id)}
              aria-current={attempt.id === chosen ? 'true' : undefined}
              aria-label={`Delivery ${attempt.number}, ${span(attempt.at - start)} after the first: ${attemptWords(attempt)}`}
              title={`Delivery ${attempt.number}, +${span(attempt.at - start)}: ${attemptWords(attempt)}`}
              style={left(attempt.at - start, window)}
            />
          ))}
          {later > 0 && <span className="beyond">{later} later →</span>}
        </div>
      </div>
      {retryPolicies.map((policy) => (
        <PolicyLane key={policy.id} policy={policy} attempts={attempts} window={window} />
      ))}
      <Ruler window={window} />
    </figure>
  );
}
