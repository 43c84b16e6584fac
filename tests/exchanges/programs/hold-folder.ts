/** Opens the store in the folder given, says so, and holds it until it is ended. */
import { createExchangeStore } from '../../../src/main/core/exchanges/create-exchange-store.ts';

const dataDir = process.argv[2] ?? '';
const source = (name: string): URL => new URL(`../../../src/main/core/exchanges/${name}.ts`, import.meta.url);
await createExchangeStore({
  dataDir,
  entries: { captureWorker: source('capture-worker'), deriveWorker: source('derive-worker') },
  log: () => undefined,
  now: Date.now,
});
process.send?.('open');
