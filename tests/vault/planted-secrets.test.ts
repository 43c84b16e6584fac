import { expect, it, onTestFinished } from 'vitest';
import { createExchangeStore } from '../../src/main/core/exchanges/create-exchange-store.ts';
import { filesBelow, nothingLogged, openVault, temporaryFolder } from './support.ts';

const planted = {
  clientSecret: 'planted-client-secret-1b9e',
  code: 'planted0code1b9e5c7d7676cjcbdc6d5c4d9a0b',
  state: 'planted-state-1b9e',
  access: 'planted-access-token-1b9e',
  refresh: 'planted-refresh-token-1b9e',
};
const exchanges = new URL('../../src/main/core/exchanges/', import.meta.url);

it('no file of the data folder holds a planted secret after an install has been captured', async () => {
  const dataDir = await temporaryFolder();
  const vault = await openVault(dataDir);
  await vault.set('profile/acme/client-secret', planted.clientSecret);
  const entries = {
    captureWorker: new URL('capture-worker.ts', exchanges),
    deriveWorker: new URL('derive-worker.ts', exchanges),
  };
  const store = await createExchangeStore({ dataDir, entries, log: nothingLogged, now: Date.now });
  onTestFinished(() => store.dispose());
  const { redactor } = vault;
  const at = 1_767_225_600_000;
  const empty = { bytes: new Uint8Array() };

  await store.append({
    purpose: 'callback',
    direction: 'inbound',
    receivedAt: at,
    method: 'GET',
    url: redactor.url(`/oauth/callback?code=${planted.code}&state=${planted.state}`),
    requestHeaders: redactor.headers([['Cookie', `sid=${planted.state}`]]),
    requestBody: empty,
  });
  const form = new URLSearchParams({ client_secret: planted.clientSecret, code: planted.code });
  const answer = JSON.stringify({ access_token: planted.access, refresh_token: planted.refresh });
  await store.append({
    purpose: 'token',
    direction: 'outbound',
    receivedAt: at,
    method: 'POST',
    url: 'https://services.leadconnectorhq.com/oauth/token',
    requestHeaders: [],
    requestBody: redactor.body(Buffer.from(form.toString()), 'application/x-www-form-urlencoded'),
    answer: {
      status: 200,
      headers: [],
      body: redactor.body(Buffer.from(answer), 'application/json'),
      outcome: 'answered',
      finishedAt: at,
    },
  });
  await vault.set('token/location:acme:one', answer, [planted.access, planted.refresh]);
  await store.append({
    purpose: 'api',
    direction: 'outbound',
    receivedAt: at,
    method: 'GET',
    url: redactor.url(`https://h/contacts/?query=${planted.access}`),
    requestHeaders: redactor.headers([['Authorization', `Bearer ${planted.access}`]]),
    requestBody: redactor.body(Buffer.from(`<note>${planted.refresh}</note>`), 'text/xml'),
  });
  await store.settled();

  const files = await filesBelow(dataDir);
  expect(files.map(({ name }) => name)).toContain('exchanges.db');
  for (const { name, bytes } of files) {
    for (const [secret, value] of Object.entries(planted)) {
      expect(bytes.includes(value), `${secret} in ${name}`).toBe(false);
    }
  }
});
