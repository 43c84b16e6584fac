import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

export function runsArea({ os, core }: AreaDeps) {
  const area = os.runs;
  const { runs } = core;
  return area.router({
    detect: area.detect.handler(({ input }) => runs.detect(input)),
    look: area.look.handler(({ input, signal }) => runs.look(input, signal)),
    start: area.start.handler(({ input }) => runs.start(input)),
    list: area.list.handler(() => runs.list()),
    watch: area.watch.handler(async function* ({ signal }) {
      const changes = latest<void>((listener) => runs.onChange(() => listener()), {
        initial: () => undefined,
        signal,
        minIntervalMs: 100,
      });
      for await (const _ of changes) yield runs.list();
    }),
    limits: area.limits.handler(() => core.rateMeters.list()),
    watchLimits: area.watchLimits.handler(async function* ({ signal }) {
      const changes = latest<void>((listener) => core.rateMeters.onChange(() => listener()), {
        initial: () => undefined,
        signal,
        minIntervalMs: 100,
      });
      for await (const _ of changes) yield core.rateMeters.list();
    }),
    pause: area.pause.handler(({ input }) => runs.pause(input.id)),
    resume: area.resume.handler(({ input }) => runs.resume(input.id)),
    cancel: area.cancel.handler(({ input }) => runs.cancel(input.id)),
    remove: area.remove.handler(async ({ input }) => {
      await runs.remove(input.id);
      return {};
    }),
    rows: area.rows.handler(({ input }) => runs.rows(input.id, input.offset, input.limit)),
    export: area.export.handler(async function* ({ input }) {
      for await (const text of runs.export(input.id, input.format)) yield { text };
    }),
  });
}
