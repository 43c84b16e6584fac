import type { ForwardingState } from '../../shared/model/forwarding.ts';
import type { AreaDeps } from './context.ts';
import { given } from './given.ts';
import { latest } from './latest.ts';

export function forwardingArea({ os, core }: AreaDeps) {
  const area = os.forwarding;
  return area.router({
    state: area.state.handler(() => core.forwarding.state()),
    watch: area.watch.handler(({ signal }) =>
      latest<ForwardingState>((listener) => core.forwarding.onState(listener), {
        initial: () => core.forwarding.state(),
        signal,
        minIntervalMs: 50,
      }),
    ),
    set: area.set.handler(({ input }) => core.forwarding.set(given(input))),
    run: area.run.handler(({ input, signal }) => core.forwarding.run(input, signal)),
    replay: area.replay.handler(({ input, signal }) => core.forwarding.replay(input, signal)),
    replayEdited: area.replayEdited.handler(({ input }) => core.forwarding.replayEdited(input)),
    deliveries: area.deliveries.handler(({ input }) => core.forwarding.deliveries(input.causeIds)),
    developmentKey: area.developmentKey.handler(() => core.forwarding.developmentKey()),
  });
}
