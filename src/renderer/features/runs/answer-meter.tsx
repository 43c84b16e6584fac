import type { RequestResult } from '../../../shared/model/request.ts';
import { useNow } from '../../lib/time.ts';
import { requestsSide } from '../requests/requests-side.ts';
import { chosenRun } from './chosen-run.ts';
import { forecastOf, leftOf } from './limit-words.ts';
import { useLimits } from './use-runs.ts';

/** What is left now of the limits that an answer counted against; a click shows them all. */
export function AnswerMeter({ spender }: Pick<RequestResult, 'spender'>) {
  const now = useNow();
  const meter = useLimits().find(
    ({ client, resource }) => client === spender.client && resource === spender.resource,
  );
  if (meter === undefined) return null;
  const left = leftOf(meter, now);
  const { max, intervalMs, dailyRemaining, usedUpAt } = meter;
  return (
    <button
      type="button"
      className="answer-meter muted small"
      title={`${forecastOf(meter, now)} Show all rate limits.`}
      onClick={() => {
        chosenRun.set(null);
        requestsSide.set('runs');
      }}
    >
      {left !== null && max !== null && (
        <meter className="rate" aria-label="Burst used" min={0} max={max} value={max - left} />
      )}
      <span className="clip">
        {left !== null && max !== null && `${left} of ${max} left`}
        {intervalMs !== null && ` per ${intervalMs / 1000} s`}
        {dailyRemaining !== null && (
          <span className={usedUpAt === null ? '' : 'warn'}>
            {' '}
            · {dailyRemaining.toLocaleString('en')} today
          </span>
        )}
      </span>
    </button>
  );
}
