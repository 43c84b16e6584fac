import { request, type IncomingHttpHeaders } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { startWebHost, type WebHost } from '../../src/main/hosts/web/start.ts';
import { hostEntry } from '../contract/support.ts';

export const page =
  '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__" /><script type="module" src="/assets/app.js"></script>';
/** Stands beside the served folder; no path may reach it. */
export const outside = 'not for the browser';

export type TestHost = {
  readonly host: WebHost;
  readonly port: number;
  readonly dataDir: string;
  link(): URL;
  dispose(): Promise<void>;
};

/** The web host with a small window of our own, everything on free ports. */
export async function openHost({ built = true } = {}): Promise<TestHost> {
  const folder = await mkdtemp(join(tmpdir(), 'hlc-web-'));
  const rendererDir = join(folder, 'renderer');
  if (built) {
    await mkdir(join(rendererDir, 'assets'), { recursive: true });
    await writeFile(join(rendererDir, 'index.html'), page);
    await writeFile(join(rendererDir, 'assets', 'app.js'), 'export {};\n');
    await writeFile(join(rendererDir, 'assets', 'app.js.map'), '{}');
  }
  await writeFile(join(folder, 'outside.json'), JSON.stringify(outside));
  const dataDir = join(folder, 'data');
  const host = await startWebHost({
    dataDir,
    port: 0,
    ingressPort: 0,
    hostEntry,
    log: () => {},
    rendererDir,
  });
  const link = (): URL => new URL(host.link());
  return {
    host,
    port: Number(link().port),
    dataDir,
    link,
    async dispose() {
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type Asking = {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly address?: string;
};

/** One request with exactly the headers given, `Host` included: what `fetch` would not send. */
export function ask(
  port: number,
  { path = '/', method = 'GET', headers = {}, body, address }: Asking = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: address ?? '127.0.0.1',
        port,
        path,
        method,
        headers: { host: `127.0.0.1:${port}`, ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Swaps a code as our own page does. */
export function swap(
  port: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return ask(port, {
    path: '/session',
    method: 'POST',
    headers: {
      origin: `http://127.0.0.1:${port}`,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
    body: JSON.stringify({ code }),
  });
}

export const codeOf = (link: URL): string => new URLSearchParams(link.hash.slice(1)).get('code') ?? '';

export type Upgrading = {
  readonly path?: string;
  readonly protocols?: readonly string[];
  readonly origin?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The status of a refused upgrade, or the open socket. */
export function upgrade(
  port: number,
  { path = '/rpc', protocols = [], origin = `http://127.0.0.1:${port}`, headers = {} }: Upgrading,
): Promise<number | WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], {
      headers: { ...headers },
      ...(origin !== null && { origin }),
    });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    socket.once('error', reject);
  });
}
