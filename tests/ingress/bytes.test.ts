import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { post, raw, startIngress } from './support.ts';

const kinds: readonly (readonly [string, Uint8Array, readonly string[]])[] = [
  ['an array', Buffer.from('[{"type":"SaasPlanCreate"},{"a":1}]'), ['Content-Type: application/json']],
  ['a form', Buffer.from('a=1&b=%20&a=2&c'), ['Content-Type: application/x-www-form-urlencoded']],
  ['text', Buffer.from('grüße\r\n\r\nzweite Zeile\n'), ['Content-Type: text/plain; charset=utf-8']],
  [
    'binary',
    Uint8Array.from({ length: 1024 }, (_, index) => index % 256),
    ['Content-Type: application/octet-stream'],
  ],
  ['vendor JSON', Buffer.from('{ "a" : 1 }'), ['Content-Type: application/vnd.acme.v2+json']],
  ['5 MB', randomBytes(5_000_000), ['Content-Type: application/octet-stream']],
  ['nothing', new Uint8Array(0), []],
  [
    'gzip',
    gzipSync('{"type":"ContactCreate"}'),
    ['Content-Type: application/json', 'Content-Encoding: gzip'],
  ],
  [
    'big integers',
    Buffer.from('{"id":12345678901234567890123,"f":1.10}'),
    ['Content-Type: application/json'],
  ],
  [
    'invalid UTF-8',
    Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    ['Content-Type: application/json'],
  ],
];

test.for(kinds)('a body that is %s is stored byte for byte', async ([, body, headers]) => {
  const ingress = await startIngress();
  expect(await raw(ingress.port, post('/webhooks', body, headers))).toMatch(/^HTTP\/1\.1 200 /);
  const exchange = await ingress.newest();
  expect(exchange).toMatchObject({
    purpose: 'webhook',
    status: 200,
    outcome: 'answered',
    requestBytes: body.length,
  });
  expect(exchange.requestBody.complete).toBe(true);
  expect((await ingress.requestBody(exchange)).equals(body)).toBe(true);
});

test('headers keep their order, their spelling and their duplicates', async () => {
  const ingress = await startIngress();
  const headers = [
    'x-zULU: 1',
    'X-Twice: one',
    'Accept: */*',
    'x-twice: two',
    'Set-Cookie: a',
    'X-Empty:',
    'X-Latin: gr\xfc\xdf',
  ];
  await raw(
    ingress.port,
    Buffer.from(
      `GET /webhooks?b=2&a=1 HTTP/1.1\r\nhOsT: h\r\nconnection: close\r\n${headers.join('\r\n')}\r\n\r\n`,
      'latin1',
    ),
  );
  const exchange = await ingress.newest();
  expect(exchange.requestHeaders).toEqual([
    ['hOsT', 'h'],
    ['connection', 'close'],
    ['x-zULU', '1'],
    ['X-Twice', 'one'],
    ['Accept', '*/*'],
    ['x-twice', 'two'],
    ['Set-Cookie', '********'],
    ['X-Empty', ''],
    ['X-Latin', 'gr\xfc\xdf'],
  ]);
  expect(exchange).toMatchObject({
    method: 'GET',
    url: '/webhooks?b=2&a=1',
    httpVersion: '1.1',
    remoteAddress: '127.0.0.1',
  });
});

test('a thousand headers are all there', async () => {
  const ingress = await startIngress();
  const many = Array.from({ length: 2500 }, (_, index) => `x-${index}: ${index}`);
  await raw(ingress.port, post('/webhooks', Buffer.from('{}'), many));
  expect((await ingress.newest()).requestHeaders).toHaveLength(2503);
});

test('a chunked body is stored as what it says, with the header that says how it came', async () => {
  const ingress = await startIngress();
  await raw(
    ingress.port,
    'POST /webhooks HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n',
    '5\r\nhello\r\n',
    '7;ext=1\r\n, world\r\n0\r\nX-Trailer: t\r\n\r\n',
  );
  const exchange = await ingress.newest();
  expect((await ingress.requestBody(exchange)).toString()).toBe('hello, world');
  expect(exchange.requestHeaders).toContainEqual(['Transfer-Encoding', 'chunked']);
});

test('HTTP/1.0, no Host, an absolute target and odd methods are captured like anything else', async () => {
  const ingress = await startIngress();
  expect(await raw(ingress.port, 'POST /webhooks HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}')).toContain(
    '200 OK',
  );
  expect(await ingress.newest()).toMatchObject({ purpose: 'webhook', httpVersion: '1.0' });
  expect(await raw(ingress.port, 'GET /x HTTP/1.1\r\nConnection: close\r\n\r\n')).toContain('404 Not Found');
  expect(
    await raw(
      ingress.port,
      'PUT http://public.example/webhooks?q=1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
    ),
  ).toContain('200 OK');
  expect(await ingress.newest()).toMatchObject({
    purpose: 'webhook',
    method: 'PUT',
    url: 'http://public.example/webhooks?q=1',
  });
  expect(
    await raw(ingress.port, 'PROPFIND /webhooks HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n'),
  ).toContain('200 OK');
});
