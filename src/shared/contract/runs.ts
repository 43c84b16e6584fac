import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { requestDraft } from '../model/request.ts';
import { rateMeter } from '../model/rate-meter.ts';
import { firstPage, pagingFound, rowsFormat, run, runId, runStart } from '../model/run.ts';
import { nothing, procedure } from './base.ts';

const one = z.object({ id: runId });

/** Requests that are sent page by page until their list ends. */
export const runs = {
  /** How the request's list pages, by its operation or its own fields; null where only its answer can tell. */
  detect: procedure.input(requestDraft).output(pagingFound),
  /** Sends the request for the first page and tells what it shows. */
  look: procedure.input(runStart).output(firstPage),
  start: procedure.input(runStart).output(run),
  /** Newest first. */
  list: procedure.output(z.array(run)),
  watch: procedure.output(eventIterator(z.array(run))),
  /** After the page that is under way. */
  pause: procedure.input(one).output(run),
  /** Goes on after the last page that was kept. */
  resume: procedure.input(one).output(run),
  /** Ends it for good; its rows stay. */
  cancel: procedure.input(one).output(run),
  /** Cancels it and deletes its rows. */
  remove: procedure.input(one).output(nothing),
  /** The rate limits of all calls, whoever makes them, the last used first. */
  limits: procedure.output(z.array(rateMeter)),
  watchLimits: procedure.output(eventIterator(z.array(rateMeter))),
  /** Rows as JSON, in the order they came. */
  rows: procedure
    .input(one.extend({ offset: z.int().nonnegative(), limit: z.int().min(1).max(500) }))
    .output(z.object({ rows: z.array(z.string()), total: z.int() })),
  /** The file in pieces; closing the stream ends the export. */
  export: procedure
    .input(one.extend({ format: rowsFormat }))
    .output(eventIterator(z.object({ text: z.string() }))),
};
