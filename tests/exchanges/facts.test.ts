import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { ExchangeTick, HeaderPairs } from '../../src/shared/model/exchange.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import type { DerivationContext } from '../../src/main/core/exchanges/types.ts';
import { apiCall, openStore, webhook } from './support.ts';
import type { TestStore } from './support.ts';

const pair = generateKeyPairSync('ed25519');
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const simulator = 'sim' as ProfileId;
const live = 'live' as ProfileId;

const context: DerivationContext = {
  profiles: [
    { id: live, appId: 'live-app', environment: 'live' },
    { id: simulator, appId: 'sim-app', environment: 'simulator' },
  ],
  keys: [{ scheme: 'ed25519', pem, owner: 'simulator', profileId: simulator }],
};

function signed(body: unknown): { bytes: Buffer; headers: HeaderPairs } {
  const bytes = Buffer.from(JSON.stringify(body));
  return { bytes, headers: [['X-GHL-Signature', sign(null, bytes, pair.privateKey).toString('base64')]] };
}

async function appendSigned(store: TestStore, body: unknown, profileId: ProfileId | null = null) {
  const { bytes, headers } = signed(body);
  return store.append(webhook(bytes, { requestHeaders: headers, profileId }));
}

test('attributes by route, then by appId, and verifies with the keys that count there', async () => {
  const store = await openStore();
  store.setDerivationContext(context);
  const byRoute = await appendSigned(store, { type: 'INSTALL' }, simulator);
  const byApp = await appendSigned(store, { type: 'INSTALL', appId: 'sim-app' });
  const onLive = await appendSigned(store, { type: 'INSTALL', appId: 'live-app' });
  const nobody = await appendSigned(store, { type: 'INSTALL', appId: 'unknown' });
  await store.settled();
  expect(await store.get(byRoute.id)).toMatchObject({
    profileId: 'sim',
    event: {
      type: 'INSTALL',
      category: 'App lifecycle',
      signature: { verdict: 'valid', keyOwner: 'simulator' },
    },
  });
  expect(await store.get(byApp.id)).toMatchObject({
    profileId: 'sim',
    event: { signature: { verdict: 'valid' } },
  });
  expect(await store.get(onLive.id)).toMatchObject({
    profileId: 'live',
    event: {
      signature: {
        verdict: 'invalid',
        keyOwner: 'simulator',
        reason: expect.stringContaining('live profile'),
      },
    },
  });
  expect(await store.get(nobody.id)).toMatchObject({
    profileId: null,
    event: {
      signature: { verdict: 'invalid', keyOwner: 'simulator', reason: expect.stringContaining('no profile') },
    },
  });
});

test('facts that waited for a profile or a key follow when it becomes known, and a tick says so', async () => {
  const store = await openStore();
  const { id, seq } = await appendSigned(store, { type: 'INSTALL', appId: 'sim-app' });
  const unsigned = await store.append(webhook({ type: 'INSTALL', appId: 'sim-app' }));
  await store.settled();
  expect(await store.get(id)).toMatchObject({
    profileId: null,
    event: { signature: { verdict: 'unverifiable' } },
  });
  const ticks: ExchangeTick[] = [];
  store.onTick((tick) => ticks.push(tick));
  store.setDerivationContext(context);
  await store.settled();
  expect(await store.get(id)).toMatchObject({ profileId: 'sim', event: { signature: { verdict: 'valid' } } });
  expect(await store.get(unsigned.id)).toMatchObject({
    profileId: 'sim',
    event: { signature: { verdict: 'unsigned' } },
  });
  await vi.waitFor(() => expect(ticks.some(({ touchedFrom }) => touchedFrom === seq)).toBe(true));
  expect(await store.count({ profileId: simulator })).toBe(2);
});

test('a webhookId seen before names the first exchange that carried it', async () => {
  const store = await openStore();
  const first = await store.append(webhook({ type: 'NoteCreate', webhookId: 'w1' }));
  const other = await store.append(webhook({ type: 'NoteCreate', webhookId: 'w2' }));
  const second = await store.append(webhook({ type: 'NoteCreate', webhookId: 'w1' }));
  const third = await store.append(webhook({ type: 'NoteCreate', webhookId: 'w1' }));
  await store.settled();
  const duplicateOf = async ({ id }: { id: typeof first.id }) => (await store.get(id)).event?.duplicateOf;
  expect(await duplicateOf(first)).toBeNull();
  expect(await duplicateOf(other)).toBeNull();
  expect(await duplicateOf(second)).toBe(first.id);
  expect(await duplicateOf(third)).toBe(first.id);
});

test('only what came in has event facts', async () => {
  const store = await openStore();
  const call = await store.append(apiCall());
  const stray = await store.append(webhook(Buffer.alloc(0), { purpose: 'inbound', method: 'GET' }));
  await store.settled();
  expect((await store.get(call.id)).event).toBeNull();
  expect((await store.get(stray.id)).event).toMatchObject({
    type: null,
    signature: { verdict: 'unsigned' },
    flags: [],
  });
});

test('a signature over a body kept in a file is checked over all of it', async () => {
  const store = await openStore();
  store.setDerivationContext(context);
  const { id } = await appendSigned(store, {
    type: 'ContactCreate',
    appId: 'sim-app',
    notes: 'x'.repeat(400_000),
  });
  await store.settled();
  expect(await store.get(id)).toMatchObject({
    event: { type: 'ContactCreate', signature: { verdict: 'valid' } },
  });
});
