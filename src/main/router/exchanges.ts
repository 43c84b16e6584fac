import type { ExchangeTick } from '../../shared/model/exchange.ts';
import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

/** At most 60 a second. */
const tickIntervalMs = 1000 / 60;

/** The later end, and all rows that either of them says were touched. */
function mergeTicks(skipped: ExchangeTick, next: ExchangeTick): ExchangeTick {
  const touched = [skipped.touchedFrom, next.touchedFrom].filter((seq) => seq !== null);
  const ends = [skipped, next].flatMap((tick) => (tick.touchedFrom === null ? [] : [tick.touchedTo]));
  const bounded = ends.filter((end) => end !== undefined);
  return {
    endSeq: next.endSeq,
    touchedFrom: touched.length === 0 ? null : Math.min(...touched),
    ...(ends.length > 0 && bounded.length === ends.length && { touchedTo: Math.max(...bounded) }),
  };
}

export function exchangesArea({ os, core }: AreaDeps) {
  const area = os.exchanges;
  const { care } = core.exchanges;
  return area.router({
    page: area.page.handler(({ input }) => core.exchanges.page(input)),
    count: area.count.handler(async ({ input }) => ({ count: await core.exchanges.count(input) })),
    get: area.get.handler(({ input }) => core.exchanges.get(input.id)),
    body: area.body.handler(async ({ input }) => {
      const { bytes, totalBytes } = await core.exchanges.body(
        input.id,
        input.part,
        input.offset,
        input.length,
      );
      return { base64: Buffer.from(bytes).toString('base64'), totalBytes };
    }),
    pin: area.pin.handler(async ({ input }) => ({
      count: await care.pin(input.selection, input.pinned),
    })),
    note: area.note.handler(async ({ input }) => {
      await care.note(input.id, input.note);
      return {};
    }),
    countSelection: area.countSelection.handler(({ input }) => care.countSelection(input)),
    delete: area.delete.handler(({ input }) => care.delete(input.selection)),
    undoDelete: area.undoDelete.handler(async ({ input }) => ({
      count: await care.undoDelete(input.number),
    })),
    deletions: area.deletions.handler(() => care.deletions()),
    emptyDeleted: area.emptyDeleted.handler(async () => {
      await care.emptyDeleted();
      return {};
    }),
    retention: area.retention.handler(() => care.retention()),
    previewRetention: area.previewRetention.handler(({ input }) => care.preview(input)),
    setRetention: area.setRetention.handler(async ({ input }) => ({
      deleted: await care.retain(input.rules, input.asOf),
    })),
    ticks: area.ticks.handler(({ signal }) =>
      latest((listener) => core.exchanges.onTick(listener), {
        initial: () => core.exchanges.tick(),
        signal,
        minIntervalMs: tickIntervalMs,
        merge: mergeTicks,
      }),
    ),
  });
}
