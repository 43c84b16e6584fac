import type { AreaDeps } from './context.ts';

export function simulatorArea({ os, core }: AreaDeps) {
  const area = os.simulator;
  return area.router({
    start: area.start.handler(() => core.simulator.start()),
    stop: area.stop.handler(() => core.simulator.stop()),
    view: area.view.handler(() => core.simulator.view()),
    act: area.act.handler(({ input }) => core.simulator.act(input)),
    privateToken: area.privateToken.handler(({ input }) => core.simulator.privateToken(input)),
  });
}
