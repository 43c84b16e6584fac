import { expect, test } from 'vitest';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import { raw, routes, startIngress } from './support.ts';

test('each route answers by its rule, and the answer is stored as it was sent', async () => {
  const ingress = await startIngress();
  const webhook = await fetch(`${ingress.url}/webhooks`, { method: 'POST', body: '{"type":"INSTALL"}' });
  expect([webhook.status, webhook.headers.get('content-type'), await webhook.text()]).toEqual([
    200,
    'application/json',
    '{"success":true}',
  ]);
  expect(await ingress.newest()).toMatchObject({
    purpose: 'webhook',
    profileId: 'acme',
    event: { type: 'INSTALL' },
  });

  const action = await fetch(`${ingress.url}/actions/score`, { method: 'POST', body: '{}' });
  expect([action.status, await action.text()]).toEqual([201, 'grüß']);
  const stored = await ingress.newest();
  expect(stored).toMatchObject({
    purpose: 'inbound',
    profileId: 'acme',
    status: 201,
    event: { signature: { verdict: 'unsigned' } },
  });
  expect(stored.responseHeaders).toEqual([
    ['Content-Type', 'text/plain'],
    ['Content-Length', '6'],
  ]);
  const answer = await ingress.store.body(stored.id, 'response', 0, 100);
  expect(Buffer.from(answer.bytes).toString()).toBe('grüß');

  expect((await fetch(`${ingress.url}/nothing`)).status).toBe(204);
});

test('what matches no route is captured and answered 404, with nothing of the request in the answer', async () => {
  const ingress = await startIngress();
  const answer = await fetch(`${ingress.url}/<script>?q=reflect-me`, { method: 'POST', body: 'reflect-me' });
  expect([answer.status, await answer.text()]).toEqual([404, '{"error":"not found"}']);
  expect(await ingress.newest()).toMatchObject({ purpose: 'inbound', status: 404, profileId: null });
  expect(await fetch(`${ingress.url}/`).then((home) => home.status)).toBe(404);
});

test('any method and a trailing slash reach a webhook route; another case or prefix does not', async () => {
  const ingress = await startIngress();
  const status = (path: string, method = 'POST') =>
    fetch(`${ingress.url}${path}`, { method }).then((answer) => answer.status);
  expect(await status('/webhooks/')).toBe(200);
  expect(await status('/webhooks?x=1', 'GET')).toBe(200);
  expect(await status('/webhooks', 'DELETE')).toBe(200);
  expect(await status('/webhooks/acme')).toBe(404);
  expect(await status('/Webhooks')).toBe(404);
  expect(await status('/webhooksx')).toBe(404);
});

test('routes can be replaced; a path of several profiles names none, and appId decides', async () => {
  const ingress = await startIngress();
  ingress.store.setDerivationContext({
    profiles: [{ id: 'other' as ProfileId, appId: 'other-app', environment: 'live' }],
    keys: [],
  });
  const shared = routes.filter((route) => route.kind === 'webhook');
  ingress.ingress.setRoutes([
    ...shared,
    ...shared.map((route) => ({ ...route, profileId: 'other' as ProfileId })),
  ]);
  await fetch(`${ingress.url}/webhooks`, { method: 'POST', body: '{"appId":"other-app"}' });
  expect(await ingress.newest()).toMatchObject({ purpose: 'webhook', profileId: 'other' });
  ingress.ingress.setRoutes([]);
  expect((await fetch(`${ingress.url}/webhooks`, { method: 'POST' })).status).toBe(404);
});

test('HEAD gets the head of the answer and no body', async () => {
  const ingress = await startIngress();
  const answer = await raw(ingress.port, 'HEAD /webhooks HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(answer.toLowerCase()).toContain('content-length: 16');
  expect(answer.endsWith('\r\n\r\n')).toBe(true);
  expect(await ingress.newest()).toMatchObject({ method: 'HEAD', responseBytes: 0 });
});

test('an upgrade is captured and refused', async () => {
  const ingress = await startIngress();
  const socket = [
    'GET /socket HTTP/1.1',
    'Host: h',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==',
    '',
    '',
  ];
  const { createConnection } = await import('node:net');
  const client = createConnection({ port: ingress.port, host: '127.0.0.1' });
  const first = await new Promise<string>((resolve) => {
    client.once('data', (chunk) => resolve(chunk.toString()));
    client.write(socket.join('\r\n'));
  });
  client.destroy();
  expect(first).toMatch(/^HTTP\/1\.1 404 /);
  const exchange = await ingress.newest();
  expect(exchange).toMatchObject({ purpose: 'inbound', url: '/socket', status: 404 });
  expect(exchange.requestHeaders).toContainEqual(['Upgrade', 'websocket']);
});

test('a self-test is answered once, for the expected nonce only', async () => {
  const ingress = await startIngress();
  const path = '/_companion/self-test/';
  const arrived = ingress.ingress.expectSelfTest('right', 20_000);
  expect((await fetch(`${ingress.url}${path}wrong`)).status).toBe(404);
  expect((await fetch(`${ingress.url}${path}right`)).status).toBe(204);
  await arrived;
  expect((await fetch(`${ingress.url}${path}right`)).status).toBe(404);
  expect(await ingress.store.count({})).toBe(2);
  await expect(ingress.ingress.expectSelfTest('never', 5)).rejects.toMatchObject({ code: 'timeout' });
  expect((await fetch(`${ingress.url}${path}never`)).status).toBe(404);
});
