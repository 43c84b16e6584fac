import type { AreaDeps } from './context.ts';
import { given } from './given.ts';

export function tunnelArea({ os, core }: AreaDeps) {
  const area = os.tunnel;
  return area.router({
    configure: area.configure.handler(({ input }) => core.tunnel.configure(given(input))),
    start: area.start.handler(() => core.tunnel.start()),
    stop: area.stop.handler(() => core.tunnel.stop()),
    selfTest: area.selfTest.handler(() => core.tunnel.selfTest()),
  });
}
