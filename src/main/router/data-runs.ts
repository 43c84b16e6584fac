import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

export function dataRunsArea({ os, core }: AreaDeps) {
  const area = os.dataRuns;
  const { dataRuns } = core;
  return area.router({
    preview: area.preview.handler(({ input }) => dataRuns.preview(input)),
    start: area.start.handler(({ input }) => dataRuns.start(input)),
    list: area.list.handler(() => dataRuns.list()),
    watch: area.watch.handler(async function* ({ signal }) {
      const changes = latest<void>((listener) => dataRuns.onChange(() => listener()), {
        initial: () => undefined,
        signal,
        minIntervalMs: 100,
      });
      for await (const _ of changes) yield dataRuns.list();
    }),
    pause: area.pause.handler(({ input }) => dataRuns.pause(input.id)),
    resume: area.resume.handler(({ input }) => dataRuns.resume(input.id)),
    cancel: area.cancel.handler(({ input }) => dataRuns.cancel(input.id)),
    retry: area.retry.handler(({ input }) => dataRuns.retry(input.id, input.outcomes)),
    remove: area.remove.handler(async ({ input }) => {
      await dataRuns.remove(input.id);
      return {};
    }),
    report: area.report.handler(({ input }) => dataRuns.report(input)),
    settled: area.settled.handler(({ input }) => dataRuns.settled(input.id, input.after, input.limit)),
    export: area.export.handler(async function* ({ input }) {
      for await (const text of dataRuns.export(input.id, input.format)) yield { text };
    }),
  });
}
