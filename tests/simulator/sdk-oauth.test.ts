import { GHLAuthenticationError, GHLRateLimitError, UserType } from '@gohighlevel/api-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SdkWorld } from './sdk.ts';
import { createSdkWorld, exchangeCode, SDK_SCOPES } from './sdk.ts';
import { firstLocation, otherLocation, REDIRECT } from './world.ts';

const DAY_MS = 86_400_000;

let world: SdkWorld;
beforeEach(async () => {
  world = await createSdkWorld();
});
afterEach(() => world.dispose());

describe("the official SDK's way in", () => {
  it('builds an authorization URL whose path and query the consent page takes', async () => {
    const { clientId, url } = world.simulator;
    const link = new URL(world.client().oauth.getAuthorizationUrl(clientId, REDIRECT, SDK_SCOPES.join(' ')));
    expect(link.origin).toBe('https://marketplace.gohighlevel.com');
    const page = await fetch(url + link.pathname + link.search);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Allow &amp; Install');
  });

  it('exchanges a code once, and keeps the session of a sub-account', async () => {
    const sdk = world.client();
    const locationId = firstLocation(world);
    const code = await world.codeFor(locationId);
    const session = await exchangeCode(sdk, world, code);
    expect(session).toMatchObject({ userType: 'Location', locationId, scope: SDK_SCOPES.join(' ') });
    await sdk.getSessionStorage().setSession(locationId, session);
    expect(await sdk.getSessionStorage().getAccessToken(locationId)).toBe(session.access_token);
    await expect(exchangeCode(sdk, world, code)).rejects.toMatchObject({
      statusCode: 400,
      code: 'VALIDATION',
      message: 'Invalid grant: authorization code is invalid',
    });
  });

  it('lists the sub-accounts of an agency install and mints a token for one', async () => {
    const sdk = world.client();
    const { companyId } = world;
    const locationId = firstLocation(world);
    const code = await world.agencyCode([locationId, otherLocation(world)]);
    const session = await exchangeCode(sdk, world, code);
    expect(session).toMatchObject({ userType: 'Company', companyId, isBulkInstallation: true });
    await sdk.getSessionStorage().setSession(companyId, session);
    const { appId } = world.simulator;
    const installed = await sdk.oauth.getInstalledLocation({ companyId, appId, isInstalled: true });
    expect(installed.locations).toHaveLength(2);
    const minted = await sdk.oauth.getLocationAccessToken({ companyId, locationId });
    expect(minted).toMatchObject({ userType: 'Location', locationId });
    await sdk.getSessionStorage().setSession(locationId, minted);
    expect((await sdk.contacts.getContacts({ locationId })).contacts).toHaveLength(20);
  });

  it('refreshes once for many calls that are refused with 401, and sends them again', async () => {
    const { sdk, locationId } = await world.installedClient();
    const before = await sdk.getSessionStorage().getSession(locationId);
    world.simulator.advanceClock(DAY_MS);
    const lists = await Promise.all(
      Array.from({ length: 5 }, () => sdk.contacts.getContacts({ locationId })),
    );
    expect(lists.map(({ contacts }) => contacts?.length)).toEqual([20, 20, 20, 20, 20]);
    const after = await sdk.getSessionStorage().getSession(locationId);
    expect(after?.access_token).not.toBe(before?.access_token);
    const used = sdk.oauth.refreshToken(
      String(before?.refresh_token),
      world.simulator.clientId,
      world.simulator.clientSecret,
      'refresh_token',
      UserType.Location,
    );
    await expect(used).rejects.toThrow('Invalid grant: refresh token is invalid');
  });

  it("mints anew from the agency's token when a sub-account's refresh token is gone", async () => {
    const sdk = world.client();
    const { companyId } = world;
    const locationId = firstLocation(world);
    const agency = await exchangeCode(sdk, world, await world.agencyCode([locationId]));
    await sdk.getSessionStorage().setSession(companyId, agency);
    const minted = await sdk.oauth.getLocationAccessToken({ companyId, locationId });
    await sdk
      .getSessionStorage()
      .setSession(locationId, { ...minted, access_token: 'outdated', refresh_token: 'lost' });
    expect((await sdk.contacts.getContacts({ locationId })).contacts).toHaveLength(20);
  });

  it('does not find the session for its refresh where only the body names the sub-account', async () => {
    const { sdk, locationId } = await world.installedClient();
    world.simulator.advanceClock(DAY_MS);
    const created = sdk.contacts.createContact({ locationId, firstName: 'Rita' });
    await expect(created).rejects.toBeInstanceOf(GHLAuthenticationError);
  });

  it('waits out a 429 where it is told to, and else reports the limit', async () => {
    const rateLimitRetry = { maxRetries: 3, baseDelayMs: 1 };
    const { sdk, locationId } = await world.installedClient({ rateLimitRetry });
    await world.control('PUT', 'faults', { faults: ['/contacts:429x2'] });
    expect((await sdk.contacts.getContacts({ locationId })).contacts).toHaveLength(20);
    expect((await world.control('GET', 'faults')).body).toEqual({ faults: [] });

    await world.control('PUT', 'rate-limits', { burst: 1 });
    const impatient = await world.installedClient();
    world.simulator.advanceClock(60_000);
    await impatient.sdk.contacts.getContacts({ locationId });
    const refused = await impatient.sdk.contacts.getContacts({ locationId }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GHLRateLimitError);
    expect(refused).toMatchObject({ statusCode: 429, rateLimit: { scope: 'burst', max: 1, remaining: 0 } });
  });

  it('calls with a private integration token', async () => {
    const locationId = firstLocation(world);
    const { body } = await world.control('POST', 'private-tokens', {
      locationId,
      scopes: ['contacts.readonly'],
    });
    const sdk = world.client({ privateIntegrationToken: String(body['token']) });
    expect((await sdk.contacts.getContacts({ locationId })).contacts).toHaveLength(20);
    await expect(sdk.contacts.createContact({ locationId, firstName: 'Rita' })).rejects.toThrow(
      'The token is not authorized for this scope.',
    );
  });
});
