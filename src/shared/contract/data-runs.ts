import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import {
  dataPreview,
  dataRun,
  dataRunId,
  dataRunStart,
  reportFormat,
  rowOutcome,
  rowReport,
} from '../model/data-run.ts';
import { nothing, procedure } from './base.ts';

const one = z.object({ id: dataRunId });
const pageSize = z.int().min(1).max(500);

/** One request over the rows of a file. */
export const dataRuns = {
  /** Sends nothing. */
  preview: procedure.input(dataRunStart).output(dataPreview),
  start: procedure.input(dataRunStart).output(dataRun),
  /** Newest first. */
  list: procedure.output(z.array(dataRun)),
  watch: procedure.output(eventIterator(z.array(dataRun))),
  /** After the rows that are under way. */
  pause: procedure.input(one).output(dataRun),
  /** Goes on with the rows that were not sent; those of an unknown outcome stay as they are. */
  resume: procedure.input(one).output(dataRun),
  /** Breaks off the rows under way and ends it for good; its report stays. */
  cancel: procedure.input(one).output(dataRun),
  /** Sends the rows of these outcomes again. */
  retry: procedure.input(one.extend({ outcomes: z.array(rowOutcome).min(1).max(10) })).output(dataRun),
  /** Cancels it and deletes its rows and its report. */
  remove: procedure.input(one).output(nothing),
  /** Settled rows in the order of the file. */
  report: procedure
    .input(
      one.extend({
        outcomes: z.array(rowOutcome).min(1).max(10).optional(),
        offset: z.int().nonnegative(),
        limit: pageSize,
      }),
    )
    .output(z.object({ reports: z.array(rowReport), total: z.int() })),
  /** Rows in the order they were settled, after so many of them. */
  settled: procedure
    .input(one.extend({ after: z.int().nonnegative(), limit: pageSize }))
    .output(z.object({ reports: z.array(rowReport), next: z.int() })),
  /** The report with the fields of each row, in pieces; closing the stream ends the export. */
  export: procedure
    .input(one.extend({ format: reportFormat }))
    .output(eventIterator(z.object({ text: z.string() }))),
};
