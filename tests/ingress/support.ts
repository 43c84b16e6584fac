/** A real ingress over a real store, and raw sockets to talk to it. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ExchangeDetail } from '../../src/shared/model/exchange.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import { answerRule } from '../../src/shared/model/profile.ts';
import { createIngress } from '../../src/main/core/ingress/create-ingress.ts';
import type { IngressLimits } from '../../src/main/core/ingress/limits.ts';
import type {
  CallbackPage,
  CapturedCallback,
  Ingress,
  IngressRoute,
} from '../../src/main/core/ingress/types.ts';
import { createRedactor } from '../../src/main/core/vault/redaction/create-redactor.ts';
import { createKnownSecrets } from '../../src/main/core/vault/redaction/known-secrets.ts';
import { openStore } from '../exchanges/support.ts';
import type { TestStore } from '../exchanges/support.ts';

export const acme = 'acme' as ProfileId;

export const routes: readonly IngressRoute[] = [
  { profileId: acme, kind: 'callback', path: '/oauth/callback', answer: answerRule.parse({}) },
  { profileId: acme, kind: 'webhook', path: '/webhooks', answer: answerRule.parse({}) },
  {
    profileId: acme,
    kind: 'workflow-action',
    path: '/actions/score',
    answer: { status: 201, contentType: 'text/plain', body: 'grüß' },
  },
  {
    profileId: acme,
    kind: 'other',
    path: '/nothing',
    answer: { status: 204, contentType: 'text/plain', body: 'x' },
  },
];

export type TestIngress = {
  readonly store: TestStore;
  readonly ingress: Ingress;
  readonly port: number;
  readonly url: string;
  readonly callbacks: CapturedCallback[];
  readonly logged: [string, string][];
  /** The newest exchange. */
  newest(): Promise<ExchangeDetail>;
  requestBody(exchange: ExchangeDetail): Promise<Buffer>;
};

export type TestOptions = {
  readonly limits?: Partial<IngressLimits>;
  readonly onCallback?: (callback: CapturedCallback) => Promise<CallbackPage>;
};

export async function startIngress(options: TestOptions = {}): Promise<TestIngress> {
  const store = await openStore();
  const callbacks: CapturedCallback[] = [];
  const logged: [string, string][] = [];
  const ingress = createIngress({
    store,
    redactor: createRedactor(createKnownSecrets()),
    log: (level, message) => logged.push([level, message]),
    now: Date.now,
    onCallback: async (callback) => {
      callbacks.push(callback);
      if (options.onCallback !== undefined) return options.onCallback(callback);
      return { ok: true, status: 200, title: 'Installed', sentences: ['The app is installed.'] };
    },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  onTestFinished(() => ingress.dispose());
  ingress.setRoutes(routes);
  const { port, url } = await ingress.listen(0);
  if (port === null || url === null) throw new Error('The ingress does not listen.');
  return {
    store,
    ingress,
    port,
    url,
    callbacks,
    logged,
    async newest() {
      const [item] = (await store.page({ limit: 1 })).items;
      if (item === undefined) throw new Error('Nothing was captured.');
      await store.settled();
      return store.get(item.id);
    },
    async requestBody(exchange) {
      return Buffer.from((await store.body(exchange.id, 'request', 0, exchange.requestBody.bytes)).bytes);
    },
  };
}

/** Opens a connection; closed when the test is over. */
export async function open(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  return socket;
}

/** What comes back until the other side closes. */
export function untilClosed(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

/** Sends exactly these bytes and returns everything that comes back; the request should ask for `Connection: close`. */
export async function raw(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = await open(port);
  const answer = untilClosed(socket);
  for (const part of parts) socket.write(part);
  return answer;
}

export function post(path: string, body: Uint8Array, headers: readonly string[] = []): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    `Content-Length: ${body.length}`,
    ...headers,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(head.join('\r\n')), body]);
}
