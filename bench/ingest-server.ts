/**
 * The ingress over the exchange store, as the product runs them: `ingest-server DATA_DIR [without-index]`. Without the
 * index, what comes in is stored, verified and classified, and cannot be searched.
 */
import { createIngress } from '../src/main/core/ingress/create-ingress.ts';
import { createRedactor } from '../src/main/core/vault/redaction/create-redactor.ts';
import { createKnownSecrets } from '../src/main/core/vault/redaction/known-secrets.ts';
import { log, openStore } from './open-store.ts';
import { publicKeyPem } from './webhook-bodies.ts';

const [dataDir, mode] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('usage: ingest-server DATA_DIR [without-index]');

const withoutIndex = new URL('./derive-without-index.ts', import.meta.url);
const store = await (mode === 'without-index' ? openStore(dataDir, withoutIndex) : openStore(dataDir));
store.setDerivationContext({
  profiles: [],
  keys: [{ scheme: 'ed25519', pem: publicKeyPem, owner: 'highlevel', profileId: null }],
});
const ingress = createIngress({
  store,
  redactor: createRedactor(createKnownSecrets()),
  log,
  now: Date.now,
  onCallback: () => Promise.reject(new Error('The bench sends no callbacks.')),
});
const answer = { status: 200, contentType: 'application/json', body: '{"success":true}' };
ingress.setRoutes([{ profileId: null, kind: 'webhook', path: '/webhooks', answer }]);
const { port } = await ingress.listen(0);
process.send?.({ port });

process.on('message', (message: { readonly kind: 'settle' | 'stop' }) => {
  if (message.kind === 'settle') {
    void store
      .settled()
      .then(() => store.count({ verdicts: ['valid'] }))
      .then((valid) => process.send?.({ valid }));
    return;
  }
  void ingress
    .dispose()
    .then(() => store.dispose())
    .then(() => process.disconnect());
});
