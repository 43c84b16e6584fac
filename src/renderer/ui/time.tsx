import { ago, clockTime, exactTime, stopwatch, useNow } from '../lib/time.ts';

/** Local clock time; the exact instant on hover. */
export function ClockTime({ at }: { readonly at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {clockTime(at)}
    </time>
  );
}

export function Ago({ at }: { readonly at: number }) {
  const now = useNow(5000);
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {ago(at, Math.max(now, at))}
    </time>
  );
}

/** "waiting since 14:33:08 · 1:07" */
export function WaitingSince({ at }: { readonly at: number }) {
  const now = useNow();
  return (
    <span>
      Waiting since <ClockTime at={at} />
      <span className="mono" aria-hidden>
        {' '}
        · {stopwatch(now - at)}
      </span>
    </span>
  );
}
