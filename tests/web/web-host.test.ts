import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, codeOf, openHost, outside, swap, upgrade, type TestHost } from './support.ts';

let test: TestHost;
let port: number;

beforeAll(async () => {
  test = await openHost();
  port = test.port;
});
afterAll(() => test.dispose());

async function newToken(): Promise<string> {
  const { body } = await swap(port, codeOf(test.link()));
  return (JSON.parse(body) as { token: string }).token;
}

const protocols = (token: string): string[] => ['companion.v1', `token.${token}`];

describe('the page', () => {
  it('comes with a nonce of its own each time, the same one in policy and page', async () => {
    const first = await ask(port);
    const second = await ask(port);
    const nonceOf = (body: string): string => /content="([^"]+)"/.exec(body)?.[1] ?? '';
    expect(first.status).toBe(200);
    expect(nonceOf(first.body)).not.toBe(nonceOf(second.body));
    for (const { body, headers } of [first, second]) {
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonceOf(body)}'; img-src 'self' data: blob:; ` +
          `font-src 'self'; connect-src 'self' ws://127.0.0.1:${port}; worker-src 'self' blob:; base-uri 'none'; ` +
          "form-action 'none'; frame-ancestors 'none'",
      );
    }
  });

  it.each([
    ['/', 200],
    ['/assets/app.js', 200],
    ['/nowhere', 404],
  ])('and every other answer has the security headers and no CORS header (%s)', async (path, status) => {
    const { headers, ...answer } = await ask(port, { path, headers: { origin: `http://127.0.0.1:${port}` } });
    expect(answer.status).toBe(status);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('and its files are served with their types, on both loopback addresses and under both names', async () => {
    const file = await ask(port, { path: '/assets/app.js' });
    expect(file.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(file.headers['cache-control']).toContain('immutable');
    expect((await ask(port, { headers: { host: `localhost:${port}` } })).status).toBe(200);
    expect((await ask(port, { address: '::1', headers: { host: `localhost:${port}` } })).status).toBe(200);
    expect((await ask(port, { method: 'HEAD' })).body).toBe('');
  });

  it.each([
    '/../outside.json',
    '/assets/../../outside.json',
    '/..%2foutside.json',
    '/%2e%2e/outside.json',
    '/assets/..%5c..%5coutside.json',
    '//outside.json',
    '/assets/app.js/../../../outside.json',
    '/assets/app.js%00',
    '/assets/app.js.map',
    '/assets/',
  ])('does not lead out of its folder by %s', async (path) => {
    const { status, body } = await ask(port, { path });
    expect(status).toBe(404);
    expect(body).not.toContain(outside);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('is not there for %s', async (method) => {
    expect((await ask(port, { method })).status).toBe(405);
  });

  it('says that it has not been built, where it has not', async () => {
    const bare = await openHost({ built: false });
    const { status, body } = await ask(bare.port);
    expect(status).toBe(503);
    expect(body).toContain('npm run build');
    await bare.dispose();
  });
});

describe('a request under another name', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost',
    '127.0.0.1.evil.example:PORT',
    '[::1]:PORT',
  ])('is refused: Host %j', async (name) => {
    const host = name.replace('PORT', String(port));
    expect((await ask(port, { headers: { host } })).status).toBe(403);
    expect((await swap(port, codeOf(test.link()), { host })).status).toBe(403);
  });

  it('is refused for an upgrade too', async () => {
    const token = await newToken();
    const answer = await upgrade(port, {
      protocols: protocols(token),
      headers: { host: 'evil.example' },
      origin: 'http://evil.example',
    });
    expect(answer).toBe(403);
  });
});

describe('a request of another page', () => {
  const origins = [
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://127.0.0.1:PORT.evil.example',
  ];

  it.each(origins)('is refused: Origin %s', async (name) => {
    const origin = name.replace('PORT', String(port));
    expect((await ask(port, { headers: { origin } })).status).toBe(403);
    const code = codeOf(test.link());
    expect((await swap(port, code, { origin })).status).toBe(403);
    expect(await upgrade(port, { protocols: protocols(await newToken()), origin })).toBe(403);
    // The refusal has not used the code up.
    expect((await swap(port, code)).status).toBe(200);
  });

  it('is refused for a swap when it says that it is cross-site, whatever its Origin', async () => {
    expect((await swap(port, codeOf(test.link()), { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('cannot swap a code with the types a form can send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect((await swap(port, codeOf(test.link()), { 'content-type': type })).status).toBe(415);
    }
  });

  it('is not answered when it asks for permission first', async () => {
    const { status, headers } = await ask(port, {
      path: '/session',
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(status).toBe(403);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a one-time code', () => {
  it('stands in the fragment, which no server sees, and gives the token once', async () => {
    const link = test.link();
    expect(link.origin).toBe(`http://127.0.0.1:${port}`);
    expect(link.search).toBe('');
    const first = await swap(port, codeOf(link));
    expect(first.status).toBe(200);
    expect(first.headers['cache-control']).toBe('no-store');
    expect(JSON.parse(first.body)).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) });
    const second = await swap(port, codeOf(link));
    expect(second.status).toBe(401);
    expect(second.body).toContain('hlc status');
  });

  it('can be had again, for a second window', async () => {
    expect(await newToken()).toBe(await newToken());
  });

  it('is not asked for without an Origin', async () => {
    const answer = await ask(port, {
      path: '/session',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: codeOf(test.link()) }),
    });
    expect(answer.status).toBe(403);
  });

  it.each([
    ['another code', { code: 'x'.repeat(43) }, 401],
    ['no code', {}, 400],
    ['a number', { code: 7 }, 400],
    ['too much', { code: 'x'.repeat(5000) }, 400],
  ])('is refused when it is %s', async (_what, body, status) => {
    const answer = await ask(port, {
      path: '/session',
      method: 'POST',
      headers: { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(status);
    expect((await ask(port, { path: '/session' })).status).toBe(405);
  });
});

describe('the contract', () => {
  it('opens for the token, under the agreed protocol, and never says the token back', async () => {
    const socket = await upgrade(port, { protocols: protocols(await newToken()) });
    if (!(socket instanceof WebSocket)) throw new Error(`refused with ${socket}`);
    expect(socket.protocol).toBe('companion.v1');
    socket.terminate();
  });

  it('opens again with the same token, as after a reload', async () => {
    const token = await newToken();
    for (const _ of [1, 2]) {
      const socket = await upgrade(port, { protocols: protocols(token) });
      if (!(socket instanceof WebSocket)) throw new Error(`refused with ${socket}`);
      socket.close();
      await once(socket, 'close');
    }
    expect(await upgrade(port, { protocols: ['companion.v1'] })).toBe(401);
  });

  it.each([
    ['no protocol at all', []],
    ['no token', ['companion.v1']],
    ['an empty token', ['companion.v1', 'token.x']],
    ['a wrong token', ['companion.v1', `token.${'A'.repeat(43)}`]],
  ])('stays closed with %s', async (_what, offered) => {
    expect(await upgrade(port, { protocols: offered })).toBe(401);
  });

  it('stays closed with the token alone, without the protocol', async () => {
    expect(await upgrade(port, { protocols: [`token.${await newToken()}`] })).toBe(401);
  });

  it('stays closed without an Origin', async () => {
    expect(await upgrade(port, { protocols: protocols(await newToken()), origin: null })).toBe(403);
  });

  it.each(['/', '/rpc/', '/rpc?token=x', '/session'])('is nowhere but at /rpc (%s)', async (path) => {
    expect(await upgrade(port, { path, protocols: protocols(await newToken()) })).toBe(404);
  });

  it('does not take a code for a token', async () => {
    expect(await upgrade(port, { protocols: protocols(codeOf(test.link())) })).toBe(401);
  });
});

describe('closing the host', () => {
  it('ends open pages, upgraded sockets included, and frees the port', async () => {
    const other = await openHost();
    const { body } = await swap(other.port, codeOf(other.link()));
    const { token } = JSON.parse(body) as { token: string };
    const socket = await upgrade(other.port, { protocols: protocols(token) });
    if (!(socket instanceof WebSocket)) throw new Error(`refused with ${socket}`);
    const closed = once(socket, 'close');
    await other.dispose();
    await closed;
    const attempt = connect({ host: '127.0.0.1', port: other.port });
    const [error] = (await once(attempt, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});

describe('the ingress, which the internet can reach', () => {
  it('serves neither the page nor the contract nor sessions', async () => {
    const { port: ingress } = test.host.core.ingress.status();
    if (ingress === null) throw new Error('the ingress does not listen');
    const code = codeOf(test.link());
    expect((await ask(ingress)).status).toBe(404);
    expect((await swap(ingress, code)).status).toBe(404);
    expect(
      await upgrade(ingress, { protocols: protocols(await newToken()) }).catch(() => 'closed'),
    ).not.toBeInstanceOf(WebSocket);
    expect((await swap(port, code)).status).toBe(200);
  });
});
