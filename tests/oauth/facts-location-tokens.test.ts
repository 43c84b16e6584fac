/** Location tokens and installed locations, fact by fact. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TokenSummary } from '../../src/shared/model/token.ts';
import { createBench, simulated, type Bench } from './bench.ts';
import { createPlatform, type Platform } from './platform.ts';

let bench: Bench;
let platform: Platform;
let locations: readonly { readonly id: string; readonly name: string }[];
let agency: TokenSummary;

beforeEach(async () => {
  bench = await createBench();
  platform = await createPlatform();
  ({ locations } = await simulated(bench.simulator));
  await bench.allow({ agency: locations.slice(0, 2).map(({ id }) => id) });
  const [token] = bench.tokens.list();
  if (token === undefined) throw new Error('no token');
  agency = token;
});
afterEach(async () => {
  platform.close();
  await bench.dispose();
});

/** From here on the app's API host is the platform of this test. */
function moveToPlatform(): void {
  const others = bench.settings.get('profiles').filter(({ id }) => id !== bench.profile.id);
  bench.settings.set('profiles', [...others, platform.at(bench.profile)]);
}

const first = (): string => locations[0]?.id ?? '';

describe('POST /oauth/locationToken', () => {
  test('takes companyId and locationId as a form, the agency token and Version 2021-07-28', async () => {
    moveToPlatform();
    platform.answers(200, {
      access_token: 'an-access-token-of-a-location',
      token_type: 'Bearer',
      expires_in: 86_400,
      scope: 'contacts.readonly',
      userType: 'Location',
      locationId: first(),
      companyId: agency.companyId,
      appId: 'app1',
      versionId: 'app1',
    });
    const minted = await bench.tokens.mintLocation(agency.id, first());
    const [request] = platform.received;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/oauth/locationToken',
      form: { companyId: agency.companyId, locationId: first() },
    });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      version: '2021-07-28',
      authorization: `Bearer ${await bench.tokens.reveal(agency.id)}`,
    });
    // The published schema leaves the refresh token out; then there is none.
    expect(minted).toMatchObject({ userType: 'Location', hasRefreshToken: false });
    expect(minted.expiresAt - minted.obtainedAt).toBe(86_400_000);
  });

  test('brings a refresh token of its own, which refreshes', async () => {
    const minted = await bench.tokens.mintLocation(agency.id, first());
    expect(minted).toMatchObject({ hasRefreshToken: true, locationId: first(), source: 'location-token' });
    expect(await bench.tokens.refresh(minted.id)).toMatchObject({ source: 'refresh', mintedFrom: agency.id });
  });

  test('gives another token at any time, so that one thrown away is no loss', async () => {
    const minted = await bench.tokens.mintLocation(agency.id, first());
    const before = await bench.tokens.reveal(minted.id);
    await bench.tokens.forget(minted.id);
    const again = await bench.tokens.mintLocation(agency.id, first());
    expect(again).toMatchObject({ id: minted.id, status: 'active' });
    expect(await bench.tokens.reveal(again.id)).not.toBe(before);
  });

  test('needs oauth.write and an agency token; a refusal says so and is kept', async () => {
    moveToPlatform();
    platform.answers(401, { statusCode: 401, message: 'The token is not authorized for this scope.' });
    await expect(bench.tokens.mintLocation(agency.id, first())).rejects.toMatchObject({
      code: 'token_endpoint_refused',
      message: expect.stringContaining('scope'),
    });
    expect(platform.received).toHaveLength(1);
    expect((await bench.exchanges('token')).at(-1)).toMatchObject({ status: 401 });
  });

  test('is refused for a sub-account that the app is not installed on', async () => {
    const other = locations[2]?.id ?? '';
    await expect(bench.tokens.mintLocation(agency.id, other)).rejects.toMatchObject({
      code: 'token_endpoint_refused',
    });
  });
});

describe('GET /oauth/installedLocations', () => {
  test('takes companyId, appId, skip, limit and query, the agency token and Version 2021-07-28', async () => {
    moveToPlatform();
    platform.answers(200, { locations: [], count: 0 });
    await bench.tokens.installedLocations(agency.id, { skip: 20, limit: 50, query: 'north' });
    const [request] = platform.received;
    expect(request).toMatchObject({ method: 'GET', path: '/oauth/installedLocations' });
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      companyId: agency.companyId,
      appId: bench.profile.appId,
      skip: '20',
      limit: '50',
      query: 'north',
    });
    expect(request?.headers).toMatchObject({
      version: '2021-07-28',
      authorization: `Bearer ${await bench.tokens.reveal(agency.id)}`,
    });
  });

  test('answers locations with _id, name, address and isInstalled, and a count of all, not of the page', async () => {
    const page = await bench.tokens.installedLocations(agency.id, { skip: 1, limit: 1 });
    expect(page.count).toBe(locations.length);
    expect(page.items).toEqual([
      {
        id: locations[1]?.id,
        name: locations[1]?.name,
        address: expect.any(String),
        isInstalled: true,
        hasToken: false,
      },
    ]);
  });

  test('pages to the end and tells which sub-accounts have the app', async () => {
    const { items } = await bench.tokens.installedLocations(agency.id, { skip: 0, limit: 100 });
    expect(items.map(({ id }) => id)).toEqual(locations.map(({ id }) => id));
    expect(items.filter(({ isInstalled }) => isInstalled).map(({ id }) => id)).toEqual(
      locations.slice(0, 2).map(({ id }) => id),
    );
  });

  test('without an appId is answered 422, which is explained', async () => {
    moveToPlatform();
    platform.answers(422, {
      message: ['appId should not be empty'],
      error: 'Unprocessable Entity',
      statusCode: 422,
    });
    await expect(bench.tokens.installedLocations(agency.id, { skip: 0, limit: 20 })).rejects.toMatchObject({
      code: 'request_failed',
      message: expect.stringContaining('status 422'),
    });
  });

  test('takes the token of an agency only', async () => {
    const minted = await bench.tokens.mintLocation(agency.id, first());
    await expect(bench.tokens.installedLocations(minted.id, { skip: 0, limit: 20 })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });

  test('is /oauth/installed-locations under v3, with pages by token', async () => {
    const ask = async (query: Record<string, string>) => {
      const url = new URL('/oauth/installed-locations', bench.simulator.url);
      url.search = new URLSearchParams({
        companyId: agency.companyId ?? '',
        appId: bench.profile.appId,
        ...query,
      }).toString();
      const token = await bench.tokens.reveal(agency.id);
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, version: 'v3' } });
      return answer.json();
    };
    const page = await ask({ pageSize: '1' });
    expect(page).toMatchObject({
      items: [{ _id: first() }],
      pagination: {
        totalRecords: locations.length,
        hasNextPage: true,
        hasPrevPage: false,
        currentPageSize: 1,
      },
      metadata: {},
    });
    const next = await ask({ pageSize: '1', pageToken: page.pagination.nextPageToken });
    expect(next.items[0]._id).toBe(locations[1]?.id);
  });
});
