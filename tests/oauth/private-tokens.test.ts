import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Core } from '../../src/main/core/services.ts';
import { rotateAfterMs } from '../../src/main/core/oauth/private-tokens.ts';
import { summaryOf, tokenRecord } from '../../src/main/core/oauth/token-record.ts';
import { chooseToken } from '../../src/main/core/requests/choose-token.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import type { TokenSummary } from '../../src/shared/model/token.ts';
import { findOperation } from '../../src/shared/highlevel/operations/index.ts';
import { openCore, type TestCore } from '../contract/support.ts';

let opened: TestCore;
let core: Core;
let profileId: ProfileId;
let simulator: string;
let locationId: string;

beforeAll(async () => {
  opened = await openCore({ ingressPort: 0 }, { simulatorPort: 0 });
  core = opened.core;
  const state = await core.simulator.start();
  if (state.url === null || state.profileId === null) throw new Error(state.error ?? 'no simulator');
  profileId = state.profileId;
  simulator = state.url;
  const info = z.object({ locations: z.array(z.object({ id: z.string() })) });
  const { locations } = info.parse(await (await fetch(`${simulator}/_simulator/state`)).json());
  locationId = locations[0]?.id ?? '';
}, 30_000);
afterAll(() => opened.dispose());

async function made(scopes: readonly string[], account: { locationId?: string }): Promise<string> {
  const response = await fetch(`${simulator}/_simulator/private-tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...account, scopes }),
  });
  expect(response.status).toBe(201);
  return z.object({ token: z.string() }).parse(await response.json()).token;
}

const search = (tokenId: TokenSummary['id'] | null) =>
  core.requests.send({ profileId, method: 'GET', path: '/contacts/', query: [], tokenId, locationId });

describe('a private integration token', () => {
  it('is kept, calls the API, is never refreshed and never shown in a summary', async () => {
    const token = await made(['contacts.readonly'], { locationId });
    const kept = await core.tokens.addPrivate({
      profileId,
      token: ` ${token}\n`,
      level: 'sub-account',
      accountId: locationId,
      label: 'Reports',
    });
    expect(kept).toMatchObject({
      source: 'pit',
      userType: 'Location',
      locationId,
      label: 'Reports',
      status: 'active',
      hasRefreshToken: false,
      claims: null,
    });
    expect(JSON.stringify(core.tokens.list())).not.toContain(token);
    expect(await core.tokens.reveal(kept.id)).toBe(token);
    expect((await search(null)).status).toBe(200);
    await expect(core.tokens.refresh(kept.id)).rejects.toMatchObject({ code: 'unsupported' });
    await expect(core.uninstall(kept.id)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('that HighLevel refuses stays as it is: nobody tries to refresh it', async () => {
    const token = await made([], { locationId });
    const kept = await core.tokens.addPrivate({
      profileId,
      token: `${token}x`,
      level: 'sub-account',
      accountId: locationId,
    });
    const answer = await search(kept.id);
    expect(answer.status).toBe(401);
    expect(core.tokens.list().find(({ id }) => id === kept.id)).toMatchObject({ status: 'active' });
    // Added for the same account, it has taken the place of the one before.
    expect(core.tokens.list().filter(({ source }) => source === 'pit')).toHaveLength(1);
    expect(core.tokens.lineage(kept.id).events.at(-1)?.reason).toContain('in place of the one before');
  });

  it('of the agency mints nothing and serves no operation that takes OAuth tokens only', async () => {
    const token = await made(['locations.readonly'], {});
    const kept = await core.tokens.addPrivate({ profileId, token, level: 'agency', accountId: 'acme1' });
    await expect(core.tokens.mintLocation(kept.id, locationId)).rejects.toMatchObject({
      code: 'unsupported',
    });
    const operation = findOperation('GET', '/oauth/installedLocations');
    expect(operation?.oauthTokenOnly).toBe(true);
    const question = { profileId, tokens: [kept], operation, locationId: null };
    expect(() => chooseToken({ ...question, tokenId: null })).toThrow('takes OAuth tokens only');
    expect(chooseToken({ ...question, tokenId: kept.id }).reason).toContain('takes OAuth tokens only');
    const draft = { profileId, method: 'GET', path: '/oauth/installedLocations', tokenId: kept.id };
    expect((await core.requests.preview(draft)).warnings).toContain(
      'This is a private integration token, but the operation takes OAuth tokens only.',
    );
  });

  it('gives way to an OAuth token of the same account', async () => {
    const token = await made([], { locationId });
    const pit = await core.tokens.addPrivate({
      profileId,
      token,
      level: 'sub-account',
      accountId: locationId,
    });
    const oauth: TokenSummary = { ...pit, id: 'location:x:y' as TokenSummary['id'], source: 'code' };
    const choice = chooseToken({
      profileId,
      tokens: [pit, oauth],
      tokenId: null,
      operation: null,
      locationId,
    });
    expect(choice).toMatchObject({ kind: 'held', token: { id: oauth.id } });
  });

  it('is refused when it is none', async () => {
    const wrong = { profileId, token: 'eyJhbGciOi', level: 'agency' as const, accountId: 'acme1' };
    await expect(core.tokens.addPrivate(wrong)).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('asks to be rotated after 90 days and goes on working', () => {
    const at = 1_767_225_600_000;
    const record = tokenRecord.parse({
      v: 1,
      id: 'pit:acme:loc1',
      profileId: 'acme',
      userType: 'Location',
      companyId: null,
      locationId: 'loc1',
      label: null,
      scopes: [],
      userId: null,
      isBulkInstallation: false,
      approvedLocations: [],
      obtainedAt: at,
      expiresAt: at + rotateAfterMs,
      lastRefreshAt: null,
      source: 'pit',
      mintedFrom: null,
      exchangeId: null,
      accessToken: 'pit-0123456789',
      refreshToken: null,
      previous: null,
      dead: null,
    });
    expect(summaryOf(record, at + rotateAfterMs - 1)).toMatchObject({ status: 'active', problem: null });
    expect(summaryOf(record, at + rotateAfterMs)).toMatchObject({
      status: 'active',
      problem: expect.stringContaining('rotate it'),
    });
  });
});

it('no token stays in memory while the vault is locked, and all are back when it is unlocked', async () => {
  const token = await made([], { locationId });
  const { id } = await core.tokens.addPrivate({
    profileId,
    token,
    level: 'sub-account',
    accountId: locationId,
  });
  const before = core.tokens.list();
  await core.vault.changeMode('passphrase', { passphrase: 'correct horse', current: null });
  expect(core.tokens.list()).toEqual(before);
  await core.vault.lock();
  expect(core.tokens.list()).toEqual([]);
  await expect(core.tokens.reveal(id)).rejects.toMatchObject({ code: 'not_found' });
  await core.vault.unlock('correct horse');
  await expect.poll(() => core.tokens.list()).toEqual(before);
  expect(await core.tokens.reveal(id)).toBe(token);
});
