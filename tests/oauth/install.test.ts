import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBench, simulated, type Bench } from './bench.ts';

let bench: Bench;
let locations: readonly { readonly id: string; readonly name: string }[];
let locationId: string;

beforeEach(async () => {
  bench = await createBench();
  ({ locations } = await simulated(bench.simulator));
  locationId = locations[0]?.id ?? '';
});
afterEach(() => bench.dispose());

describe('an install', () => {
  test('of a sub-account ends with its token stored and a 200 from the API', async () => {
    const phases: string[] = [];
    bench.install.onProgress((progress) => phases.push(progress.phase));
    const page = await bench.allow({ location: locationId });

    expect(page).toMatchObject({ ok: true, status: 200, title: 'The app is installed' });
    const progress = bench.install.progress();
    expect(progress).toMatchObject({ phase: 'done', error: null, warnings: [] });
    expect([...new Set(phases)]).toEqual(['waiting', 'exchanging', 'done']);
    const [token] = bench.tokens.list();
    expect(token).toMatchObject({
      id: `location:${bench.profile.id}:${locationId}`,
      userType: 'Location',
      status: 'active',
      source: 'code',
      hasRefreshToken: true,
      exchangeId: progress.tokenExchangeId,
    });
    expect(token?.scopes).toContain('contacts.write');
    expect(token?.claims).toMatchObject({ authClass: 'Location', authClassId: locationId });

    const result = await bench.requests.send({
      profileId: bench.profile.id,
      method: 'GET',
      path: '/contacts/',
      query: [{ name: 'locationId', value: '{{locationId}}' }],
    });
    expect(result.status).toBe(200);
  });

  test('of an agency gives a company token, from which a location token is minted', async () => {
    const page = await bench.allow({ agency: [locationId] });
    expect(page.ok).toBe(true);
    const [company] = bench.tokens.list();
    if (company === undefined) throw new Error('no token');
    expect(company).toMatchObject({ userType: 'Company', locationId: null, isBulkInstallation: true });
    expect(company.approvedLocations).toEqual([locationId]);

    const { items, count } = await bench.tokens.installedLocations(company.id, { skip: 0, limit: 2 });
    expect(count).toBe(locations.length);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ id: locationId, isInstalled: true, hasToken: false });

    const minted = await bench.tokens.mintLocation(company.id, locationId);
    expect(minted).toMatchObject({
      userType: 'Location',
      source: 'location-token',
      mintedFrom: company.id,
      label: locations[0]?.name,
    });
    const query = items[0]?.name ?? '';
    const again = await bench.tokens.installedLocations(company.id, { skip: 0, limit: 1, query });
    expect(again.items[0]?.hasToken).toBe(true);
    await expect(bench.tokens.mintLocation(company.id, locations[1]?.id ?? '')).rejects.toMatchObject({
      code: 'token_endpoint_refused',
    });
    await expect(bench.tokens.mintLocation(minted.id, locationId)).rejects.toMatchObject({
      code: 'bad_input',
    });
  });

  test('sends the code form-encoded, with the redirect URL of the link, and records it without its secrets', async () => {
    await bench.allow({ location: locationId });
    const [exchange, ...more] = await bench.exchanges('token');
    if (exchange === undefined) throw new Error('nothing recorded');
    expect(more).toEqual([]);
    expect(exchange).toMatchObject({
      method: 'POST',
      status: 200,
      outcome: 'answered',
      direction: 'outbound',
    });
    const detail = await bench.store.get(exchange.id);
    const contentType = detail.requestHeaders.find(([name]) => name.toLowerCase() === 'content-type');
    expect(contentType?.[1]).toBe('application/x-www-form-urlencoded');
    const sent = new URLSearchParams(await bench.text(exchange.id, 'request'));
    expect(Object.fromEntries(sent)).toEqual({
      client_id: bench.simulator.clientId,
      client_secret: '********',
      grant_type: 'authorization_code',
      code: '********',
      redirect_uri: bench.profiles.addresses(bench.profile.id).redirectUrl,
    });
    expect(JSON.parse(await bench.text(exchange.id, 'response'))).toMatchObject({
      access_token: '********',
      refresh_token: '********',
      userType: 'Location',
    });
    const kinds = detail.responseBody?.marks.map((mark) => mark.kind);
    expect(kinds).toEqual(['access_token', 'refresh_token']);
  });

  test('opens the browser when asked to, with a fresh state each time', async () => {
    const first = await bench.install.begin(bench.profile.id, { openBrowser: true });
    const second = await bench.install.begin(bench.profile.id, { openBrowser: true });
    expect(bench.opened).toEqual([first.installUrl, second.installUrl]);
    const states = bench.opened.map((url) => new URL(url).searchParams.get('state') ?? '');
    expect(new Set(states).size).toBe(2);
    expect(states[0]).toMatch(/^[\w-]{43}$/);
  });

  test('keeps the portal’s own link as it was pasted and puts the state into it', async () => {
    const clientId = '0123456789abcdef01234567-pasted1';
    const installLink =
      'https://marketplace.leadconnectorhq.com/oauth/chooselocation?response_type=code' +
      `&redirect_uri=https%3A%2F%2Fexample.com%2Fcb&client_id=${clientId}` +
      '&scope=contacts.readonly+contacts.write&version_id=v1';
    const clientSecret = 'a-secret-of-the-pasted-app-1';
    const profile = await bench.profiles.add({ name: 'Mine', clientId, clientSecret, installLink });
    const { installUrl } = await bench.install.begin(profile.id, { openBrowser: false });
    const url = new URL(installUrl);
    expect(url.origin + url.pathname).toBe('https://marketplace.leadconnectorhq.com/oauth/chooselocation');
    expect(url.searchParams.get('version_id')).toBe('v1');
    expect(url.searchParams.get('scope')).toBe('contacts.readonly contacts.write');
    expect(url.searchParams.get('redirect_uri')).toBe('https://example.com/cb');
    expect(url.searchParams.get('state')).toMatch(/^[\w-]{43}$/);
  });

  test('that is cancelled refuses the callback that still comes', async () => {
    const { installUrl } = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const query = await bench.consent(installUrl, { location: locationId });
    bench.install.cancel();
    expect(bench.install.progress().phase).toBe('cancelled');
    const page = await bench.callback(query);
    expect(page).toMatchObject({ ok: false, status: 400 });
    expect(page.sentences[0]).toContain('cancelled');
    expect(bench.tokens.list()).toEqual([]);
  });
});

describe('a callback', () => {
  test('with a wrong state is refused and leaves the install waiting for its own', async () => {
    const { installUrl } = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const query = await bench.consent(installUrl, { location: locationId });
    const page = await bench.callback(new URLSearchParams({ code: 'f'.repeat(40), state: 'forged' }));
    expect(page).toMatchObject({ ok: false, status: 400, title: 'The callback was refused' });
    expect(page.sentences.join(' ')).toContain('state');
    expect(page.sentences.join(' ')).not.toContain('forged');
    expect(bench.install.progress()).toMatchObject({ phase: 'waiting', error: { code: 'state_mismatch' } });
    expect(await bench.exchanges('token')).toEqual([]);

    expect((await bench.callback(query)).ok).toBe(true);
    expect(bench.install.progress()).toMatchObject({ phase: 'done', error: null });
  });

  test('with a reused state is refused, and the install it completed stays done', async () => {
    const { installUrl } = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const query = await bench.consent(installUrl, { location: locationId });
    await bench.callback(query);
    const page = await bench.callback(query);
    expect(page).toMatchObject({ ok: false, status: 400 });
    expect(page.sentences[0]).toContain('used before');
    expect(bench.install.progress().phase).toBe('done');
    expect(bench.install.progress().warnings).toHaveLength(1);
    expect(await bench.exchanges('token')).toHaveLength(1);
  });

  test('with a reused code is refused under a fresh state as well', async () => {
    const first = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const query = await bench.consent(first.installUrl, { location: locationId });
    await bench.callback(query);
    const second = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const state = new URL(second.installUrl).searchParams.get('state') ?? '';
    const page = await bench.callback(new URLSearchParams({ code: query.get('code') ?? '', state }));
    expect(page).toMatchObject({ ok: false, status: 400 });
    expect(bench.install.progress().error?.code).toBe('state_reused');
    expect(await bench.exchanges('token')).toHaveLength(1);
  });

  test('without a state, as installs from the Marketplace send it, is accepted with a warning', async () => {
    const { installUrl } = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const query = await bench.consent(installUrl, { location: locationId });
    query.delete('state');
    const page = await bench.callback(query, bench.profile.id);
    expect(page.ok).toBe(true);
    expect(page.sentences.join(' ')).toContain('without a state');
    expect(bench.install.progress()).toMatchObject({ phase: 'done' });
    expect(bench.install.progress().warnings).toHaveLength(1);
  });

  test('without a state is refused when several apps could be meant', async () => {
    const clientId = '0123456789abcdef01234567-other1';
    await bench.profiles.add({ clientId, clientSecret: 'a-secret-of-another-app-1' });
    const page = await bench.callback(new URLSearchParams({ code: 'a'.repeat(40) }));
    expect(page).toMatchObject({ ok: false, status: 400 });
    expect(bench.install.progress().error?.code).toBe('bad_input');
  });

  test('of a link made elsewhere is exchanged under the address it came to', async () => {
    const address = bench.profiles.addresses(bench.profile.id).redirectUrl.replace('127.0.0.1', 'localhost');
    bench.simulator.setRedirectUrls([address]);
    const link = new URL('/v2/oauth/chooselocation', bench.simulator.url);
    link.search = new URLSearchParams({
      response_type: 'code',
      client_id: bench.profile.clientId,
      redirect_uri: address,
      scope: 'contacts.readonly',
    }).toString();
    const { status, text } = await bench.browse(link.href, { location: locationId });
    expect(text).toContain('The app is installed');
    expect(status).toBe(200);
    expect(bench.tokens.list()).toHaveLength(1);
  });

  test('with an error or without a code says so', async () => {
    const { installUrl } = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const state = new URL(installUrl).searchParams.get('state') ?? '';
    const denied = await bench.callback(new URLSearchParams({ error: 'access_denied', state }));
    expect(denied.sentences[0]).toContain('not allowed on the consent page');
    expect(bench.install.progress()).toMatchObject({ phase: 'failed', error: { code: 'cancelled' } });
    const empty = await bench.callback(new URLSearchParams());
    expect(empty).toMatchObject({ ok: false, status: 400 });
    expect(empty.sentences[0]).toContain('no code');
  });

  test('of either of two apps waiting at once completes its own', async () => {
    const clientId = '0123456789abcdef01234567-other2';
    const clientSecret = 'a-secret-of-another-app-2';
    const other = await bench.profiles.add({ clientId, clientSecret, scopes: ['contacts.readonly'] });
    const first = await bench.install.begin(bench.profile.id, { openBrowser: false });
    await bench.install.begin(other.id, { openBrowser: false });
    const query = await bench.consent(first.installUrl, { location: locationId });
    expect((await bench.callback(query)).ok).toBe(true);
    expect(bench.tokens.list().map((token) => token.profileId)).toEqual([bench.profile.id]);
  });
});
