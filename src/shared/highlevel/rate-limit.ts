import { headerValue } from './headers.ts';
import type { HeaderSource } from './headers.ts';

/**
 * Headers that carry the limits (HighLevel docs: FAQs). The last is sent and read by HighLevel's own client,
 * but no page documents it.
 */
export const rateLimitHeaders = {
  limitDaily: 'X-RateLimit-Limit-Daily',
  dailyRemaining: 'X-RateLimit-Daily-Remaining',
  intervalMs: 'X-RateLimit-Interval-Milliseconds',
  max: 'X-RateLimit-Max',
  remaining: 'X-RateLimit-Remaining',
  dailyResetMs: 'X-RateLimit-Daily-Reset',
} as const;

/** What an answer says about the limits; null where it says nothing usable. */
export type RateLimit = {
  /** Requests a day, and those left today. */
  limitDaily: number | null;
  dailyRemaining: number | null;
  /** Length of the burst window in milliseconds, requests in it, and those left. */
  intervalMs: number | null;
  max: number | null;
  remaining: number | null;
  /** Milliseconds until the daily count starts again. */
  dailyResetMs: number | null;
};

/** Published limits per app and per sub-account or agency (HighLevel docs: FAQs; Sandbox PIT). */
export const publishedLimits = {
  app: { burst: 100, intervalMs: 10_000, daily: 200_000 },
  sandbox: { burst: 25, intervalMs: 10_000, daily: 10_000 },
} as const;

/** Reads the limits from the headers of an answer. */
export function parseRateLimit(headers: HeaderSource): RateLimit {
  const read = (name: string) => {
    const value = headerValue(headers, name)?.trim() ?? '';
    return /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
  };
  return {
    limitDaily: read(rateLimitHeaders.limitDaily),
    dailyRemaining: read(rateLimitHeaders.dailyRemaining),
    intervalMs: read(rateLimitHeaders.intervalMs),
    max: read(rateLimitHeaders.max),
    remaining: read(rateLimitHeaders.remaining),
    dailyResetMs: read(rateLimitHeaders.dailyResetMs),
  };
}

/**
 * How long to wait after a 429 before the next try, in milliseconds: what `Retry-After` says, which HighLevel does not
 * document, else the burst window while the day has requests left, and null (do not retry) once it has none. Follows
 * the README of HighLevel's API client.
 */
export function waitAfter429(headers: HeaderSource, now: number): number | null {
  const limit = parseRateLimit(headers);
  if (limit.dailyRemaining === 0) return null;
  return retryAfter(headers, now) ?? limit.intervalMs ?? publishedLimits.app.intervalMs;
}

/** Seconds or a date, as milliseconds from now; null where neither is said. */
function retryAfter(headers: HeaderSource, now: number): number | null {
  const value = headerValue(headers, 'retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
