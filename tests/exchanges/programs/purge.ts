/** Stores so many exchanges with bodies in files, deletes all but the first, and removes them for good until it is ended. */
import { createExchangeStore } from '../../../src/main/core/exchanges/create-exchange-store.ts';

const [dataDir = '', count = '0'] = process.argv.slice(2);
const source = (name: string): URL => new URL(`../../../src/main/core/exchanges/${name}.ts`, import.meta.url);
const store = await createExchangeStore({
  dataDir,
  entries: { captureWorker: source('capture-worker'), deriveWorker: source('derive-worker') },
  log: () => undefined,
  now: Date.now,
});
const bytes = Buffer.alloc(300_000, 'x');
const stored = await Promise.all(
  Array.from({ length: Number(count) }, () =>
    store.append({
      purpose: 'webhook',
      direction: 'inbound',
      receivedAt: Date.now(),
      method: 'POST',
      url: '/webhooks',
      requestHeaders: [],
      requestBody: { bytes },
    }),
  ),
);
const [, ...others] = stored.map(({ id }) => id);
await store.care.delete({ ids: others });
process.send?.('removing');
await store.care.emptyDeleted();
process.send?.('removed');
