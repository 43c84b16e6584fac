/** HighLevel's limits as its answers tell them, for each app on each sub-account or agency, and a gate that keeps below. */
import { parseRateLimit, publishedLimits, type RateLimit } from '../../../shared/highlevel/rate-limit.ts';
import type { HeaderSource } from '../../../shared/highlevel/headers.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { RateMeter } from '../../../shared/model/rate-meter.ts';
import type { Subscribe } from '../services.ts';
import type { KeptMeter } from './rate-memory.ts';

/** Who spends: an app, or all private integration tokens together, on one location or company. */
export type Spender = { readonly client: string; readonly resource: string };

export type RateMeters = {
  /** What is known now, the last used first. */
  list(): RateMeter[];
  onChange: Subscribe<void>;
  /** What is worth knowing after a restart. */
  kept(): KeptMeter[];
  /** A call is about to go out, paced or not. @returns to be called with its answer's headers; null where none came */
  begin(spender: Spender): (headers: HeaderSource | null) => void;
  /**
   * Resolves when one more call stays below the burst limit, whoever made the others; then it has begun.
   *
   * @param waits called with the ms it waits at least, and with null when that is over
   * @throws AppError `request_failed` while the day has none left, `cancelled` once the signal is aborted
   */
  admit(
    spender: Spender,
    signal: AbortSignal | undefined,
    waits: (ms: number | null) => void,
  ): Promise<(headers: HeaderSource | null) => void>;
};

export type RateMetersDeps = {
  readonly now: () => number;
  /** Resolves early, without an error, once the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** From before a restart. */
  readonly known?: readonly KeptMeter[];
};

type Bucket = {
  readonly spender: Spender;
  limit: RateLimit | null;
  observedAt: number;
  /** When calls were answered. HighLevel counted each before that, so it weighs on no window that begins later. */
  answered: number[];
  /** Calls that have begun since the last answer, and those under way. */
  begunSince: number;
  underWay: number;
  /** What the day had left, by time, for the forecast. */
  days: { readonly at: number; readonly left: number }[];
};

/** Where no answer says when the next day begins. */
const dayMs = 86_400_000;
/** The pace of so long is taken to go on. 10 minutes. */
const forecastMs = 600_000;
const mostSamples = 200;
/** While calls are under way and none may follow, their answers are looked for this often. */
const lookMs = 25;

export function createRateMeters({ now, wait, known = [] }: RateMetersDeps): RateMeters {
  const buckets = new Map<string, Bucket>();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const bucketOf = (spender: Spender): Bucket => {
    const key = `${spender.client} ${spender.resource}`;
    const found = buckets.get(key) ?? {
      spender,
      limit: null,
      observedAt: 0,
      answered: [],
      begunSince: 0,
      underWay: 0,
      days: [],
    };
    buckets.set(key, found);
    return found;
  };

  for (const { client, resource, limit, observedAt } of known) {
    Object.assign(bucketOf({ client, resource }), { limit, observedAt });
  }

  const begin = (spender: Spender): ((headers: HeaderSource | null) => void) => {
    const bucket = bucketOf(spender);
    bucket.begunSince += 1;
    bucket.underWay += 1;
    let isOver = false;
    return (headers) => {
      if (isOver) return;
      isOver = true;
      bucket.underWay -= 1;
      bucket.answered.push(now());
      if (headers !== null) observe(bucket, parseRateLimit(headers), now());
      forget(bucket, now());
      changed();
    };
  };

  return {
    begin,
    list: () =>
      [...buckets.values()]
        .filter(({ limit }) => limit !== null)
        .toSorted((one, other) => other.observedAt - one.observedAt)
        .map((bucket) => toMeter(bucket, now())),
    kept: () =>
      [...buckets.values()].flatMap(({ spender, limit, observedAt }) =>
        limit === null ? [] : [{ ...spender, limit, observedAt }],
      ),
    onChange(listener) {
      const heard = (): void => listener();
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    async admit(spender, signal, waits) {
      const bucket = bucketOf(spender);
      let isWaiting = false;
      for (;;) {
        if (signal?.aborted === true) throw new AppError('cancelled', 'It was cancelled while it waited.');
        const time = now();
        if (isDayOver(bucket, time)) {
          throw new AppError(
            'request_failed',
            'HighLevel allows no more requests today: the day’s limit of this app is used up here.',
            { remedy: 'Go on after the limit starts again.', retryable: true },
          );
        }
        const ms = waitFor(bucket, time);
        if (ms === 0) {
          if (isWaiting) waits(null);
          // Nothing is awaited between the look and the count, so that two cannot take the same place.
          return begin(spender);
        }
        if (ms > lookMs && !isWaiting) {
          isWaiting = true;
          waits(ms);
        }
        await wait(ms, signal);
      }
    },
  };
}

function observe(bucket: Bucket, limit: RateLimit, at: number): void {
  if (Object.values(limit).every((value) => value === null)) return;
  bucket.limit = limit;
  bucket.observedAt = at;
  bucket.begunSince = 0;
  if (limit.dailyRemaining !== null) bucket.days.push({ at, left: limit.dailyRemaining });
}

function forget(bucket: Bucket, time: number): void {
  const interval = bucket.limit?.intervalMs ?? publishedLimits.app.intervalMs;
  bucket.answered = bucket.answered.filter((at) => time - at < interval);
  bucket.days = bucket.days.filter(({ at }) => time - at < forecastMs).slice(-mostSamples);
}

/** How long until a call may be made, in ms; 0 for at once. */
function waitFor(bucket: Bucket, time: number): number {
  forget(bucket, time);
  const { limit, underWay, answered, begunSince, observedAt } = bucket;
  // What the limits are, the first answer says.
  if (limit === null) return underWay === 0 ? 0 : lookMs;
  const interval = limit.intervalMs ?? publishedLimits.app.intervalMs;
  const max = limit.max ?? publishedLimits.app.burst;
  const isFresh = time - observedAt < interval;
  // Calls that others make show in what HighLevel says is left.
  if (isFresh && limit.remaining !== null && limit.remaining - Math.max(begunSince, underWay) <= 0) {
    return limit.remaining === 0 ? interval - (time - observedAt) : lookMs;
  }
  if (underWay + answered.length < max) return 0;
  const [oldest] = answered;
  return oldest === undefined ? lookMs : Math.max(1, interval - (time - oldest));
}

function isDayOver({ limit, observedAt }: Bucket, time: number): boolean {
  if (limit?.dailyRemaining !== 0) return false;
  return time < observedAt + (limit.dailyResetMs ?? dayMs);
}

function toMeter(bucket: Bucket, time: number): RateMeter {
  const { spender, limit, observedAt } = bucket;
  const isFresh = time - observedAt < (limit?.intervalMs ?? 0);
  const resetMs = limit?.dailyResetMs ?? null;
  const endsAt = resetMs === null ? null : observedAt + resetMs;
  // Of the next day nobody has spent anything that is known of.
  const isNextDay = endsAt !== null && time >= endsAt;
  const dayEndsAt = isNextDay ? null : endsAt;
  return {
    ...spender,
    max: limit?.max ?? null,
    // The window that the answer spoke of is over: all of the next one is left.
    remaining: isFresh ? (limit?.remaining ?? null) : (limit?.max ?? null),
    intervalMs: limit?.intervalMs ?? null,
    dailyLimit: limit?.limitDaily ?? null,
    dailyRemaining: (isNextDay ? limit?.limitDaily : limit?.dailyRemaining) ?? null,
    dayEndsAt,
    usedUpAt: isNextDay ? null : usedUpAt(bucket, dayEndsAt),
    observedAt,
  };
}

/** When the day's limit is used up at the present pace; null where that is after its end. */
function usedUpAt({ days }: Bucket, dayEndsAt: number | null): number | null {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined || first.left <= last.left) return null;
  const at = last.at + (last.left * (last.at - first.at)) / (first.left - last.left);
  return dayEndsAt !== null && at > dayEndsAt ? null : Math.round(at);
}
