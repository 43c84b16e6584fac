/** One request sent for each row of a file. */
import * as z from 'zod';
import { exchangeId, profileId } from './ids.ts';
import { requestDraft } from './request.ts';
import { runState } from './run.ts';

export const dataRunId = z.uuid().brand<'DataRunId'>();
export type DataRunId = z.infer<typeof dataRunId>;

/** Methods that may be sent twice without harm, so that a row under way at a kill is simply sent again. */
export const repeatableMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** 20 MB of text. */
export const dataFile = z.object({
  name: z.string().min(1).max(500),
  text: z.string().max(20_000_000, 'the file is larger than 20 MB'),
  /** Null: by the file's name, else by its first character. */
  format: z.enum(['csv', 'ndjson']).nullable().default(null),
});
export type DataFile = z.infer<typeof dataFile>;

export const dataRunStart = z.object({
  /** Its `{{variables}}` are the columns of the file, before all others. */
  draft: requestDraft,
  file: dataFile,
  /** Rows under way at once. */
  concurrency: z.int().min(1).max(5).default(1),
});
export type DataRunStart = z.input<typeof dataRunStart>;

export const dataColumn = z.object({
  name: z.string(),
  /** What it is written as in a request: `first_name` for the column `First name`. */
  variable: z.string(),
  /** Whether the request asks for it. */
  used: z.boolean(),
});
export type DataColumn = z.infer<typeof dataColumn>;

export const dataPreview = z.object({
  format: z.enum(['csv', 'ndjson']),
  columns: z.array(dataColumn),
  rows: z.int(),
  /** Variables that neither the file nor anything else gives; with any of them no run starts. */
  missing: z.array(z.string()),
  /** Whether a row that may have been sent is sent again without asking. */
  repeatable: z.boolean(),
  /** The first requests as they would be sent, or why one could not be. */
  first: z.array(
    z.object({
      row: z.int(),
      url: z.string().nullable(),
      body: z.string().nullable(),
      problem: z.string().nullable(),
    }),
  ),
});
export type DataPreview = z.infer<typeof dataPreview>;

/**
 * `ok`: answered, below 400 unless a check asks for such a status, every check passed. `unknown`: sent, and nobody knows
 * what became of it.
 */
export const rowOutcome = z.enum(['ok', 'failed', 'unknown']);
export type RowOutcome = z.infer<typeof rowOutcome>;

export const rowReport = z.object({
  /** Counted from 1, without the line of the column names. */
  row: z.int(),
  outcome: rowOutcome,
  status: z.int().nullable(),
  /** For the whole answer. */
  ms: z.number().nullable(),
  checks: z.object({ passed: z.int(), of: z.int() }),
  /** One sentence; null where there is nothing to say. */
  error: z.string().nullable(),
  exchangeId: exchangeId.nullable(),
  /** How often it was sent by this run, with retries. */
  sent: z.int(),
});
export type RowReport = z.infer<typeof rowReport>;

export const dataRun = z.object({
  id: dataRunId,
  profileId,
  /** `POST /contacts/`. */
  title: z.string(),
  fileName: z.string(),
  state: runState,
  /** Why it is in this state, where that is not plain; one sentence. */
  reason: z.string().nullable(),
  concurrency: z.int(),
  repeatable: z.boolean(),
  rows: z.int(),
  ok: z.int(),
  failed: z.int(),
  unknown: z.int(),
  startedAt: z.number(),
  updatedAt: z.number(),
  /** Until when it waits for the rate limit, ms since the epoch; null while it does not. */
  waitingUntil: z.number().nullable(),
});
export type DataRun = z.infer<typeof dataRun>;

export const reportFormat = z.enum(['csv', 'ndjson']);
export type ReportFormat = z.infer<typeof reportFormat>;
