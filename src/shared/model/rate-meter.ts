import * as z from 'zod';

/** What HighLevel's last answers say about the limits of an app on one sub-account or agency. */
export const rateMeter = z.object({
  /** The profile, or `private` for all private integration tokens together. */
  client: z.string(),
  /** Location or company id. */
  resource: z.string(),
  /** The burst: calls in its interval, and those left now. */
  max: z.number().nullable(),
  remaining: z.number().nullable(),
  intervalMs: z.number().nullable(),
  dailyLimit: z.number().nullable(),
  dailyRemaining: z.number().nullable(),
  /** When the day's count starts again, ms since the epoch. */
  dayEndsAt: z.number().nullable(),
  /** When the day's limit is used up at the pace of the last minutes; null where the day ends before. */
  usedUpAt: z.number().nullable(),
  observedAt: z.number(),
});
export type RateMeter = z.infer<typeof rateMeter>;
