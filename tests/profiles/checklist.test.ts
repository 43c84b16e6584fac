import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createExchangeStore } from '../../src/main/core/exchanges/create-exchange-store.ts';
import type { ExchangeCapture } from '../../src/main/core/exchanges/types.ts';
import { createChecklist } from '../../src/main/core/profiles/checklist.ts';
import type { ExchangeId } from '../../src/shared/model/ids.ts';
import type { ChecklistStep } from '../../src/shared/model/profile.ts';
import type { IngressStatus, TunnelState } from '../../src/shared/model/system.ts';
import { tokenSummary, type TokenSummary } from '../../src/shared/model/token.ts';
import { createSimulator } from '../../src/simulator/create-simulator.ts';
import { appId, clientId, clientSecret, nothingLogged, openProfiles } from './support.ts';

const at = 1_767_225_600_000;
const off: TunnelState = {
  kind: 'none',
  status: 'off',
  publicUrl: null,
  since: null,
  error: null,
  nextAttemptAt: null,
  selfTest: null,
  hasAuthtoken: false,
};
const exchanges = new URL('../../src/main/core/exchanges/', import.meta.url);

async function world() {
  const dataDir = await mkdtemp(join(tmpdir(), 'checklist-'));
  const entries = {
    captureWorker: new URL('capture-worker.ts', exchanges),
    deriveWorker: new URL('derive-worker.ts', exchanges),
  };
  const store = await createExchangeStore({ dataDir, entries, log: nothingLogged, now: () => at });
  onTestFinished(async () => {
    await store.dispose();
    await rm(dataDir, { recursive: true, force: true });
  });
  const state = {
    tokens: [] as TokenSummary[],
    tunnel: off,
    ingress: { listening: true, port: 5512, url: 'http://127.0.0.1:5512', error: null } as IngressStatus,
  };
  const checklist = createChecklist({
    store,
    tokens: () => state.tokens,
    tunnel: () => state.tunnel,
    ingress: () => state.ingress,
    log: nothingLogged,
  });
  const { profiles } = await openProfiles({ checklist, localBase: () => 'http://localhost:5512' });
  return { store, state, profiles };
}

type World = Awaited<ReturnType<typeof world>>;

async function record(
  { store }: World,
  capture: Partial<ExchangeCapture>,
  status = 200,
): Promise<ExchangeId> {
  const empty = { bytes: new Uint8Array() };
  const { id } = await store.append({
    purpose: 'inbound',
    direction: 'inbound',
    receivedAt: at,
    method: 'GET',
    url: '/',
    requestHeaders: [],
    requestBody: empty,
    answer: { status, headers: [], body: empty, outcome: 'answered', finishedAt: at + 1 },
    ...capture,
  });
  await store.settled();
  return id;
}

const steps = async ({ profiles }: World, profileId = profiles.list()[0]?.id): Promise<ChecklistStep[]> =>
  profileId === undefined ? [] : await profiles.checklist(profileId);

const step = async (present: World, id: ChecklistStep['id']) =>
  (await steps(present)).find((one) => one.id === id);

const locationToken = (exchangeId: ExchangeId) =>
  tokenSummary.parse({
    id: 'location:app:one',
    profileId: 'app',
    userType: 'Location',
    companyId: null,
    locationId: 'one',
    label: 'Harbour Dental',
    scopes: [],
    userId: null,
    isBulkInstallation: false,
    approvedLocations: [],
    obtainedAt: at,
    expiresAt: at + 86_400_000,
    lastRefreshAt: null,
    source: 'code',
    mintedFrom: null,
    exchangeId,
    status: 'active',
    problem: null,
    hasRefreshToken: true,
    claims: null,
  });

it('begins with nothing done and the next step in one sentence each', async () => {
  const present = await world();
  await present.profiles.add({ clientId });
  const found = await steps(present);
  expect(found.map(({ id, done }) => [id, done])).toEqual(
    ['credentials', 'address', 'redirect', 'callback', 'token', 'webhook', 'call'].map((id) => [id, false]),
  );
  for (const { sentence, at: seen, exchangeId } of found) {
    expect(sentence).toMatch(/^[A-Z][^\n]{20,}[.:]?$/);
    expect([seen, exchangeId]).toEqual([null, null]);
  }
  expect(found[2]?.sentence).toContain('https://dev.example/oauth/callback');
  expect(found[5]?.sentence).toContain('https://dev.example/webhooks');
});

it('marks each step done with the exchange in which it was seen', async () => {
  const present = await world();
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { id: profileId } = await present.profiles.add({ clientId, clientSecret });
  present.store.setDerivationContext({
    profiles: [{ id: profileId, appId, environment: 'live' }],
    keys: [
      {
        scheme: 'ed25519',
        pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        owner: 'profile',
        profileId,
      },
    ],
  });
  present.state.tunnel = { ...off, kind: 'url', status: 'online', since: at };

  expect(await step(present, 'credentials')).toMatchObject({ done: true });
  expect(await step(present, 'address')).toMatchObject({ done: true, at });

  // The callback path is shared, so only the token it led to tells whose callback it was.
  const callback = await record(present, { purpose: 'callback', url: '/oauth/callback?code=********' });
  expect(await step(present, 'callback')).toMatchObject({ done: false });
  const token = await record(present, {
    purpose: 'token',
    direction: 'outbound',
    profileId,
    causeId: callback,
  });
  present.state.tokens = [locationToken(token)];
  expect(await step(present, 'callback')).toMatchObject({ done: true, exchangeId: callback });
  expect(await step(present, 'redirect')).toMatchObject({ done: true, exchangeId: callback });
  expect(await step(present, 'token')).toMatchObject({
    done: true,
    exchangeId: token,
    sentence: 'A token for the sub-account (location) Harbour Dental is held.',
  });

  const body = Buffer.from(JSON.stringify({ type: 'INSTALL', appId, webhookId: 'w1' }));
  const webhook = {
    purpose: 'webhook',
    method: 'POST',
    url: '/webhooks',
    profileId,
    requestBody: { bytes: body },
  } as const;
  const forged = await record(present, { ...webhook, requestHeaders: [['X-GHL-Signature', 'AAAA']] });
  expect(await step(present, 'webhook')).toMatchObject({ done: false, exchangeId: forged });
  const signature = sign(null, body, privateKey).toString('base64');
  const verified = await record(present, { ...webhook, requestHeaders: [['X-GHL-Signature', signature]] });
  expect(await step(present, 'webhook')).toMatchObject({
    done: true,
    exchangeId: verified,
    sentence: 'The webhook INSTALL arrived and its signature holds.',
  });

  const call = { purpose: 'api', direction: 'outbound', profileId, url: 'https://h/contacts/?a=b' } as const;
  const refused = await record(present, call, 401);
  expect(await step(present, 'call')).toMatchObject({ done: false, exchangeId: refused });
  expect((await step(present, 'call'))?.sentence).toContain(
    'GET /contacts/, did not succeed: it answered 401',
  );
  const good = await record(present, call, 200);
  await record(present, call, 500);
  expect(await step(present, 'call')).toMatchObject({ done: true, exchangeId: good });
  expect((await steps(present)).every(({ done }) => done)).toBe(true);
});

it('asks a simulator for its redirect URLs, and needs no public address for it', async () => {
  const present = await world();
  const running = await createSimulator({ redirectUrls: [], webhookUrl: null });
  const { id } = await present.profiles.addSimulator(running.url, { register: false });
  expect(await step(present, 'address')).toMatchObject({ done: true });
  expect(await step(present, 'redirect')).toMatchObject({ done: false });
  await present.profiles.registerWithSimulator(id);
  expect(await step(present, 'redirect')).toMatchObject({ done: true, exchangeId: null });
  await running.dispose();
  expect(await step(present, 'redirect')).toMatchObject({
    done: false,
    sentence: `No simulator answers at ${running.url}: start it, then install its app.`,
  });
});

it('passes on why the address or the token is missing', async () => {
  const present = await world();
  await present.profiles.add({ clientId, clientSecret });
  present.state.tunnel = { ...off, kind: 'ngrok', status: 'failed', error: 'ngrok refused the authtoken.' };
  expect(await step(present, 'address')).toMatchObject({
    done: false,
    sentence: 'ngrok refused the authtoken.',
  });
  present.state.ingress = { listening: false, port: null, url: null, error: 'Port 4400 is in use.' };
  expect(await step(present, 'address')).toMatchObject({ done: false, sentence: 'Port 4400 is in use.' });
  const exchangeId = await record(present, { purpose: 'token', direction: 'outbound' });
  present.state.tokens = [
    { ...locationToken(exchangeId), status: 'dead', problem: 'Its refresh token was refused.' },
  ];
  expect(await step(present, 'token')).toMatchObject({
    done: false,
    sentence: 'Install the app again: Its refresh token was refused.',
  });
});
