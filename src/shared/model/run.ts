import * as z from 'zod';
import { exchangeId, profileId } from './ids.ts';
import { paging } from './paging.ts';
import { requestDraft } from './request.ts';

export const runId = z.uuid().brand<'RunId'>();
export type RunId = z.infer<typeof runId>;

/** `paused` and `failed` go on where they were; `cancelled` and `done` have ended. */
export const runState = z.enum(['running', 'paused', 'failed', 'cancelled', 'done']);

export const run = z.object({
  id: runId,
  profileId,
  /** `GET /contacts/`. */
  title: z.string(),
  paging: paging.nullable(),
  state: runState,
  /** Why it is in this state, where that is not plain; one sentence. */
  reason: z.string().nullable(),
  pages: z.int(),
  /** Rows kept, each once. */
  rows: z.int(),
  /** Rows that came again and were left out. */
  repeated: z.int(),
  /** Rows kept that have no id: they cannot be told from those that came before, but where pages overlap. */
  unidentified: z.int().default(0),
  /** As the list counts its rows; null where it does not. */
  total: z.int().nullable(),
  startedAt: z.number(),
  updatedAt: z.number(),
  /** Until when it waits for the rate limit, ms since the epoch; null while it does not. */
  waitingUntil: z.number().nullable(),
  /** The last page. */
  exchangeId: exchangeId.nullable(),
});
export type Run = z.infer<typeof run>;

export const runStart = z.object({
  draft: requestDraft,
  /** Null: found out from the operation, else from the first answer. */
  paging: paging.nullable().default(null),
  /** Rows a page, where the list lets that be chosen. */
  pageSize: z.int().min(1).max(1000).default(100),
  /** Dotted path of the list in the answer; null: found out. */
  rowsPath: z.string().max(300).nullable().default(null),
});
export type RunStart = z.input<typeof runStart>;

/** How a list pages, and what tells so: the operation, the names in the draft's query or body; null: its answer will. */
export const pagingFound = z.object({
  paging: paging.nullable(),
  from: z.enum(['operation', 'query', 'body']).nullable(),
});
export type PagingFound = z.infer<typeof pagingFound>;

/** What the first page of a list shows. */
export const firstPage = z.object({
  exchangeId,
  /** Why it shows nothing; null where it does. */
  problem: z.string().nullable(),
  /** The lists in the answer, by dotted path, the longest being taken for the rows. */
  lists: z.array(z.object({ path: z.string(), rows: z.int(), first: z.string().nullable() })),
  /** The list that would be read; null where there is none. */
  rowsPath: z.string().nullable(),
  paging: paging.nullable(),
  total: z.int().nullable(),
  /** What would ask for the next page, as JSON; null where the list ends with this one. */
  next: z.string().nullable(),
});
export type FirstPage = z.infer<typeof firstPage>;

export const rowsFormat = z.enum(['ndjson', 'csv', 'json']);
export type RowsFormat = z.infer<typeof rowsFormat>;
