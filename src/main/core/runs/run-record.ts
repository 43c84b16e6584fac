import * as z from 'zod';
import { paging } from '../../../shared/model/paging.ts';
import { requestDraft } from '../../../shared/model/request.ts';
import { run } from '../../../shared/model/run.ts';

/** A run as it is kept: all that going on after a kill takes. */
export const runRecord = z.object({
  run,
  draft: requestDraft,
  pageSize: z.int(),
  paging: paging.nullable(),
  rowsPath: z.string().nullable(),
  /** The fields that ask for the next page. */
  next: z.record(z.string(), z.unknown()),
  /** Rows the pages held, repeated ones too. */
  rowsRead: z.int(),
  /** How much of the file of rows counts; what lies beyond belongs to a page that was not finished. */
  rowsBytes: z.int(),
  /** A hash of each row of the last page. */
  lastRows: z.array(z.string()).default([]),
});
export type RunRecord = z.infer<typeof runRecord>;
