/** The ingress with forwarding to the URL given as the second argument, in the data folder given as the first. */
import { createForwarding } from '../src/main/core/forwarding/create-forwarding.ts';
import { createIngress } from '../src/main/core/ingress/create-ingress.ts';
import type { SettingsStore, StoredSettings } from '../src/main/core/ports.ts';
import { createRedactor } from '../src/main/core/vault/redaction/create-redactor.ts';
import { createKnownSecrets } from '../src/main/core/vault/redaction/known-secrets.ts';
import { forwardTarget } from '../src/shared/model/forwarding.ts';
import { log, openStore } from './open-store.ts';

const [dataDir, url] = process.argv.slice(2);
if (dataDir === undefined || url === undefined) throw new Error('usage: forward-server DATA_DIR URL');

const stored: Pick<StoredSettings, 'forwarding'> = {
  forwarding: { on: true, targets: [forwardTarget.parse({ url })] },
};
// Forwarding asks the settings for nothing else here: no key is made and nothing is changed.
const settings = { get: () => stored.forwarding, set: () => {} } as unknown as SettingsStore;

const store = await openStore(dataDir);
const redactor = createRedactor(createKnownSecrets());
const forwarding = createForwarding({
  store,
  vault: { get: () => Promise.resolve(null), set: () => Promise.resolve() },
  settings,
  redactor,
  log,
  now: Date.now,
  ownPort: () => null,
  derivationContext: () => ({ profiles: [], keys: [] }),
  onKey: () => {},
});
const ingress = createIngress({
  store,
  redactor,
  log,
  now: Date.now,
  onCallback: () => Promise.reject(new Error('The bench sends no callbacks.')),
  onWebhook: (webhook) => forwarding.take(webhook),
});
const answer = { status: 200, contentType: 'application/json', body: '{"success":true}' };
ingress.setRoutes([{ profileId: null, kind: 'webhook', path: '/webhooks', answer }]);
const { port } = await ingress.listen(0);
process.send?.({ port });

process.on('message', () => {
  void ingress
    .dispose()
    .then(() => forwarding.dispose())
    .then(() => store.dispose())
    .then(() => process.disconnect());
});
