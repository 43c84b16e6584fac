import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatFault, parseFault } from '../../src/simulator/create-simulator.ts';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, installed, toAnswer } from './world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.dispose());

describe('the control API', () => {
  it('tells a companion everything it needs', async () => {
    const { body } = await world.control('GET', 'info');
    expect(body).toEqual(world.simulator.info());
    expect(body['clientId']).toMatch(/^[0-9a-f]{24}-[0-9a-z]{8}$/);
  });

  it('gives an install link that opens the consent page, while there is a redirect URL', async () => {
    const { installUrl, redirectUrls, scopes } = world.simulator.info();
    const link = new URL(installUrl ?? '');
    expect(link.origin + link.pathname).toBe(`${world.simulator.url}/v2/oauth/chooselocation`);
    expect(link.searchParams.get('redirect_uri')).toBe(redirectUrls[0]);
    expect(link.searchParams.get('scope')).toBe(scopes.join(' '));
    expect(await (await fetch(link)).text()).toContain('Allow &amp; Install');
    const { body } = await world.control('PUT', 'app', { redirectUrls: [] });
    expect(body['installUrl']).toBeNull();
  });

  it("changes the app's URLs and scopes, and refuses what is not a URL", async () => {
    const redirectUrls = ['https://dev.example/oauth/callback'];
    const changed = await world.control('PUT', 'app', {
      redirectUrls,
      webhookUrl: null,
      scopes: ['contacts.readonly'],
    });
    expect(changed.body).toMatchObject({ redirectUrls, webhookUrl: null, scopes: ['contacts.readonly'] });
    expect((await world.control('PUT', 'app', { webhookUrl: 'ftp://x' })).status).toBe(422);
    expect((await world.control('PUT', 'app', { nonsense: 1 })).body['message']).toEqual([
      'property nonsense should not exist',
    ]);
  });

  it('does not know names that are no text', async () => {
    expect((await world.control('POST', 'snapshots/%E0%A4%A/restore')).status).toBe(404);
  });

  it('starts over', async () => {
    const token = await installed(world);
    expect((await world.control('GET', 'state')).body).toMatchObject({ installations: 1, accessTokens: 1 });
    expect((await world.control('POST', 'reset')).status).toBe(204);
    expect((await world.control('GET', 'state')).body).toMatchObject({
      installations: 0,
      accessTokens: 0,
      deliveries: 0,
      contacts: 120,
    });
    expect((await world.call(token, 'GET', `/contacts/?locationId=${firstLocation(world)}`)).status).toBe(
      401,
    );
  });

  it('refuses foreign hosts, foreign origins and cross-site requests, the page included', async () => {
    const { port } = new URL(world.simulator.url);
    const statusFor = (headers: Record<string, string>, path: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const req = request({ host: '127.0.0.1', port, path, headers }, (res) => {
          res.resume();
          resolve(res.statusCode ?? 0);
        });
        req.once('error', reject);
        req.end();
      });
    for (const path of ['/', '/_simulator/info']) {
      expect(await statusFor({ host: `127.0.0.1:${port}` }, path)).toBe(200);
      expect(await statusFor({ host: `localhost:${port}`, origin: `http://localhost:${port}` }, path)).toBe(
        200,
      );
      expect(await statusFor({ host: `attacker.example:${port}` }, path)).toBe(403);
      expect(await statusFor({ host: `127.0.0.1:${port}`, origin: 'https://attacker.example' }, path)).toBe(
        403,
      );
      expect(await statusFor({ host: `127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site' }, path)).toBe(403);
    }
  });

  it('shows a page with the app and its deliveries, and keeps the secret out of the URL', async () => {
    await installed(world);
    await world.simulator.idle();
    const page = await (await fetch(world.simulator.url)).text();
    expect(page).toContain(world.simulator.clientId);
    expect(page).toContain('INSTALL');
    expect(page).toContain('Resend');
    expect(page).not.toMatch(new RegExp(`href="[^"]*${world.simulator.clientSecret}`));
  });
});

describe('the forms of the page', () => {
  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${world.simulator.url}/_simulator/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });

  it('move time, set faults and switches, keep and restore, and come back to the page', async () => {
    const before = Date.now();
    const moved = await post('clock', { advanceMs: '86400000' });
    expect(moved.status).toBe(303);
    expect(moved.headers.get('location')).toBe('/#clock');
    const { now } = (await world.control('GET', 'state')).body;
    expect(Date.parse(String(now))).toBeGreaterThanOrEqual(before + 86_400_000);
    await post('faults', { faults: '/users:500\r\n/contacts:429x2\r\n' });
    expect((await world.control('GET', 'faults')).body).toEqual({
      faults: ['/users:500', '/contacts:429x2'],
    });
    await post('snapshots', { name: 'a base' });
    await post('switches', { echoState: 'false', grantRefusals: 'plain' });
    expect((await world.control('GET', 'switches')).body).toMatchObject({
      echoState: false,
      grantRefusals: 'plain',
    });
    const page = await (await fetch(world.simulator.url)).text();
    expect(page).toContain('Move 1 day ahead');
    expect(page).toContain('Restore a base');
    await post('snapshots/a%20base/restore', {});
    expect((await world.control('GET', 'switches')).body).toMatchObject({ echoState: true });
    await post('seed', { seed: '5', size: 'small' });
    expect((await world.control('GET', 'state')).body).toMatchObject({ contacts: 120 });
  });
});

describe('faults', () => {
  it.each([
    '/oauth/token:500',
    '/oauth/token:reset',
    '/oauth/token:lostx1',
    'POST /contacts:429:0.5',
    '/contacts:delay=500x2',
    '/:hang:0.25x3',
  ])('reads and writes %s', (spec) => {
    expect(formatFault(parseFault(spec))).toBe(spec);
  });

  it.each(['', 'oauth:500', '/x:200', '/x:explode', '/x:500:2', '/x:500x0', '/x'])('refuses "%s"', (spec) => {
    expect(() => parseFault(spec)).toThrow(`The fault "${spec}" cannot be used`);
  });

  const refresh = async (refreshToken: unknown) =>
    world.token({ grant_type: 'refresh_token', refresh_token: String(refreshToken) });

  it('fails with a status without doing the work, as often as told', async () => {
    const { body } = await world.exchange(await world.codeFor(firstLocation(world)));
    await world.control('PUT', 'faults', { faults: ['/oauth/token:503x2'] });
    expect((await refresh(body['refresh_token'])).status).toBe(503);
    expect((await world.control('GET', 'faults')).body).toEqual({ faults: ['/oauth/token:503x1'] });
    expect((await refresh(body['refresh_token'])).status).toBe(503);
    expect((await refresh(body['refresh_token'])).status).toBe(200);
  });

  it.each(['lost', 'cut', 'garbage'])('does the work under %s, but its answer is of no use', async (kind) => {
    const { body } = await world.exchange(await world.codeFor(firstLocation(world)));
    world.simulator.setFaults([parseFault(`/oauth/token:${kind}x1`)]);
    await expect(refresh(body['refresh_token'])).rejects.toThrow(/fetch failed|terminated|JSON/);
    expect((await refresh(body['refresh_token'])).body['message']).toBe(
      'Invalid grant: refresh token is invalid',
    );
  });

  it('drops the connection under reset, before the work', async () => {
    const { body } = await world.exchange(await world.codeFor(firstLocation(world)));
    world.simulator.setFaults([parseFault('/oauth/token:resetx1')]);
    await expect(refresh(body['refresh_token'])).rejects.toThrow('fetch failed');
    expect((await refresh(body['refresh_token'])).status).toBe(200);
  });

  it('never answers under hang, and still shuts down', async () => {
    world.simulator.setFaults([parseFault('/contacts:hang')]);
    const hanging = fetch(`${world.simulator.url}/contacts/`).then(
      () => 'answered',
      () => 'dropped',
    );
    expect((await toAnswer(await fetch(`${world.simulator.url}/_simulator/state`))).status).toBe(200);
    await world.simulator.dispose();
    expect(await hanging).toBe('dropped');
    world = await createTestWorld();
  });

  it('waits under delay, then does the work', async () => {
    world.simulator.setFaults([parseFault('/contacts:delay=5')]);
    const token = await installed(world);
    const answer = await world.call(token, 'GET', `/contacts/?locationId=${firstLocation(world)}`);
    expect(answer.status).toBe(200);
  });

  it('names a fault it cannot use', async () => {
    const answer = await world.control('PUT', 'faults', { faults: ['/x:explode'] });
    expect(answer.status).toBe(422);
    expect(answer.body['message']).toContain('"/x:explode"');
  });
});
