import type { ExchangeTick } from '../../shared/model/exchange.ts';
import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

/** At most 60 a second. */
const tickIntervalMs = 1000 / 60;

/** The later end, and the earliest row that either of them says was touched. */
function mergeTicks(skipped: ExchangeTick, next: ExchangeTick): ExchangeTick {
  const touched = [skipped.touchedFrom, next.touchedFrom].filter((seq) => seq !== null);
  return { endSeq: next.endSeq, touchedFrom: touched.length === 0 ? null : Math.min(...touched) };
}

export function exchangesArea({ os, core }: AreaDeps) {
  const area = os.exchanges;
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
