import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeDataFolder } from '../../src/main/core/exchanges/data-folder.ts';
import { open, post, raw, startIngress, untilClosed } from './support.ts';

const MIB = 1024 * 1024;

test('30 MiB are answered 413, and the first 25 MiB are kept', async () => {
  const ingress = await startIngress();
  const body = randomBytes(30 * MIB);
  const answer = await fetch(`${ingress.url}/webhooks`, { method: 'POST', body });
  expect([answer.status, await answer.text()]).toEqual([413, '{"error":"body too large"}']);
  const exchange = await ingress.newest();
  expect(exchange).toMatchObject({
    purpose: 'webhook',
    outcome: 'too-large',
    status: 413,
    error: expect.stringContaining('larger than 25 MiB'),
    requestBody: { bytes: 25 * MIB, complete: false },
    event: { signature: { verdict: 'unsigned' } },
  });
  const kept = await ingress.store.body(exchange.id, 'request', 20 * MIB, 1000);
  expect(Buffer.from(kept.bytes).equals(body.subarray(20 * MIB, 20 * MIB + 1000))).toBe(true);
});

test('a chunked body over the limit sees its 413 although it keeps sending', async () => {
  const ingress = await startIngress({ limits: { bodyBytes: 1000 } });
  const socket = await open(ingress.port);
  const answer = untilClosed(socket);
  socket.write('POST /webhooks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n');
  for (let sent = 0; sent < 64; sent += 1) socket.write(`1000\r\n${'x'.repeat(4096)}\r\n`);
  socket.write('0\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(await ingress.newest()).toMatchObject({ outcome: 'too-large', requestBytes: 1000 });
});

test('a sender that asks first is told to go on, or that it is too much', async () => {
  const ingress = await startIngress({ limits: { bodyBytes: 1000, drainMs: 50 } });
  const ask = (length: number) =>
    `POST /webhooks HTTP/1.1\r\nHost: h\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;
  const socket = await open(ingress.port);
  const answer = untilClosed(socket);
  socket.write(ask(5));
  const goOn = await new Promise<string>((resolve) => {
    socket.once('data', (chunk) => resolve(chunk.toString()));
  });
  expect(goOn).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write('hello');
  expect(await answer).toContain('HTTP/1.1 200 OK');

  const refused = await raw(ingress.port, ask(5000));
  expect(refused).toMatch(/^HTTP\/1\.1 413 /);
  expect(await ingress.newest()).toMatchObject({
    outcome: 'too-large',
    requestBody: { bytes: 0, complete: false },
  });
  expect(await raw(ingress.port, post('/webhooks', Buffer.from('{}'), ['Expect: something-else']))).toContain(
    '200 OK',
  );
});

test('a sender that goes away leaves what had arrived', async () => {
  const ingress = await startIngress();
  const socket = await open(ingress.port);
  socket.write('POST /webhooks HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nhalf of it');
  // The bytes must have reached the server before the connection is cut.
  await vi.waitFor(() => expect(socket.bytesWritten).toBeGreaterThan(60));
  const half = await open(ingress.port);
  half.write(post('/webhooks', Buffer.from('{}')));
  await untilClosed(half);
  socket.destroy();
  await vi.waitFor(async () => expect(await ingress.store.count({})).toBe(2));
  const exchange = await ingress.newest();
  expect(exchange).toMatchObject({
    outcome: 'failed',
    status: null,
    error: expect.stringContaining('after 10 bytes of the 1000 announced'),
    requestBody: { bytes: 10, complete: false },
  });
});

test('slow headers and slow bodies are cut off', async () => {
  const ingress = await startIngress({
    limits: { headersTimeoutMs: 100, requestTimeoutMs: 200, checkIntervalMs: 20 },
  });
  const slowHeaders = await open(ingress.port);
  slowHeaders.write('POST /webhooks HTTP/1.1\r\nHost: h\r\nX-Slow: ');
  expect(await untilClosed(slowHeaders)).toMatch(/^HTTP\/1\.1 408 /);
  expect(await ingress.store.count({})).toBe(0);

  const slowBody = await open(ingress.port);
  slowBody.write('POST /webhooks HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nx');
  expect(await untilClosed(slowBody)).toMatch(/^HTTP\/1\.1 408 /);
  await vi.waitFor(async () => expect(await ingress.store.count({})).toBe(1));
  expect(await ingress.newest()).toMatchObject({
    outcome: 'failed',
    requestBody: { bytes: 1, complete: false },
  });
});

test('what is no HTTP is answered 400 and closed; headers beyond the limit 431', async () => {
  const ingress = await startIngress({ limits: { headerBytes: 4096 } });
  expect(await raw(ingress.port, 'this is not http\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw(ingress.port, Uint8Array.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]))).toMatch(
    /^HTTP\/1\.1 400 /,
  );
  expect(await raw(ingress.port, `GET / HTTP/1.1\r\nX: ${'x'.repeat(8000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  expect(await raw(ingress.port, 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /);
  expect(await raw(ingress.port, post('/webhooks', Buffer.from('{}')))).toMatch(/^HTTP\/1\.1 200 /);
});

test('broken chunks end the request, and what had arrived is kept', async () => {
  const ingress = await startIngress();
  const answer = await raw(
    ingress.port,
    'POST /webhooks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  await vi.waitFor(async () => expect(await ingress.store.count({})).toBe(1));
  expect(await ingress.newest()).toMatchObject({
    outcome: 'failed',
    requestBody: { bytes: 5, complete: false },
  });
});

test('too many bodies at one time are answered 503, not kept in memory', async () => {
  const ingress = await startIngress({ limits: { bodyBytesInFlight: 5000, drainMs: 50 } });
  const waiting = await open(ingress.port);
  waiting.write(`POST /webhooks HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\n${'x'.repeat(4000)}`);
  await vi.waitFor(async () => {
    expect(await raw(ingress.port, post('/webhooks', Buffer.alloc(4000, 'y')))).toMatch(/^HTTP\/1\.1 503 /);
  });
  expect(await ingress.newest()).toMatchObject({
    status: 503,
    outcome: 'failed',
    requestBody: { complete: false },
  });
});

test('what cannot be stored is never answered 200, and is again when it can', async () => {
  const ingress = await startIngress();
  const bodies = join(ingress.store.dataDir, 'bodies');
  await rm(bodies, { recursive: true });
  await writeFile(bodies, 'in the way');
  const large = Buffer.alloc(300_000, 'x');
  const refused = await fetch(`${ingress.url}/webhooks`, { method: 'POST', body: large });
  expect([refused.status, await refused.text()]).toEqual([503, '{"error":"not stored"}']);
  await fetch(`${ingress.url}/webhooks`, { method: 'POST', body: large });
  const { error } = ingress.ingress.status();
  expect(error).toMatch(/^Requests are refused with 503, since they cannot be stored: /);
  expect(ingress.logged.filter(([level, message]) => level === 'error' && message === error)).toHaveLength(1);
  await rm(bodies);
  makeDataFolder(ingress.store.dataDir);
  expect((await fetch(`${ingress.url}/webhooks`, { method: 'POST', body: large })).status).toBe(200);
  expect(ingress.ingress.status().error).toBeNull();
  expect(ingress.logged).toContainEqual(['info', 'Requests are stored again']);
});

test('listens on both loopback addresses, on one port', async () => {
  const ingress = await startIngress();
  expect(ingress.ingress.status()).toEqual({
    listening: true,
    port: ingress.port,
    url: `http://127.0.0.1:${ingress.port}`,
    error: null,
  });
  expect((await fetch(`http://[::1]:${ingress.port}/webhooks`, { method: 'POST' })).status).toBe(200);
  expect(await ingress.newest()).toMatchObject({ remoteAddress: '::1' });
});

test.for(['127.0.0.1', '::1'])(
  'a port that is busy on %s is refused by its number, and the old one stays',
  async (host) => {
    const ingress = await startIngress();
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, host, resolve);
    });
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    await expect(ingress.ingress.listen(port)).rejects.toMatchObject({
      code: 'port_busy',
      message: `Port ${port} is in use by another program.`,
    });
    expect(ingress.ingress.status()).toMatchObject({ listening: true, port: ingress.port });
    expect((await fetch(`${ingress.url}/webhooks`, { method: 'POST' })).status).toBe(200);
  },
);

test('moves to another port, and tells', async () => {
  const ingress = await startIngress();
  const seen: (number | null)[] = [];
  ingress.ingress.onStatus(({ port }) => seen.push(port));
  const next = await ingress.ingress.listen(0);
  expect(next.port).not.toBe(ingress.port);
  expect((await fetch(`${next.url}/webhooks`, { method: 'POST' })).status).toBe(200);
  await expect(open(ingress.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(seen).toEqual([next.port]);
});

test('dispose lets a request that has begun finish, and stores one that does not', async () => {
  const ingress = await startIngress({ limits: { closeMs: 300 } });
  const finishing = await open(ingress.port);
  const stuck = await open(ingress.port);
  const answer = untilClosed(finishing);
  finishing.write('POST /webhooks HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{');
  stuck.write('POST /webhooks HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n[');
  // Both have arrived once a later request on another connection has been answered.
  await raw(ingress.port, post('/webhooks', Buffer.from('{}')));
  const disposed = ingress.ingress.dispose();
  finishing.write('}');
  expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
  await disposed;
  expect(ingress.ingress.status()).toMatchObject({ listening: false, port: null });
  const { items } = await ingress.store.page({});
  expect(items.map(({ outcome }) => outcome).sort()).toEqual(['answered', 'answered', 'failed']);
});
