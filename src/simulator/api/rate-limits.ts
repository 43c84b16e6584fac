import type { Clock } from '../world/clock.ts';

/** HighLevel docs, FAQs: 100 requests in 10 s and 200,000 a day, for each app on each location or company. */
export interface RateLimitSettings {
  readonly burst: number;
  readonly intervalMs: number;
  readonly daily: number;
}

export const DEFAULT_RATE_LIMITS: RateLimitSettings = { burst: 100, intervalMs: 10_000, daily: 200_000 };

export interface RateLimits {
  /** Counts one request against a location or company. */
  take(resourceId: string): { allowed: boolean; headers: Record<string, string> };
  clear(): void;
}

interface Bucket {
  windowStart: number;
  inWindow: number;
  dayEnd: number;
  inDay: number;
}

const DAY_MS = 86_400_000;

export function createRateLimits(clock: Clock, settings: RateLimitSettings): RateLimits {
  const buckets = new Map<string, Bucket>();

  function bucketFor(resourceId: string, now: number): Bucket {
    const bucket = buckets.get(resourceId) ?? {
      windowStart: now,
      inWindow: 0,
      dayEnd: endOfDay(now),
      inDay: 0,
    };
    buckets.set(resourceId, bucket);
    if (now - bucket.windowStart >= settings.intervalMs) {
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
    take(resourceId) {
      const now = clock.now();
      const bucket = bucketFor(resourceId, now);
      const allowed = bucket.inWindow < settings.burst && bucket.inDay < settings.daily;
      if (allowed) {
        bucket.inWindow += 1;
        bucket.inDay += 1;
      }
      const headers = {
        'X-RateLimit-Limit-Daily': String(settings.daily),
        'X-RateLimit-Daily-Remaining': String(settings.daily - bucket.inDay),
        'X-RateLimit-Daily-Reset': String(bucket.dayEnd - now),
        'X-RateLimit-Interval-Milliseconds': String(settings.intervalMs),
        'X-RateLimit-Max': String(settings.burst),
        'X-RateLimit-Remaining': String(settings.burst - bucket.inWindow),
      };
      return { allowed, headers };
    },
    clear: () => buckets.clear(),
  };
}

/** Midnight UTC after this instant. */
function endOfDay(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}
