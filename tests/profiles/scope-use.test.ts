import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createExchangeStore } from '../../src/main/core/exchanges/create-exchange-store.ts';
import { locateEntries } from '../../src/main/hosts/node/entries.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import { clientId, nothingLogged, openProfiles } from './support.ts';

const api = 'https://services.leadconnectorhq.com';

it('scope use is told from the calls recorded, each found among the operations', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'scope-use-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const store = await createExchangeStore({
    dataDir,
    entries: locateEntries(new URL('../../src/main/hosts/web/start.ts', import.meta.url).href),
    log: nothingLogged,
    now: Date.now,
  });
  onTestFinished(() => store.dispose());
  const { profiles } = await openProfiles({ store });
  const { id } = await profiles.add({ clientId, scopes: ['contacts.readonly', 'forms.readonly'] });
  const none = await profiles.scopeUse(id);
  expect(none).toMatchObject({ calls: 0, unknownCalls: 0, tokens: 0, more: false });
  expect(none.rows.map(({ name, state, needed }) => [name, state, needed])).toEqual([
    ['contacts.readonly', 'ok', null],
    ['forms.readonly', 'ok', null],
  ]);

  const called = (profile: ProfileId, method: string, url: string, status: number, at: number) =>
    store.append({
      purpose: 'api',
      direction: 'outbound',
      receivedAt: at,
      method,
      url,
      requestHeaders: [],
      requestBody: { bytes: new Uint8Array() },
      profileId: profile,
      answer: {
        status,
        headers: [],
        body: { bytes: new Uint8Array() },
        outcome: 'answered',
        finishedAt: at + 1,
      },
    });
  await called(id, 'GET', `${api}/contacts/abc123`, 200, 1000);
  await called(id, 'GET', `${api}/contacts/abc124?x=1`, 403, 2000);
  await called(id, 'GET', `${api}/calendars/?locationId=1`, 401, 3000);
  await called(id, 'GET', `${api}/no/such/operation`, 404, 4000);
  await called(id, 'GET', `https://elsewhere.example/contacts/abc`, 200, 5000);
  await store.settled();
  const use = await profiles.scopeUse(id);
  expect(use).toMatchObject({ calls: 4, unknownCalls: 1, more: false });
  expect(
    use.rows.map(({ name, state, calls, refused, lastAt }) => [name, state, calls, refused, lastAt]),
  ).toEqual([
    ['calendars.readonly', 'missing', 1, 1, 3000],
    ['forms.readonly', 'unused', 0, 0, null],
    ['contacts.readonly', 'ok', 2, 1, 2000],
  ]);
});
