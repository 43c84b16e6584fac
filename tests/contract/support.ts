import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { RPCHandler } from '@orpc/server/message-port';
import { WebSocket } from 'ws';
import { createCore, type CoreOptions } from '../../src/main/core/create-core.ts';
import type { Log, Ports } from '../../src/main/core/ports.ts';
import type { Core } from '../../src/main/core/services.ts';
import { createNodePorts } from '../../src/main/hosts/node/create-node-ports.ts';
import type { ContractClient } from '../../src/main/hosts/node/owner-client.ts';
import { createSessions } from '../../src/main/hosts/web/sessions.ts';
import { startWebServer } from '../../src/main/hosts/web/web-server.ts';
import { createRouter } from '../../src/main/router/create-router.ts';

/** The source of `hlc`: the entry beside which the other programs are looked up. */
export const hostEntry = new URL('../../src/main/hosts/cli/main.ts', import.meta.url).href;

export type LogLine = {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
};

export type TestCore = {
  readonly core: Core;
  readonly dataDir: string;
  readonly logged: LogLine[];
  dispose(): Promise<void>;
};

export const nodePorts = (dataDir: string, log: Log = () => {}): Ports =>
  createNodePorts({ host: 'web', dataDir, hostEntry, log, env: {} });

/** A whole core in a data folder of its own, its ingress on a free port. @param settings what the settings file says before */
export async function openCore(
  options: CoreOptions = { ingressPort: 0 },
  settings: Readonly<Record<string, unknown>> = {},
): Promise<TestCore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hlc-contract-'));
  await writeFile(join(dataDir, 'settings.json'), JSON.stringify(settings));
  const logged: LogLine[] = [];
  const log: Log = (level, message, fields) => void logged.push({ level, message, fields });
  const removed = () => rm(dataDir, { recursive: true, force: true });
  const core = await createCore(nodePorts(dataDir, log), options).catch(async (error: unknown) => {
    await removed();
    throw error;
  });
  return {
    core,
    dataDir,
    logged,
    async dispose() {
      await core.dispose();
      await removed();
    },
  };
}

/** One client of a served contract; `drop` breaks the connection as a crash would. */
export type Connection = { readonly client: ContractClient; drop(): void };
export type Served = { connect(): Promise<Connection>; close(): Promise<void> };
export type Transport = { readonly name: string; serve(core: Core, log: Log): Promise<Served> };

/** As in the desktop: one message port a window. */
const messagePort: Transport = {
  name: 'message port',
  async serve(core, log) {
    const handler = new RPCHandler(createRouter(core, { log }));
    const open = new Set<MessageChannel>();
    return {
      async connect() {
        const channel = new MessageChannel();
        open.add(channel);
        handler.upgrade(channel.port1);
        channel.port1.start();
        const client = createORPCClient<ContractClient>(new PortLink({ port: channel.port2 }));
        channel.port2.start();
        return { client, drop: () => channel.port2.close() };
      },
      async close() {
        for (const channel of open) channel.port1.close();
      },
    };
  },
};

/** As in the web host: a WebSocket opened with the session's token. */
const webSocket: Transport = {
  name: 'WebSocket',
  async serve(core, log) {
    const sessions = createSessions();
    const server = await startWebServer({
      router: createRouter(core, { log }),
      rendererDir: join(tmpdir(), 'no-window-here'),
      port: 0,
      log,
      sessions,
    });
    return {
      async connect() {
        const token = sessions.redeem(sessions.mintCode());
        const origin = `http://127.0.0.1:${server.port}`;
        const socket = new WebSocket(`${origin}/rpc`, ['companion.v1', `token.${token}`], { origin });
        await new Promise<void>((resolve, reject) => {
          socket.once('open', resolve);
          socket.once('error', reject);
        });
        const link = new SocketLink({ websocket: socket as unknown as globalThis.WebSocket });
        return { client: createORPCClient<ContractClient>(link), drop: () => socket.terminate() };
      },
      close: () => server.close(),
    };
  },
};

export const transports: readonly Transport[] = [messagePort, webSocket];
