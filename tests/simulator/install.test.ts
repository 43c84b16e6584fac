import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, otherLocation, REDIRECT, toList } from './world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.dispose());

describe('the consent page', () => {
  it('lists the sub-accounts, the agency and the requested scopes, under both of its paths', async () => {
    for (const path of ['/v2/oauth/chooselocation', '/oauth/chooselocation']) {
      const link = world.installUrl({ scope: 'contacts.readonly' }).replace('/v2/oauth/chooselocation', path);
      const response = await fetch(link);
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      for (const { name } of world.locations) expect(page).toContain(name);
      expect(page).toContain('Acme Agency');
      expect(page).toContain('Simulator');
      expect(page).toContain('contacts.readonly');
      expect(page).not.toContain('contacts.write');
    }
  });

  it('searches without a script', async () => {
    const page = await (await fetch(world.installUrl({ q: 'lake' }))).text();
    expect(page).toContain('Lakeview Spa');
    expect(page).not.toContain(`location:${firstLocation(world)}`);
  });

  it('shows what is in the link as text, never as markup', async () => {
    const page = await (await fetch(world.installUrl({ state: '"><script>alert(1)</script>' }))).text();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert');
  });

  it('names the app id of an unknown client', async () => {
    const response = await fetch(world.installUrl({ client_id: '0123456789abcdef01234567-zzzz' }));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('No integration found with the ID: 0123456789abcdef01234567');
  });

  it('compares redirect URLs byte for byte', async () => {
    for (const redirect of [`${REDIRECT}/`, REDIRECT.toUpperCase(), 'http://127.0.0.1:4400/oauth/callbacK']) {
      const response = await fetch(world.installUrl({ redirect_uri: redirect }));
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('not registered');
    }
  });

  it('refuses scopes the app does not have after Allow & Install', async () => {
    const link = world.installUrl({ scope: 'contacts.readonly contact.write' });
    expect((await fetch(link)).status).toBe(200);
    const response = await world.allow([['target', `location:${firstLocation(world)}`]], {
      scope: 'contacts.readonly contact.write',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(
      'This integration cannot be added, please contact the developer!',
    );
  });

  it('asks again where nothing was chosen', async () => {
    const response = await world.allow([]);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('Choose a sub-account or the agency first.');
  });

  it('does not take the form from a page of another origin', async () => {
    const response = await fetch(`${world.simulator.url}/v2/oauth/chooselocation`, {
      method: 'POST',
      headers: { origin: 'https://attacker.example' },
      body: new URLSearchParams(),
    });
    expect(response.status).toBe(403);
  });
});

describe('an install on a sub-account', () => {
  it('brings a 40-digit code and the state to the redirect URL', async () => {
    const response = await world.allow([['target', `location:${firstLocation(world)}`]], { state: 'a b&c' });
    const callback = new URL(response.headers.get('location') ?? '');
    expect(response.status).toBe(302);
    expect(`${callback.origin}${callback.pathname}`).toBe(REDIRECT);
    expect(callback.searchParams.get('code')).toMatch(/^[0-9a-f]{40}$/);
    expect(callback.searchParams.get('state')).toBe('a b&c');
  });

  it('leaves the state out where it was told to', async () => {
    const silent = await createTestWorld({ switches: { echoState: false } });
    const response = await silent.allow([['target', `location:${firstLocation(silent)}`]], { state: 'x' });
    expect(new URL(response.headers.get('location') ?? '').searchParams.has('state')).toBe(false);
    await silent.dispose();
  });

  it('gives a Location token signed with RS256, and then one INSTALL', async () => {
    const { status, body } = await world.exchange(await world.codeFor(firstLocation(world)));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 86_399,
      userType: 'Location',
      companyId: world.companyId,
      locationId: firstLocation(world),
      isBulkInstallation: false,
      scope: world.simulator.info().scopes.join(' '),
    });
    expect(body).not.toHaveProperty('approvedLocations');
    expect(body['refreshTokenId']).toMatch(/^[0-9a-f]{24}$/);
    expect(claimsOf(body['access_token'])).toMatchObject({
      authClass: 'Location',
      authClassId: firstLocation(world),
      source: 'INTEGRATION',
    });
    await world.simulator.idle();
    expect(world.receiver.received.map((webhook) => webhook.body)).toMatchObject([
      {
        type: 'INSTALL',
        appId: world.simulator.appId,
        versionId: world.simulator.versionId,
        installType: 'Location',
        locationId: firstLocation(world),
        companyId: world.companyId,
      },
    ]);
  });

  it('sends nothing before the code is exchanged', async () => {
    await world.codeFor(firstLocation(world));
    await world.simulator.idle();
    expect(world.receiver.received).toEqual([]);
  });

  it('signs the raw body with both schemes', async () => {
    await world.exchange(await world.codeFor(firstLocation(world)));
    await world.simulator.idle();
    const [webhook] = world.receiver.received;
    const ghl = Buffer.from(String(webhook?.headers['x-ghl-signature']), 'base64');
    const wh = Buffer.from(String(webhook?.headers['x-wh-signature']), 'base64');
    const raw = webhook?.raw ?? Buffer.alloc(0);
    const { ed25519PublicKey, rsaPublicKey } = world.simulator;
    expect(verify(null, raw, ed25519PublicKey, ghl)).toBe(true);
    expect(verify('RSA-SHA256', raw, rsaPublicKey, wh)).toBe(true);
    const changed = Buffer.from(raw.toString('utf8').replace('INSTALL', 'INSTALl'));
    expect(verify(null, changed, ed25519PublicKey, ghl)).toBe(false);
    expect(verify('RSA-SHA256', changed, rsaPublicKey, wh)).toBe(false);
    expect(createPublicKey(rsaPublicKey).asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(webhook?.headers['content-type']).toBe('application/json');
    expect(webhook?.body['webhookId']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe('an install by the agency', () => {
  it('gives a Company token for the chosen sub-accounts and announces each of them', async () => {
    const chosen = [firstLocation(world), otherLocation(world)];
    const { body } = await world.exchange(await world.agencyCode(chosen));
    expect(body).toMatchObject({
      userType: 'Company',
      isBulkInstallation: true,
      approvedLocations: chosen,
      approveAllLocations: false,
      installToFutureLocations: false,
    });
    expect(body).not.toHaveProperty('locationId');
    expect(claimsOf(body['access_token'])).toMatchObject({
      authClass: 'Company',
      authClassId: world.companyId,
    });
    await world.simulator.idle();
    const installs = world.receiver.received.map((webhook) => webhook.body);
    const sorted = (field: string): string[] => installs.map((install) => String(install[field])).toSorted();
    expect(sorted('installType')).toEqual(['Company', 'Location', 'Location']);
    expect(sorted('locationId')).toEqual([...chosen, 'undefined'].toSorted());
  });

  it('lists the sub-accounts and mints a token for each that has the app', async () => {
    const { body } = await world.exchange(await world.agencyCode([firstLocation(world)]));
    const token = String(body['access_token']);
    const query = `companyId=${world.companyId}&appId=${world.simulator.appId}`;
    const all = await world.call(token, 'GET', `/oauth/installedLocations?${query}`);
    expect(all.body).toMatchObject({ count: 5, installToFutureLocations: false });
    const some = await world.call(token, 'GET', `/oauth/installedLocations?${query}&isInstalled=true`);
    expect(toList(some.body['locations']).map((location) => location['_id'])).toEqual([firstLocation(world)]);

    const ids = { companyId: world.companyId, locationId: firstLocation(world) };
    const minted = await world.call(token, 'POST', '/oauth/locationToken', ids);
    expect(minted.body).toMatchObject({ userType: 'Location', expires_in: 86_400, ...ids });
    const contacts = await world.call(
      String(minted.body['access_token']),
      'GET',
      `/contacts/?locationId=${firstLocation(world)}`,
    );
    expect(contacts.status).toBe(200);

    const elsewhere = { companyId: world.companyId, locationId: otherLocation(world) };
    expect((await world.call(token, 'POST', '/oauth/locationToken', elsewhere)).status).toBe(400);
  });

  it('misses the app id with 422 and speaks v3 under its own paths', async () => {
    const { body } = await world.exchange(await world.agencyCode(world.locations.map(({ id }) => id)));
    const token = String(body['access_token']);
    expect(body).toMatchObject({ approveAllLocations: true });
    const refused = await world.call(token, 'GET', `/oauth/installedLocations?companyId=${world.companyId}`);
    expect(refused.status).toBe(422);
    expect(refused.body['message']).toContain('appId should not be empty');
    const page = await world.call(
      token,
      'GET',
      `/oauth/installed-locations?companyId=${world.companyId}&appId=${world.simulator.appId}&pageSize=2`,
      undefined,
      'v3',
    );
    expect(page.body).toMatchObject({
      pagination: { totalRecords: 5, hasNextPage: true, nextPageToken: '2', currentPageSize: 2 },
    });
  });
});

describe('an uninstall', () => {
  it('ends the tokens of the location and announces it', async () => {
    const { body } = await world.exchange(await world.codeFor(firstLocation(world)));
    const token = String(body['access_token']);
    const path = `/marketplace/app/${world.simulator.appId}/installations`;
    expect((await world.call(token, 'GET', path)).body).toMatchObject({
      installationDetails: { locationId: firstLocation(world), companyName: 'Acme Agency' },
    });
    const gone = await world.call(token, 'DELETE', path, { locationId: firstLocation(world) });
    expect(gone.body).toMatchObject({ success: true });
    await world.simulator.idle();
    expect(world.receiver.types()).toEqual(['INSTALL', 'UNINSTALL']);
    const refused = await world.call(token, 'GET', `/contacts/?locationId=${firstLocation(world)}`);
    expect(refused.body).toMatchObject({
      statusCode: 401,
      message: 'Invalid token: access token is invalid',
    });
    const refresh = await world.token({
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
    });
    expect(refresh.body).toMatchObject({
      statusCode: 400,
      message: 'Invalid grant: refresh token is invalid',
    });
  });
});

/** The claims of a token whose RS256 signature holds. */
function claimsOf(token: unknown): unknown {
  const [header = '', claims = '', signature = ''] = String(token).split('.');
  const signed = Buffer.from(`${header}.${claims}`);
  if (!verify('RSA-SHA256', signed, world.simulator.rsaPublicKey, Buffer.from(signature, 'base64url'))) {
    throw new Error('the signature of the token does not hold');
  }
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
}
