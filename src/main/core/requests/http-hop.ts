/** One request and its answer over got, without redirects, retries or decoding: what crossed the wire, and how it ended. */
import got, { AbortError, TimeoutError } from 'got';
import type { Agents } from 'got';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Connection, HeaderPairs, Timings } from '../../../shared/model/exchange.ts';
import { connectionFacts } from './connection-facts.ts';
import { failureOf, type HttpFailure } from './http-failure.ts';
import type { HopAnswer } from './hop-answer.ts';

/** Bytes of an answer that are kept in memory; a longer one is cut there and said to be too large. */
export const bodyLimit = 100 * 1024 * 1024;

export type HopRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly agents: Agents;
  /** The proxy those agents go through for this address. */
  readonly proxy: string | null;
  /** Told of an answer when its head is there, and of its body as it comes. */
  readonly answered: (headers: HeaderPairs) => BodyTaker;
  /** Of a longer body only so many bytes are held, its first; an encoded one is always held whole. */
  readonly heldBytes: number;
};

/** Takes bytes in their order; while it has no room for more, none are read. */
export type BodyTaker = (bytes: Uint8Array) => Promise<void> | null;

export type HopResult = HopAnswer & {
  /** Length of what came; `body` is what is held of it, put together when it is first asked for. */
  readonly bodyBytes: number;
  /** As sent, `Host` and `Content-Length` included; what was asked for when nothing was sent. */
  readonly requestHeaders: HeaderPairs;
  readonly statusText: string;
  /** True when a kept connection turned out to be closed before any byte of the answer came. */
  readonly stale: boolean;
};

/** The parts of got's response this module reads. */
type GotResponse = IncomingMessage & {
  readonly ip?: string;
  readonly timings?: { readonly phases: Readonly<Record<string, number | undefined>> };
};

/** Never rejects: a failure is part of the result, since it is recorded like any other exchange. */
export function sendHop(hop: HopRequest): Promise<HopResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let request: ClientRequest | undefined;
    let response: GotResponse | undefined;
    let connection: Connection | null = null;
    let chunks: Uint8Array[] = [];
    let take: BodyTaker | null = null;
    let mostHeld = hop.heldBytes;
    let received = 0;
    let finished = false;

    const lookAtConnection = (): Connection | null => {
      const socket = request?.socket;
      if (!socket || socket.connecting) return null;
      return connectionFacts(socket, { reused: request?.reusedSocket === true, proxy: hop.proxy });
    };

    const finish = (failure: HttpFailure | null): void => {
      if (finished) return;
      finished = true;
      const reused = request?.reusedSocket === true;
      resolve({
        requestHeaders: request === undefined ? hop.headers : sentHeaders(request),
        status: response?.statusCode ?? null,
        statusText: response?.statusMessage ?? '',
        httpVersion: response?.httpVersion ?? null,
        remoteAddress: response?.ip ?? null,
        headers: response === undefined ? [] : pairs(response.rawHeaders),
        get body() {
          if (chunks.length !== 1) chunks = [Buffer.concat(chunks)];
          return chunks[0] ?? new Uint8Array(0);
        },
        bodyBytes: Math.min(received, bodyLimit),
        complete: failure === null,
        connection: connection ?? lookAtConnection(),
        timings: timingsOf(response, reused, performance.now() - startedAt),
        failure,
        stale: reused && response === undefined && failure?.kind === 'reset',
      });
    };

    const stream = got.stream(hop.url, {
      method: hop.method as 'GET',
      headers: grouped(hop.headers),
      // Without a body of its own a stream of got waits to be written to, except for GET and HEAD.
      ...(hop.body !== null
        ? { body: hop.body, allowGetBody: true }
        : hop.method === 'GET' || hop.method === 'HEAD'
          ? {}
          : { body: new Uint8Array(0) }),
      agent: hop.agents,
      retry: { limit: 0 },
      throwHttpErrors: false,
      decompress: false,
      followRedirect: false,
      timeout: { request: hop.timeoutMs },
      ...(hop.signal === undefined ? {} : { signal: hop.signal }),
    });
    stream.on('request', (sent: ClientRequest) => {
      request = sent;
    });
    stream.on('response', (answer: GotResponse) => {
      response = answer;
      // A connection that is closed after the answer knows its ends no more.
      connection = lookAtConnection();
      take = hop.answered(pairs(answer.rawHeaders));
      if (answer.headers['content-encoding'] !== undefined) mostHeld = bodyLimit;
    });
    stream.on('data', (chunk: Uint8Array) => {
      const room = bodyLimit - received;
      received += chunk.length;
      const kept = chunk.length <= room ? chunk : chunk.subarray(0, room);
      if (received - chunk.length < mostHeld) chunks.push(kept);
      const waits = take?.(kept) ?? null;
      if (waits !== null) {
        stream.pause();
        void waits.finally(() => stream.resume());
      }
      if (received <= bodyLimit) return;
      finish({
        kind: 'too-large',
        sentence: 'The answer is larger than 100 MB; the first 100 MB were kept.',
      });
      stream.destroy();
    });
    stream.on('end', () => finish(null));
    stream.on('error', (error: Error & { code?: string }) => {
      const cancelled = error instanceof AbortError || hop.signal?.aborted === true;
      const timedOut = error instanceof TimeoutError;
      finish(
        failureOf(error, {
          host: hop.url.host,
          timeoutMs: hop.timeoutMs,
          cancelled,
          timedOut,
          answered: response !== undefined,
        }),
      );
    });
  });
}

function grouped(headers: HeaderPairs): Record<string, string | string[]> {
  const byName = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), value]);
  }
  return Object.fromEntries(
    [...byName].map(([name, [first = '', ...more]]) => [name, more.length === 0 ? first : [first, ...more]]),
  );
}

function sentHeaders(request: ClientRequest): HeaderPairs {
  return request.getRawHeaderNames().flatMap((name): HeaderPairs => {
    const value = request.getHeader(name);
    if (value === undefined) return [];
    return Array.isArray(value) ? value.map((one): [string, string] => [name, one]) : [[name, String(value)]];
  });
}

function pairs(raw: readonly string[]): HeaderPairs {
  const result: HeaderPairs = [];
  for (let at = 0; at + 1 < raw.length; at += 2) result.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return result;
}

function timingsOf(response: GotResponse | undefined, reused: boolean, total: number): Timings {
  const phases = response?.timings?.phases ?? {};
  const opening = (name: string): number | null => (reused ? null : (phases[name] ?? null));
  return {
    dns: opening('dns'),
    connect: opening('tcp'),
    tls: opening('tls'),
    wait: phases['firstByte'] ?? null,
    receive: phases['download'] ?? null,
    total: Math.round(total * 1000) / 1000,
  };
}
