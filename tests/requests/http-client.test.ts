import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createHttpClient,
  type HttpClient,
  type HttpSend,
} from '../../src/main/core/requests/http-client.ts';
import type { ExchangeCapture } from '../../src/main/core/exchanges/types.ts';
import type { BodyPart } from '../../src/shared/model/exchange.ts';
import type { ExchangeId } from '../../src/shared/model/ids.ts';
import { AppError } from '../../src/shared/model/app-error.ts';
import { createBench, type Bench } from '../oauth/bench.ts';

let bench: Bench;
let server: Server;
let sockets: Set<Socket>;
let base: string;
let handle: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  bench = await createBench();
  sockets = new Set();
  server = createServer((request, response) => handle(request, response));
  server.on('connection', (socket) => sockets.add(socket));
  base = await listening(server);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await bench.dispose();
});

async function listening(one: Server): Promise<string> {
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  const address = one.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const ask = (fields: Partial<HttpSend> = {}): HttpSend => ({
  purpose: 'api',
  method: 'GET',
  url: `${base}/`,
  headers: [],
  body: null,
  profileId: null,
  ...fields,
});

describe('an outgoing request', () => {
  test('keeps headers in order and spelling, bytes as they came, and timings', async () => {
    handle = (_request, response) => {
      response.writeHead(201, 'Made', [
        'X-One',
        '1',
        'x-two',
        '2',
        'X-One',
        '3',
        'Content-Type',
        'text/plain',
      ]);
      response.end('héllo');
    };
    const answer = await bench.http.send(ask({ method: 'POST', body: Buffer.from('{"a":1}') }));
    expect(answer).toMatchObject({ status: 201, statusText: 'Made', error: null, bodyBytes: 6 });
    expect(Buffer.from(answer.body).toString()).toBe('héllo');
    expect(answer.headers.slice(0, 4)).toEqual([
      ['X-One', '1'],
      ['x-two', '2'],
      ['X-One', '3'],
      ['Content-Type', 'text/plain'],
    ]);
    expect(await answer.recorded).toBeNull();
    const detail = await bench.store.get(answer.exchangeId);
    expect(detail).toMatchObject({ purpose: 'api', method: 'POST', status: 201, httpVersion: '1.1' });
    expect(detail.responseHeaders).toEqual(answer.headers);
    expect(detail.requestHeaders.map(([name]) => name.toLowerCase())).toEqual(
      expect.arrayContaining(['host', 'content-length']),
    );
    expect(detail.timings?.connect).not.toBeNull();
    expect(detail.timings?.total).toBeGreaterThan(0);
  });

  test('shares connections: 200 calls after each other use at most 2', async () => {
    handle = (_request, response) => void response.end('{}');
    for (let call = 0; call < 200; call += 1) await (await bench.http.send(ask())).recorded;
    expect(sockets.size).toBeLessThanOrEqual(2);
    expect(await bench.exchanges('api')).toHaveLength(200);
  });

  test('reaches a server that closes kept connections without a word', async () => {
    handle = (_request, response) => {
      response.end('{}');
      const { socket } = response;
      response.once('close', () => socket?.destroy());
    };
    for (let call = 0; call < 20; call += 1) {
      expect((await bench.http.send(ask())).status).toBe(200);
    }
  });

  test('follows redirects on the same origin, one exchange a hop', async () => {
    const seen: (string | undefined)[] = [];
    handle = (request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === '/end') response.end('there');
      else response.writeHead(302, { location: '/end' }).end();
    };
    const answer = await bench.http.send(ask({ headers: [['Authorization', 'Bearer not-a-real-token-1']] }));
    expect(Buffer.from(answer.body).toString()).toBe('there');
    expect(seen).toEqual(['Bearer not-a-real-token-1', 'Bearer not-a-real-token-1']);
    await answer.recorded;
    const hops = await bench.exchanges('api');
    expect(hops.map((hop) => hop.status)).toEqual([302, 200]);
    expect(hops[1]?.causeId).toBe(hops[0]?.id);
  });

  test('stops at a redirect where it is told to', async () => {
    handle = (_request, response) => void response.writeHead(302, { location: '/end' }).end();
    const answer = await bench.http.send(ask({ followRedirects: false }));
    expect(answer.status).toBe(302);
    await answer.recorded;
    expect(await bench.exchanges('api')).toHaveLength(1);
  });

  test('says by which connection it went, and that a later one went by the same', async () => {
    handle = (_request, response) => void response.end('{}');
    const first = await bench.http.send(ask());
    await first.recorded;
    const second = await bench.http.send(ask());
    await second.recorded;
    const [one, other] = await Promise.all(
      [first, second].map(async ({ exchangeId }) => (await bench.store.get(exchangeId)).connection),
    );
    expect(one).toMatchObject({ remote: new URL(base).host, reused: false, proxy: null, tls: null });
    expect(other).toEqual({ ...one, reused: true });
  });

  test('never follows a redirect to another origin', async () => {
    let reached = 0;
    const other = createServer((_request, response) => {
      reached += 1;
      response.end();
    });
    const elsewhere = await listening(other);
    handle = (_request, response) => void response.writeHead(302, { location: `${elsewhere}/take` }).end();
    const answer = await bench.http.send(ask({ headers: [['Authorization', 'Bearer not-a-real-token-2']] }));
    other.close();
    expect(answer.status).toBe(302);
    expect(reached).toBe(0);
  });

  test('gives up a redirect loop with the redirect as its answer', async () => {
    handle = (_request, response) => void response.writeHead(302, { location: '/again' }).end();
    expect((await bench.http.send(ask())).status).toBe(302);
    expect((await bench.exchanges('api')).length).toBeLessThanOrEqual(6);
  });

  test('decodes compressed answers for its callers and never stores a secret inside one', async () => {
    const bodies = ['{"plain":true}', '{"access_token":"s3cret-s3cret-s3cret-1"}'];
    handle = (request, response) => {
      const body = gzipSync(bodies[Number(request.url?.slice(1))] ?? '');
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(body);
    };
    const plain = await bench.http.send(ask({ url: `${base}/0` }));
    expect(Buffer.from(plain.body).toString()).toBe(bodies[0]);
    await plain.recorded;
    const stored = await bench.store.body(plain.exchangeId, 'response', 0, 1000);
    expect(Buffer.from(stored.bytes)).toEqual(gzipSync(bodies[0] ?? ''));
    const secret = await bench.http.send(ask({ url: `${base}/1` }));
    expect(Buffer.from(secret.body).toString()).toBe(bodies[1]);
    await secret.recorded;
    expect(await bench.text(secret.exchangeId, 'response')).toBe('{"access_token":"********"}');
  });

  test('that times out says after how long', async () => {
    handle = () => {};
    const answer = await bench.http.send(ask({ timeoutMs: 100 }));
    expect(answer).toMatchObject({ status: null, error: { kind: 'timeout' } });
    expect(answer.error?.sentence).toContain('0.1 s');
    await answer.recorded;
    expect((await bench.exchanges('api'))[0]).toMatchObject({
      outcome: 'failed',
      error: answer.error?.sentence,
    });
  });

  test('that is cut off keeps what came', async () => {
    handle = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('first part', () => response.destroy());
    };
    const answer = await bench.http.send(ask());
    expect(answer).toMatchObject({ status: 200, error: { kind: 'cut-off' } });
    await answer.recorded;
    const detail = await bench.store.get(answer.exchangeId);
    expect(detail).toMatchObject({ outcome: 'failed', responseBody: { bytes: 10, complete: false } });
  });

  test('stores a long answer while it comes in, its secrets cut out, and as far as it came', async () => {
    const secret = 'long-answer-secret-00001';
    const row = JSON.stringify({ id: 'c1', name: 'Ada' });
    const rows = Array.from({ length: 40_000 }, () => row).join(',');
    const whole = `{"rows":[${rows}],"access_token":"${secret}","more":[${rows}]}`;
    handle = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (request.url === '/whole') response.end(whole);
      else response.write(whole.slice(0, 1_000_000), () => response.destroy());
    };
    const answer = await bench.http.send(ask({ url: `${base}/whole` }));
    expect(Buffer.from(answer.body).toString()).toBe(whole);
    expect(await answer.recorded).toBeNull();
    const stored = whole.replace(secret, '********');
    const { responseBody } = await bench.store.get(answer.exchangeId);
    expect(responseBody).toMatchObject({
      bytes: stored.length,
      sha256: hash('sha256', stored),
      complete: true,
      marks: [{ offset: stored.indexOf('********'), length: secret.length, kind: 'access_token' }],
    });
    const end = await bench.store.body(answer.exchangeId, 'response', stored.length - 1_500_000, 1_500_000);
    expect(Buffer.from(end.bytes).toString()).toBe(stored.slice(-1_500_000));

    const broken = await bench.http.send(ask({ url: `${base}/broken` }));
    expect(broken.error?.kind).toBe('cut-off');
    expect(await broken.recorded).toBeNull();
    const partly = await bench.store.get(broken.exchangeId);
    expect(partly.responseBody).toMatchObject({ bytes: broken.bodyBytes, complete: false });
    expect(broken.bodyBytes).toBeGreaterThan(262_144);
  });

  test('is answered although its exchange cannot be stored, and says so', async () => {
    handle = (_request, response) => void response.end('{}');
    const full = new AppError('disk_full', 'The disk is full.');
    const store = {
      append: (_capture: ExchangeCapture) => Promise.reject(full),
      spool: (id: ExchangeId, part: BodyPart) => bench.store.spool(id, part),
    };
    const client: HttpClient = createHttpClient({
      store,
      redactor: bench.vault.redactor,
      log: () => {},
      now: Date.now,
    });
    const answer = await client.send(ask());
    expect(answer.status).toBe(200);
    expect(await answer.recorded).toBe(full);
    await client.dispose();
  });

  test.each(['ftp://example.com/', 'not a url'])('to %s is refused', async (url) => {
    await expect(bench.http.send(ask({ url }))).rejects.toMatchObject({ code: 'bad_input' });
  });
});
