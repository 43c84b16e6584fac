/** The simulator as it is started by the companion, with a token for one sub-account and no limit on requests. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSimulator } from '../src/simulator/create-simulator.ts';

type Message = { readonly kind: 'memory' | 'stop' };

/** What the one who sends requests has to know. */
export type SimulatorReady = {
  readonly port: number;
  readonly token: string;
  readonly locationId: string;
};

setFlagsFromString('--expose-gc');
// The function exists from here on, in new contexts only.
const collectGarbage = runInNewContext('gc') as () => void;

const simulator = await createSimulator({
  seed: 1,
  rateLimits: { burst: 1e9, intervalMs: 10_000, daily: null },
});

async function json(path: string, init?: RequestInit): Promise<unknown> {
  return (await fetch(simulator.url + path, init)).json();
}

const state = (await json('/_simulator/state')) as { locations: { id: string }[] };
const locationId = state.locations[0]?.id ?? '';
const { token } = (await json('/_simulator/private-tokens', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    locationId,
    scopes: ['contacts.readonly', 'contacts.write', 'voice-ai-agents.readonly'],
  }),
})) as { token: string };

process.on('message', (message: Message) => {
  if (message.kind === 'memory') {
    collectGarbage();
    process.send?.({ heap: process.memoryUsage().heapUsed });
    return;
  }
  void simulator.dispose().then(() => process.disconnect());
});
process.send?.({ port: Number(new URL(simulator.url).port), token, locationId } satisfies SimulatorReady);
