import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import { parseFault } from '../../src/simulator/create-simulator.ts';
import { createBench, simulated, type Bench } from './bench.ts';

let bench: Bench;
let locationId: string;

beforeEach(async () => {
  bench = await createBench();
  locationId = (await simulated(bench.simulator)).locations[0]?.id ?? '';
});
afterEach(() => bench.dispose());

/** An API host of a few lines, for what the simulator cannot be made to answer. */
async function apiHost(answer: string): Promise<{ url: string; close(): void }> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

const json = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** The profile of an app whose API host answers only this. */
async function profileAt(api: string): Promise<ProfileId> {
  const clientId = '0123456789abcdef01234567-refused';
  const profile = await bench.profiles.add({
    clientId,
    clientSecret: 'a-secret-never-shown-1',
    scopes: ['a.b'],
  });
  const moved = { ...profile, hosts: { api, consent: api } };
  const others = bench.settings.get('profiles').filter(({ id }) => id !== profile.id);
  bench.settings.set('profiles', [...others, moved]);
  return profile.id;
}

async function installAt(api: string) {
  const profileId = await profileAt(api);
  const { installUrl } = await bench.install.begin(profileId, { openBrowser: false });
  const state = new URL(installUrl).searchParams.get('state') ?? '';
  const code = 'c0de'.repeat(10);
  const page = await bench.callback(new URLSearchParams({ code, state }));
  const [exchange] = await bench.exchanges('token');
  return { page, exchange, progress: bench.install.progress() };
}

describe('the token endpoint', () => {
  test('that cannot be reached fails the install with a way out, recorded', async () => {
    const host = await apiHost('');
    host.close();
    const { page, exchange, progress } = await installAt(host.url);
    expect(progress).toMatchObject({ phase: 'failed', error: { code: 'token_endpoint_unreachable' } });
    expect(progress.error?.message).toContain('nothing is listening there');
    expect(progress.error?.remedy).toContain('start the install again');
    expect(page).toMatchObject({ ok: false, status: 502, title: 'The app is not installed' });
    expect(page.sentences).toContain(progress.error?.message);
    expect(exchange).toMatchObject({ id: progress.tokenExchangeId, status: null, outcome: 'failed' });
    expect(exchange?.error).toBe(progress.error?.message);
  });

  test.each([
    ['500', '500 Internal Server Error', '{"message":"boom"}', 'failed on its side'],
    [
      '401',
      '401 Unauthorized',
      '{"message":"Invalid client: client is invalid"}',
      'client id or the client secret',
    ],
    [
      '422',
      '422 Unprocessable Entity',
      '{"message":["grant_type must be a valid enum value"],"error":"Unprocessable Entity","statusCode":422}',
      'does not accept',
    ],
    [
      '400',
      '400 Bad Request',
      '{"message":"Invalid grant: authorization code is invalid"}',
      'authorization code',
    ],
  ])('that answers %s fails the install in plain words', async (status, line, body, words) => {
    const host = await apiHost(json(line, body));
    const { page, exchange, progress } = await installAt(host.url);
    host.close();
    expect(progress).toMatchObject({ phase: 'failed', error: { code: 'token_endpoint_refused' } });
    expect(progress.error?.message).toContain(words);
    expect(progress.error?.remedy).not.toBeNull();
    expect(page.sentences).toContain(progress.error?.message);
    expect(exchange).toMatchObject({ status: Number(status), outcome: 'answered' });
    expect(bench.tokens.list()).toEqual([]);
  });

  test.each([
    ['bytes that are not JSON', json('200 OK', '<html>hello</html>')],
    ['JSON without a token', json('200 OK', '{"ok":true}')],
    ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"access_token":"abcdefgh1234567890'],
    ['half a chunked answer', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"acc'],
  ])('that answers %s says the answer cannot be read, and keeps what came', async (_what, answer) => {
    const host = await apiHost(answer);
    const { exchange, progress } = await installAt(host.url);
    host.close();
    expect(progress).toMatchObject({ phase: 'failed', error: { code: 'token_answer_unreadable' } });
    if (exchange === undefined) throw new Error('nothing recorded');
    const { responseBody } = await bench.store.get(exchange.id);
    expect(responseBody?.bytes).toBeGreaterThan(0);
    expect(responseBody?.complete).toBe(exchange.outcome === 'answered');
    expect(await bench.text(exchange.id, 'response')).not.toContain('abcdefgh1234567890');
  });

  test('that closes without an answer is told from one that cannot be reached', async () => {
    const host = await apiHost('');
    const { progress } = await installAt(host.url);
    host.close();
    expect(progress.error?.message).toContain('closed the connection without answering');
  });

  test('failing once leaves the next install free to succeed', async () => {
    bench.simulator.setFaults([parseFault('/oauth/token:503x1')]);
    expect((await bench.allow({ location: locationId })).ok).toBe(false);
    expect((await bench.allow({ location: locationId })).ok).toBe(true);
    expect(bench.install.progress()).toMatchObject({ phase: 'done', error: null });
  });

  test('is not asked at all without a client secret', async () => {
    const profile = await bench.profiles.add({
      clientId: '0123456789abcdef01234567-nosecret',
      scopes: ['a.b'],
    });
    await expect(bench.install.begin(profile.id, { openBrowser: false })).rejects.toMatchObject({
      code: 'secret_missing',
    });
  });
});
