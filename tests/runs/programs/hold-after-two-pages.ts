/** Runs over a data folder whose third page never comes. Told what to start; says `held` once all of them wait. */
import { createCore } from '../../../src/main/core/create-core.ts';
import type { Ports } from '../../../src/main/core/ports.ts';
import { createRuns } from '../../../src/main/core/runs/create-runs.ts';
import { createNodePorts } from '../../../src/main/hosts/node/create-node-ports.ts';
import type { RunStart } from '../../../src/shared/model/run.ts';

const hostEntry = new URL('../../../src/main/hosts/cli/main.ts', import.meta.url).href;
const [dataDir = '', starts = '[]'] = process.argv.slice(2);
const inputs = JSON.parse(starts) as RunStart[];
const log = (): void => {};
const ports: Ports = createNodePorts({ host: 'web', dataDir, hostEntry, log, env: {} });
const core = await createCore(ports, { ingressPort: null });

const sent = new Map<string, number>();
let held = 0;
const runs = await createRuns({
  dataDir,
  store: core.exchanges,
  redactor: { text: (text) => text },
  log,
  now: Date.now,
  requests: {
    send(draft, signal) {
      // The order of one's query parameters and the body tell the lists apart, but for what names the page.
      const list = `${draft.method} ${draft.path} ${(draft.query ?? []).some(({ value }) => value === 'asc')}`;
      const count = (sent.get(list) ?? 0) + 1;
      sent.set(list, count);
      if (count <= 2) return core.requests.send(draft, signal);
      held += 1;
      if (held === inputs.length) process.send?.('held');
      return new Promise(() => {});
    },
  },
});
for (const input of inputs) await runs.start(input);
