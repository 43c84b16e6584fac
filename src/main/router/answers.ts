import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

export function answersArea({ os, core }: AreaDeps) {
  const area = os.answers;
  return area.router({
    state: area.state.handler(() => core.answers.state()),
    watch: area.watch.handler(async function* ({ signal }) {
      // Read when it is sent, not with every delivery that a rule matches.
      const changes = latest<void>((listener) => core.answers.onChange(() => listener()), {
        initial: () => undefined,
        signal,
        minIntervalMs: 100,
      });
      for await (const _ of changes) yield core.answers.state();
    }),
    set: area.set.handler(({ input }) => core.answers.set(input.rules)),
    allOff: area.allOff.handler(() => core.answers.allOff()),
  });
}
