/**
 * A companion in a process of its own that calls the API beside two bare clients: `request-companion DATA_DIR URL TOKEN
 * LOCATION_ID`. Messages in: `{ kind: 'calls', count }`, answered with the ms of each call by each client;
 * `{ kind: 'connections', count }`, answered with the sockets that so many calls after each other opened;
 * `{ kind: 'stop' }`.
 */
import { subscribe } from 'node:diagnostics_channel';
import { Agent, get } from 'node:http';
import got from 'got';
import { createCore } from '../src/main/core/create-core.ts';
import type { Log } from '../src/main/core/ports.ts';
import { createNodePorts } from '../src/main/hosts/node/create-node-ports.ts';

type Message =
  | { readonly kind: 'calls'; readonly count: number }
  | { readonly kind: 'connections'; readonly count: number }
  | { readonly kind: 'stop' };

export type Client = 'companion' | 'node' | 'got';
export type CallTimes = Readonly<Record<Client, readonly number[]>>;

const [dataDir = '', simulator = '', token = '', locationId = ''] = process.argv.slice(2);
const log: Log = (level, message, fields) => {
  if (level === 'error') console.error(message, fields ?? '');
};
const hostEntry = new URL('../src/main/hosts/cli/main.ts', import.meta.url).href;
const ports = createNodePorts({ host: 'cli', dataDir, hostEntry, log, env: {} });
const core = await createCore(ports, { ingressPort: 0 });
const profile = await core.profiles.addSimulator(simulator);
await core.tokens.addPrivate({ profileId: profile.id, token, level: 'sub-account', accountId: locationId });

let opened = 0;
subscribe('net.client.socket', () => (opened += 1));

const address = `${simulator}/contacts/?locationId=${locationId}&limit=5`;
const headers = { Authorization: `Bearer ${token}`, Version: '2021-07-28', Accept: 'application/json' };
const nodeAgent = new Agent({ keepAlive: true });
const gotAgent = new Agent({ keepAlive: true });

/** Each reads the whole answer and refuses any but a 200, so that all three do what a caller needs. */
const clients: Readonly<Record<Client, () => Promise<void>>> = {
  async companion() {
    const { status } = await core.requests.send({
      profileId: profile.id,
      method: 'GET',
      path: '/contacts/',
      query: [
        { name: 'locationId', value: locationId },
        { name: 'limit', value: '5' },
      ],
    });
    if (status !== 200) throw new Error(`The companion was answered ${status}.`);
  },
  node: () =>
    new Promise((resolve, reject) => {
      get(address, { agent: nodeAgent, headers }, (answer) => {
        answer.on('data', () => {});
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`node:http was answered ${answer.statusCode}.`));
        });
      }).on('error', reject);
    }),
  async got() {
    await got(address, { agent: { http: gotAgent }, headers, retry: { limit: 0 } });
  },
};

async function calls(count: number): Promise<CallTimes> {
  const times: Record<Client, number[]> = { companion: [], node: [], got: [] };
  // By turns, so that what else the machine does falls on all three.
  for (let index = 0; index < count; index += 1) {
    for (const name of ['companion', 'node', 'got'] as const) {
      const start = performance.now();
      await clients[name]();
      times[name].push(performance.now() - start);
    }
  }
  return times;
}

async function answer(message: Message): Promise<object> {
  switch (message.kind) {
    case 'calls':
      return calls(message.count);
    case 'connections': {
      const before = opened;
      for (let index = 0; index < message.count; index += 1) await clients.companion();
      return { opened: opened - before };
    }
    case 'stop':
      nodeAgent.destroy();
      gotAgent.destroy();
      await core.dispose();
      process.disconnect();
      return {};
  }
}

process.on('message', (message: Message) => {
  void answer(message).then((result) => process.connected && process.send?.(result));
});
process.send?.({ port: core.ingress.status().port ?? 0 });
