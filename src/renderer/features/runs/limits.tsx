import type { RateMeter } from '../../../shared/model/rate-meter.ts';
import { ago, exactTime, span, useNow } from '../../lib/time.ts';
import { useProfiles, useTokens } from '../../platform/queries.ts';
import { forecastOf, leftOf } from './limit-words.ts';
import { useLimits } from './use-runs.ts';

function Limit({ meter, now }: { readonly meter: RateMeter; readonly now: number }) {
  const profile = useProfiles()?.find(({ id }) => id === meter.client);
  const token = useTokens()?.find(
    ({ locationId, companyId }) => (locationId ?? companyId) === meter.resource,
  );
  const { max, intervalMs, dailyLimit, dailyRemaining, dayEndsAt, usedUpAt } = meter;
  const left = leftOf(meter, now);
  return (
    <li className="limit">
      <b>{profile?.name ?? 'Private integration tokens'}</b>
      <span className="muted">{token?.label ?? meter.resource}</span>
      {max !== null && left !== null && (
        <label className="limit-line">
          <span>Burst</span>
          <meter className="rate" min={0} max={max} value={max - left} />
          <span className="num">
            {left} of {max} left{intervalMs !== null && ` per ${intervalMs / 1000} s`}
          </span>
        </label>
      )}
      {dailyLimit !== null && dailyRemaining !== null && (
        <label className="limit-line">
          <span>Day</span>
          <meter className="rate" min={0} max={dailyLimit} value={dailyLimit - dailyRemaining} />
          <span className="num">
            {dailyRemaining.toLocaleString('en')} of {dailyLimit.toLocaleString('en')} left
          </span>
        </label>
      )}
      {dailyRemaining !== null && (
        <p className={usedUpAt === null ? 'faint small' : 'warn small'}>
          {forecastOf(meter, now)}
          {dayEndsAt !== null && (
            <span title={exactTime(dayEndsAt)}>
              {' '}
              It starts again in {span(Math.max(0, dayEndsAt - now))}.
            </span>
          )}
        </p>
      )}
      <p className="faint small" title={exactTime(meter.observedAt)}>
        As HighLevel’s answer said {ago(meter.observedAt, now)}
      </p>
    </li>
  );
}

/** What HighLevel's answers say about the limits, for each app and account. */
export function Limits() {
  const limits = useLimits();
  const now = useNow();
  return (
    <section className="pane" aria-label="Rate limits">
      <header className="bar">
        <h2>Rate limits</h2>
      </header>
      {limits.length === 0 ? (
        <p className="quiet-line">The first answer of HighLevel tells its limits.</p>
      ) : (
        <ul className="scroll limits">
          {limits.map((meter) => (
            <Limit key={`${meter.client} ${meter.resource}`} meter={meter} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}
