/** One request over `node:http`, headers exactly as given, and what came back. */
import http from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Connection, HeaderPairs } from '../../../shared/model/exchange.ts';
import { connectionFacts } from '../requests/connection-facts.ts';
import { failureOf, type HttpFailure } from '../requests/http-failure.ts';
import type { HopAnswer } from '../requests/hop-answer.ts';

/** Bytes of an answer that are kept. */
const ANSWER_BYTES = 10 * 1024 * 1024;

export type Delivery = {
  readonly url: URL;
  readonly method: string;
  /** `Host` and the framing among them. */
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
  /** For the whole answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

export type Agents = { readonly http: http.Agent; readonly https: https.Agent };

export function createAgents(): Agents {
  const options = { keepAlive: true, maxSockets: 64, maxFreeSockets: 16 };
  return { http: new http.Agent(options), https: new https.Agent(options) };
}

/** Never rejects: a failure is part of what is recorded. Redirects are answers like any other. */
export async function deliver(delivery: Delivery, agents: Agents): Promise<HopAnswer> {
  const first = await attempt(delivery, agents);
  // The server closed a kept connection just as it was used again, and has read nothing: RFC 9110 §9.2.2 lets it be
  // sent once more.
  return first.stale ? attempt(delivery, agents) : first;
}

type Attempt = HopAnswer & { readonly stale: boolean };

function attempt(delivery: Delivery, agents: Agents): Promise<Attempt> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let response: IncomingMessage | null = null;
    let remoteAddress: string | null = null;
    let connection: Connection | null = null;
    let connectedAt: number | null = null;
    let answeredAt: number | null = null;
    let timedOut = false;
    let finished = false;
    let received = 0;
    const chunks: Uint8Array[] = [];

    const finish = (failure: HttpFailure | null): void => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      delivery.signal.removeEventListener('abort', abort);
      const endedAt = performance.now();
      const sentAt = connectedAt ?? startedAt;
      resolve({
        status: response?.statusCode ?? null,
        httpVersion: response?.httpVersion ?? null,
        remoteAddress,
        headers: response === null ? [] : pairsOf(response.rawHeaders),
        body: Buffer.concat(chunks),
        complete: failure === null,
        timings: {
          dns: null,
          connect: connectedAt === null ? null : connectedAt - startedAt,
          tls: null,
          wait: answeredAt === null ? null : answeredAt - sentAt,
          receive: answeredAt === null ? null : endedAt - answeredAt,
          total: endedAt - startedAt,
        },
        connection,
        failure,
        stale: failure?.kind === 'reset' && response === null && request.reusedSocket,
      });
    };
    const fail = (error: Error): void =>
      finish(
        failureOf(error, {
          host: delivery.url.host,
          timeoutMs: delivery.timeoutMs,
          cancelled: delivery.signal.aborted,
          timedOut,
          answered: response !== null,
        }),
      );

    const secure = delivery.url.protocol === 'https:';
    const request: ClientRequest = (secure ? https : http).request(delivery.url, {
      method: delivery.method,
      // A flat list is written as it stands: order, spelling and repetition are the caller's.
      headers: delivery.headers.flat(),
      agent: secure ? agents.https : agents.http,
    });
    const abort = (): void => void request.destroy(new Error('cancelled'));
    const timer = setTimeout(() => {
      timedOut = true;
      request.destroy(new Error('timeout'));
    }, delivery.timeoutMs);
    delivery.signal.addEventListener('abort', abort, { once: true });
    if (delivery.signal.aborted) abort();

    request.on('socket', (socket) => {
      const connected = (): void => {
        remoteAddress = socket.remoteAddress ?? null;
      };
      if (!socket.connecting) connected();
      else
        socket.once('connect', () => {
          connectedAt = performance.now();
          connected();
        });
    });
    request.on('response', (answer) => {
      response = answer;
      answeredAt = performance.now();
      const { socket, reusedSocket: reused } = request;
      if (socket !== null) connection = connectionFacts(socket, { reused, proxy: null });
      answer.on('data', (chunk: Uint8Array) => {
        const room = ANSWER_BYTES - received;
        received += chunk.length;
        chunks.push(chunk.length <= room ? chunk : chunk.subarray(0, room));
        if (received <= ANSWER_BYTES) return;
        finish({
          kind: 'too-large',
          sentence: `The answer of ${delivery.url.host} is larger than 10 MiB; the first 10 MiB were kept.`,
        });
        request.destroy();
      });
      answer.on('end', () => finish(null));
      answer.on('error', fail);
      answer.on('close', () => fail(new Error('closed')));
    });
    request.on('error', fail);
    request.on('close', () => fail(new Error('closed')));
    request.end(delivery.body.length === 0 ? undefined : delivery.body);
  });
}

/** Node lists names and values in turn. */
function pairsOf(raw: readonly string[]): HeaderPairs {
  const pairs: HeaderPairs = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return pairs;
}
