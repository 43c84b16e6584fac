import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import {
  deletion,
  exchangeSelection,
  exchangeSum,
  noteLength,
  retentionPreview,
  retentionRules,
  retentionState,
  selectionCount,
} from '../model/care.ts';
import {
  bodyPart,
  exchangeDetail,
  exchangeFilter,
  exchangePage,
  exchangePageQuery,
  exchangeTick,
} from '../model/exchange.ts';
import { exchangeId } from '../model/ids.ts';
import { nothing, procedure } from './base.ts';

export const exchanges = {
  page: procedure.input(exchangePageQuery).output(exchangePage),
  count: procedure.input(exchangeFilter).output(z.object({ count: z.int() })),
  get: procedure.input(z.object({ id: exchangeId })).output(exchangeDetail),
  /** A slice of a stored body. At most 1 MiB at a time; `base64` because bytes are bytes. */
  body: procedure
    .input(
      z.object({
        id: exchangeId,
        part: bodyPart,
        offset: z.int().nonnegative().default(0),
        length: z.int().min(1).max(1_048_576).default(262_144),
      }),
    )
    .output(z.object({ base64: z.string(), totalBytes: z.int() })),
  /** Begins with a tick of the present end, so that a client that (re)connects knows where it stands. At most 60 a second. */
  ticks: procedure.output(eventIterator(exchangeTick)),
  pin: procedure
    .input(z.object({ selection: exchangeSelection, pinned: z.boolean() }))
    .output(z.object({ count: z.int() })),
  /** An empty note removes it. */
  note: procedure.input(z.object({ id: exchangeId, note: z.string().max(noteLength) })).output(nothing),
  /** Said before all that match a filter are pinned or deleted. */
  countSelection: procedure.input(exchangeFilter).output(selectionCount),
  /** Gone from every list at once, for good when `until` has passed. A filter spares what is pinned or noted. */
  delete: procedure.input(z.object({ selection: exchangeSelection })).output(deletion),
  /** Rejects with `not_found` once the exchanges are gone for good. */
  undoDelete: procedure.input(z.object({ number: z.int().positive() })).output(z.object({ count: z.int() })),
  /** Newest first: those that can be undone. */
  deletions: procedure.output(z.array(deletion)),
  /** Removes for good what was deleted, now; resolves when it is gone. */
  emptyDeleted: procedure.output(nothing),
  retention: procedure.output(retentionState),
  previewRetention: procedure.input(retentionRules).output(retentionPreview),
  /** Keeps the rules and runs them once. With `asOf` that run deletes what the preview has shown. */
  setRetention: procedure
    .input(z.object({ rules: retentionRules, asOf: retentionPreview.shape.asOf.optional() }))
    .output(z.object({ deleted: exchangeSum })),
};
