/** What a developer does with stored exchanges: pins, notes, deletion with undo, and how long each kind is kept. */
import * as z from 'zod';
import { exchangeFilter, purpose } from './exchange.ts';
import { exchangeId } from './ids.ts';

/** The longest note, in characters. */
export const noteLength = 2000;

/** Most exchanges that are named one by one; more are named by a filter. */
export const mostIds = 10_000;

/** Exchanges named one by one, or all that match a filter, up to the end of the log as it was when they were counted. */
export const exchangeSelection = z.union([
  z.object({ ids: z.array(exchangeId).min(1).max(mostIds) }).strict(),
  z.object({ filter: exchangeFilter, upTo: z.int().nonnegative() }).strict(),
]);
export type ExchangeSelection = z.infer<typeof exchangeSelection>;

/** What a deletion of a selection would take: `kept` are pinned or noted and stay where a filter names them. */
export const selectionCount = z.object({ count: z.int(), kept: z.int(), upTo: z.int() });
export type SelectionCount = z.infer<typeof selectionCount>;

/** One deletion that can still be undone. */
export const deletion = z.object({
  number: z.int().positive(),
  /** ms since the epoch. */
  at: z.number(),
  /** It can be undone until then, ms since the epoch. */
  until: z.number(),
  count: z.int().nonnegative(),
});
export type Deletion = z.infer<typeof deletion>;

/** What is kept of one purpose: the newest so many, no older than so many days, their bodies no larger than so many bytes in all. */
export const retentionRule = z.object({
  days: z.number().min(0).max(36_500).nullable(),
  count: z.int().min(0).max(100_000_000).nullable(),
  bytes: z.int().min(0).max(1e15).nullable(),
});
export type RetentionRule = z.infer<typeof retentionRule>;

/** A purpose without a rule is kept for ever. */
export const retentionRules = z.partialRecord(purpose, retentionRule);
export type RetentionRules = z.infer<typeof retentionRules>;

/** Exchanges in sum. Bytes are those of their bodies; instants are ms since the epoch, null where there is none. */
export const exchangeSum = z.object({
  count: z.int(),
  bytes: z.int(),
  oldest: z.number().nullable(),
  newest: z.number().nullable(),
});
export type ExchangeSum = z.infer<typeof exchangeSum>;

/** What rules would delete, looked at in the log as it was at one moment. */
export const retentionPreview = z.object({
  /** Given back with the rules, it makes their first run delete exactly this. */
  asOf: z.object({ endSeq: z.int().nonnegative(), at: z.number() }),
  total: exchangeSum,
  purposes: z.array(
    z.object({
      purpose,
      stored: exchangeSum,
      deleted: exchangeSum,
      /** Pinned or noted, which no rule deletes. */
      kept: z.int(),
    }),
  ),
});
export type RetentionPreview = z.infer<typeof retentionPreview>;

export const retentionState = z.object({
  rules: retentionRules,
  /** The last run that deleted something. */
  last: exchangeSum.extend({ at: z.number() }).nullable(),
  /** Size of the database file, and how much of it is free for new exchanges, in bytes. */
  databaseBytes: z.int(),
  freeBytes: z.int(),
});
export type RetentionState = z.infer<typeof retentionState>;
