/** Which token comes out of an install, by whom the app is for and who installs it (FACTS 4.3). */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestWorld, type TestWorld } from './world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.dispose());

const first = (): string => world.locations[0]?.id ?? '';

async function pageOf(distribution: string): Promise<string> {
  await world.control('PUT', 'app', { distribution });
  return await (await fetch(world.installUrl())).text();
}

/** Submits the consent form as the agency, on one sub-account where it asks for some. */
const asAgency = (): Promise<Response> =>
  world.allow([
    ['target', `company:${world.companyId}`],
    ['approved', first()],
  ]);
const asSubAccount = (): Promise<Response> => world.allow([['target', `location:${first()}`]]);

async function tokenOf(response: Response): Promise<Record<string, unknown>> {
  const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
  return (await world.exchange(code)).body;
}

it('for sub-accounts, both may install, bulk: Location of a sub-account, Company with bulk of the agency', async () => {
  const page = await pageOf('bulk');
  expect(page).toContain('value="company:');
  expect(page).toContain('value="location:');
  expect(await tokenOf(await asSubAccount())).toMatchObject({
    userType: 'Location',
    locationId: first(),
    isBulkInstallation: false,
  });
  expect(await tokenOf(await asAgency())).toMatchObject({
    userType: 'Company',
    isBulkInstallation: true,
    approvedLocations: [first()],
  });
});

it('for sub-accounts, both may install, no bulk: Location, whoever installs', async () => {
  const page = await pageOf('single');
  expect(page).not.toContain('value="company:');
  expect(await tokenOf(await asSubAccount())).toMatchObject({
    userType: 'Location',
    isBulkInstallation: false,
  });
  const refused = await asAgency();
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('one sub-account at a time');
});

it('for sub-accounts, the agency alone installs: Company with bulk', async () => {
  const page = await pageOf('agency-only');
  expect(page).not.toContain('value="location:');
  expect(page).toContain('name="approved"');
  expect(await tokenOf(await asAgency())).toMatchObject({ userType: 'Company', isBulkInstallation: true });
  expect((await asSubAccount()).status).toBe(422);
});

it('for agencies: Company without bulk, used as it is, also after a refresh', async () => {
  const page = await pageOf('agency');
  expect(page).not.toContain('value="location:');
  expect(page).not.toContain('name="approved"');
  const token = await tokenOf(await asAgency());
  expect(token).toMatchObject({ userType: 'Company', isBulkInstallation: false, approvedLocations: [] });
  expect(token).not.toHaveProperty('locationId');
  const refreshed = await world.token({
    grant_type: 'refresh_token',
    refresh_token: String(token['refresh_token']),
  });
  expect(refreshed.body).toMatchObject({ userType: 'Company', isBulkInstallation: false });
  const company = await world.call(String(token['access_token']), 'GET', `/companies/${world.companyId}`);
  expect(company.status).toBe(401);
  expect(company.body['message']).toContain('scope');
  expect((await asSubAccount()).status).toBe(422);
});

it('is refused by name where there is no such distribution', async () => {
  const refused = await world.control('PUT', 'app', { distribution: 'everyone' });
  expect(refused.status).toBe(422);
});
