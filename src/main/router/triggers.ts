import type { AreaDeps } from './context.ts';

export function triggersArea({ os, core }: AreaDeps) {
  const area = os.triggers;
  return area.router({
    draft: area.draft.handler(({ input }) => core.triggers.draft(input)),
    send: area.send.handler(({ input }) => core.triggers.send(input)),
  });
}
