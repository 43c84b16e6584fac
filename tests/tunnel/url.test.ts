import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { closedPort, openTunnel, openWorld, servePublicly, statusesOf, until } from './support.ts';

/** Too long for a label of a name: refused by this machine, before anybody is asked. */
const unresolvable = `${'a'.repeat(64)}.invalid`;

describe('without a public address', () => {
  it('the base is this machine and nothing is claimed', async () => {
    const world = await openWorld();
    const { tunnel, states } = openTunnel(world);
    expect(tunnel.baseUrl()).toEqual({ base: `http://localhost:${world.port}`, public: false });
    expect(await tunnel.start()).toMatchObject({ kind: 'none', status: 'off', publicUrl: null });
    expect(states.map(({ status }) => status)).not.toContain('online');
    expect(await tunnel.selfTest()).toMatchObject({ ok: true });
  });
});

describe('an address the developer already has', () => {
  async function openUrl(timing = {}) {
    const world = await openWorld();
    const front = await servePublicly(world.port);
    const opened = openTunnel(world, {
      timing: { firstRetryMs: 20, longestRetryMs: 100, selfTestMs: 2000, recheckMs: 30, ...timing },
    });
    await opened.tunnel.configure({ kind: 'url', url: `${front.url}/` });
    return { ...world, ...opened, front };
  }

  it('is online once a request through it has arrived', async () => {
    const { tunnel, states, front, settings, store } = await openUrl();
    const state = await tunnel.start();
    expect(state).toMatchObject({ kind: 'url', status: 'online', publicUrl: front.url, error: null });
    expect(state.since).toBeGreaterThan(0);
    expect(state.selfTest).toMatchObject({ ok: true });
    expect(state.selfTest?.sentence).toContain('reached the companion');
    expect(statusesOf(states)).toEqual(['off', 'starting', 'online']);
    expect(front.requests[0]?.headers['ngrok-skip-browser-warning']).toBe('1');
    expect(front.requests[0]?.url).toMatch(/^\/_companion\/self-test\/[\w-]{36}$/);
    expect(settings.get('tunnel')).toEqual({ kind: 'url', url: front.url, domain: null });
    // Leads to this machine only, so it is no public one.
    expect(tunnel.baseUrl()).toEqual({ base: front.url, public: false });
    // Self-tests are no exchanges of the developer's.
    expect(await store.count({})).toBe(0);
  });

  it('is tested again and again, says when it is lost, and comes back', async () => {
    const { tunnel, states, front } = await openUrl();
    await tunnel.start();
    front.behave((_request, response) => response.writeHead(502).end());
    const lost = await until(tunnel, ({ status }) => status === 'reconnecting');
    expect(lost.error).toBe(`${new URL(front.url).host} answered 502: it cannot reach the companion.`);
    expect(lost.nextAttemptAt).toBeGreaterThan(0);
    front.behave(null);
    await until(tunnel, ({ status }) => status === 'online');
    expect(statusesOf(states)).toEqual(['off', 'starting', 'online', 'reconnecting', 'online']);
  });

  it('shows at once what a self-test asked for finds', async () => {
    const { tunnel, front } = await openUrl({
      recheckMs: 60_000,
      firstRetryMs: 60_000,
      longestRetryMs: 60_000,
    });
    await tunnel.start();
    front.behave((_request, response) => response.writeHead(404).end());
    const result = await tunnel.selfTest();
    expect(result.ok).toBe(false);
    expect(tunnel.state()).toMatchObject({
      status: 'reconnecting',
      error: result.sentence,
      selfTest: result,
    });
    front.behave(null);
    expect(await tunnel.selfTest()).toMatchObject({ ok: true });
    expect(tunnel.state().status).toBe('online');
  });

  const answers: [string, RequestListener, RegExp][] = [
    [
      'a web page in between',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
      /answered 200 with a web page of its own/,
    ],
    [
      "ngrok's warning page",
      (_request, response) => response.writeHead(200, { 'ngrok-error-code': 'ERR_NGROK_6024' }).end('<html>'),
      /warning page for browsers.*ERR_NGROK_6024/,
    ],
    [
      'an ngrok address without an agent',
      (_request, response) => response.writeHead(404, { 'ngrok-error-code': 'ERR_NGROK_3200' }).end(),
      /no agent is online.*ERR_NGROK_3200/,
    ],
    [
      'another server',
      (_request, response) => response.writeHead(404).end(),
      /answered 404: another server answers there/,
    ],
    [
      'another server that answers 204 to everything',
      (_request, response) => response.writeHead(204).end(),
      /answered 204 by itself: the request did not reach the companion/,
    ],
    [
      'a redirect',
      (_request, response) =>
        response.writeHead(302, { location: 'https://login.example/?next=secret-state' }).end(),
      /redirects to https:\/\/login\.example instead/,
    ],
    ['a wall', (_request, response) => response.writeHead(401).end(), /answered 401: it lets nobody in/],
    ['silence', () => undefined, /did not answer within 0.15 s/],
    ['a connection cut', (request) => request.socket.destroy(), /closed the connection without answering/],
  ];
  it.each(answers)('says what is wrong: %s', async (_name, listener, sentence) => {
    const { tunnel, states, front } = await openUrl({ selfTestMs: 150 });
    front.behave(listener);
    const state = await tunnel.start();
    expect(state.status).toBe('failed');
    expect(state.error).toMatch(sentence);
    expect(state.error).not.toContain('secret-state');
    expect(state.selfTest).toMatchObject({ ok: false, sentence: state.error });
    expect(states.map(({ status }) => status)).not.toContain('online');
    expect(tunnel.baseUrl().public).toBe(false);
  });

  it('tells an answer that was changed on its way from one that never left', async () => {
    const { tunnel, front, port } = await openUrl();
    front.behave((request, response) => {
      void fetch(`http://127.0.0.1:${port}${request.url}`).then(() => response.writeHead(200).end('OK'));
    });
    expect((await tunnel.start()).error).toMatch(/reached the companion, but its 204 came back as 200/);
  });

  it('says that nobody listens, and that a name cannot be resolved', async () => {
    const { tunnel } = await openUrl();
    await tunnel.configure({ kind: 'url', url: `http://127.0.0.1:${await closedPort()}` });
    expect((await tunnel.start()).error).toMatch(/cannot be reached: nothing is listening there/);
    await tunnel.stop();
    await tunnel.configure({ kind: 'url', url: `https://${unresolvable}` });
    expect((await tunnel.start()).error).toContain(
      `${unresolvable} cannot be reached: its name cannot be resolved`,
    );
  });

  it('is left alone once stopped', async () => {
    const { tunnel, front } = await openUrl();
    await tunnel.start();
    expect(await tunnel.stop()).toMatchObject({
      status: 'off',
      publicUrl: null,
      since: null,
      nextAttemptAt: null,
    });
    const sent = front.requests.length;
    expect(await tunnel.selfTest()).toMatchObject({ ok: true });
    expect(front.requests.length).toBe(sent + 1);
    // Still the address to register in the portal.
    expect(tunnel.baseUrl()).toEqual({ base: front.url, public: false });
  });

  it('a change while it runs takes effect at once', async () => {
    const { tunnel, port } = await openUrl();
    await tunnel.start();
    const second = await servePublicly(port);
    await tunnel.configure({ url: second.url });
    expect(await until(tunnel, ({ status }) => status === 'online')).toMatchObject({ publicUrl: second.url });
    await tunnel.configure({ kind: 'none' });
    expect(tunnel.state()).toMatchObject({ kind: 'none', status: 'off', publicUrl: null });
    expect(tunnel.baseUrl().base).toBe(`http://localhost:${port}`);
  });

  it('is refused with a sentence when it cannot be one, and what was there stays', async () => {
    const { tunnel, settings, front } = await openUrl();
    const bad: [string | null, RegExp][] = [
      ['hooks.example.com', /must be a complete https address/],
      ['ftp://hooks.example.com', /must begin with https:\/\/, not with ftp:\/\//],
      ['http://hooks.example.com', /must begin with https:\/\/, not with http:\/\//],
      ['https://user:pw@hooks.example.com', /must not contain a user name or a password/],
      ['https://hooks.example.com/base', /must not have a path: leave out \/base/],
      ['https://hooks.example.com/?a=1', /leave out the \? or # part/],
      ['', /is missing/],
      [null, /is missing/],
    ];
    for (const [url, sentence] of bad) {
      await expect(tunnel.configure({ kind: 'url', url })).rejects.toMatchObject({
        code: 'bad_input',
        message: expect.stringMatching(sentence),
      });
    }
    expect(settings.get('tunnel').url).toBe(front.url);
  });
});
