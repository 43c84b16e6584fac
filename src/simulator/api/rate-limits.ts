import type { Clock } from '../world/clock.ts';

export interface RateLimitSettings {
  readonly burst: number;
  readonly intervalMs: number;
  /** null: a day has no limit, and the headers say nothing of one. */
  readonly daily: number | null;
}

/** HighLevel docs, FAQs: 100 requests in 10 s and 200,000 a day, for each app on each location or company. */
export const DEFAULT_RATE_LIMITS: RateLimitSettings = { burst: 100, intervalMs: 10_000, daily: 200_000 };

/** HighLevel docs, private integrations in a sandbox account. */
export const SANDBOX_RATE_LIMITS: RateLimitSettings = { burst: 25, intervalMs: 10_000, daily: 10_000 };

/** Who spends: an app on its own; all private integration tokens of a location together. */
export interface Spender {
  /** A client id, or `private`. */
  readonly client: string;
  /** Location or company id. */
  readonly resource: string;
  /** Whether the lower limits of a sandbox hold. */
  readonly isSandbox?: boolean;
}

export interface RateLimits {
  /** Counts one request. */
  take(spender: Spender): { allowed: boolean; headers: Record<string, string> };
  settings(): RateLimitSettings;
  /** Holds from the next request on; what is counted stays. */
  change(settings: Partial<RateLimitSettings>): void;
  clear(): void;
}

interface Bucket {
  windowStart: number;
  inWindow: number;
  dayEnd: number;
  inDay: number;
}

const DAY_MS = 86_400_000;

export function createRateLimits(clock: Clock, initial: RateLimitSettings): RateLimits {
  const buckets = new Map<string, Bucket>();
  let current = initial;

  function bucketFor(key: string, intervalMs: number, now: number): Bucket {
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      bucket = { windowStart: now, inWindow: 0, dayEnd: endOfDay(now), inDay: 0 };
      buckets.set(key, bucket);
    }
    if (now - bucket.windowStart >= intervalMs) {
      bucket.windowStart = now;
      bucket.inWindow = 0;
    }
    if (now >= bucket.dayEnd) {
      bucket.dayEnd = endOfDay(now);
      bucket.inDay = 0;
    }
    return bucket;
  }

  return {
    take({ client, resource, isSandbox = false }) {
      const { burst, intervalMs, daily } = isSandbox ? SANDBOX_RATE_LIMITS : current;
      const now = clock.now();
      const bucket = bucketFor(`${client} ${resource}`, intervalMs, now);
      const allowed = bucket.inWindow < burst && (daily === null || bucket.inDay < daily);
      if (allowed) {
        bucket.inWindow += 1;
        bucket.inDay += 1;
      }
      const headers: Record<string, string> = {
        'X-RateLimit-Interval-Milliseconds': String(intervalMs),
        'X-RateLimit-Max': String(burst),
        'X-RateLimit-Remaining': String(Math.max(burst - bucket.inWindow, 0)),
      };
      if (daily !== null) {
        headers['X-RateLimit-Limit-Daily'] = String(daily);
        headers['X-RateLimit-Daily-Remaining'] = String(Math.max(daily - bucket.inDay, 0));
        headers['X-RateLimit-Daily-Reset'] = String(bucket.dayEnd - now);
      }
      return { allowed, headers };
    },
    settings: () => current,
    change: (settings) => void (current = { ...current, ...settings }),
    clear: () => buckets.clear(),
  };
}

/** Midnight UTC after this instant. */
function endOfDay(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}
