import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createExchangeStore } from '../../src/main/core/exchanges/create-exchange-store.ts';
import { createIngress } from '../../src/main/core/ingress/create-ingress.ts';
import type { EntryName, LogLevel, SecretBox } from '../../src/main/core/ports.ts';
import {
  createTunnel,
  type PublicAddress,
  type TunnelDeps,
} from '../../src/main/core/tunnel/create-tunnel.ts';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import { createForkedProgram } from '../../src/main/hosts/node/child-program.ts';
import { createKeyFileBox } from '../../src/main/hosts/node/secret-box.ts';
import { createConfSettings } from '../../src/main/hosts/node/settings-store.ts';
import type { TunnelState } from '../../src/shared/model/system.ts';

const source = (path: string): URL => new URL(`../../src/${path}`, import.meta.url);

export const entries: Readonly<Record<EntryName, URL>> = {
  captureWorker: source('main/core/exchanges/capture-worker.ts'),
  deriveWorker: source('main/core/exchanges/derive-worker.ts'),
  documentReader: source('main/core/catalogue/import/reader-worker.ts'),
  tunnelAgent: source('main/core/tunnel/agent/main.ts'),
  simulator: source('simulator/main.ts'),
};

export type LogLine = {
  level: LogLevel;
  message: string;
  fields: Readonly<Record<string, unknown>> | undefined;
};

/** A data folder with real settings, vault, store and a listening ingress, and ports that fork real programs. */
export async function openWorld(boxIn = (dataDir: string): SecretBox => createKeyFileBox({ dataDir })) {
  const dataDir = await mkdtemp(join(tmpdir(), 'tunnel-'));
  const logged: LogLine[] = [];
  const log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void => {
    logged.push({ level, message, fields });
  };
  const now = (): number => Date.now();
  const settings = createConfSettings({ dataDir });
  const vault = await createVault({ box: boxIn(dataDir), dataDir, log });
  const store = await createExchangeStore({ dataDir, entries, log, now });
  const ingress = createIngress({
    store,
    redactor: vault.redactor,
    log,
    now,
    onCallback: async () => ({ ok: true, status: 200, title: 'Done', sentences: [] }),
  });
  onTestFinished(async () => {
    await ingress.dispose();
    await store.dispose();
    await vault.dispose();
    await rm(dataDir, { recursive: true, force: true });
  });
  const { port } = await ingress.listen(0);
  if (port === null) throw new Error('the ingress does not listen');
  const ports = {
    settings,
    log,
    now,
    version: '0.1.0',
    startProgram: (entry: EntryName, args: readonly string[]) =>
      createForkedProgram(entries[entry], args, log),
  };
  return { dataDir, logged, ports, settings, vault, store, ingress, port };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A tunnel over a world, with every state it has been in. */
export function openTunnel({ ports, vault, ingress }: World, overrides: Partial<TunnelDeps> = {}) {
  const tunnel = createTunnel({
    ports,
    vault,
    ingress,
    timing: { firstRetryMs: 20, longestRetryMs: 100, selfTestMs: 2000 },
    ...overrides,
  });
  const states: TunnelState[] = [];
  tunnel.onState((state) => states.push(state));
  onTestFinished(() => tunnel.dispose());
  return { tunnel, states };
}

/** The states in order, each once. */
export const statusesOf = (states: readonly TunnelState[]): string[] =>
  states.map(({ status }) => status).filter((status, index, all) => status !== all[index - 1]);

/** Resolves as soon as the tunnel's state is as wanted. */
export async function until(
  tunnel: PublicAddress,
  wanted: (state: TunnelState) => boolean,
  timeout = 10_000,
): Promise<TunnelState> {
  const { promise, resolve, reject } = Promise.withResolvers<TunnelState>();
  const forget = tunnel.onState((state) => {
    if (wanted(state)) resolve(state);
  });
  if (wanted(tunnel.state())) resolve(tunnel.state());
  const timer = setTimeout(
    () => reject(new Error(`the tunnel stayed ${JSON.stringify(tunnel.state())}`)),
    timeout,
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/** A server on loopback that ends with the test. */
export async function serve(
  listener: RequestListener,
): Promise<{ server: Server; url: string; port: number }> {
  const server = createServer(listener);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  onTestFinished(async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}` };
}

/** Passes a request on to a port of this machine: what a reverse proxy with a public name does. */
export const passOn =
  (port: number): RequestListener =>
  (request, response) => {
    const onward = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method: request.method,
        path: request.url,
        headers: request.headers,
        agent: false,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };

/** A public address: a reverse proxy whose behaviour can be changed while it runs. */
export async function servePublicly(port: number) {
  const pass = passOn(port);
  let answer = pass;
  const requests: { url: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  const served = await serve((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  return {
    ...served,
    requests,
    behave(listener: RequestListener | null): void {
      answer = listener ?? pass;
    },
  };
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const { server, port } = await serve(() => undefined);
  await new Promise((done) => server.close(done));
  return port;
}
