/** Appends so many exchanges, each after the acknowledgement of the one before, and writes a line for every one. */
import { writeSync } from 'node:fs';
import { createExchangeStore } from '../../../src/main/core/exchanges/create-exchange-store.ts';
import type { ExchangeCapture } from '../../../src/main/core/exchanges/types.ts';

const [dataDir = '', count = '0', bytes = '100'] = process.argv.slice(2);
const source = (name: string): URL => new URL(`../../../src/main/core/exchanges/${name}.ts`, import.meta.url);
const store = await createExchangeStore({
  dataDir,
  entries: { captureWorker: source('capture-worker'), deriveWorker: source('derive-worker') },
  log: () => undefined,
  now: Date.now,
});
const capture: ExchangeCapture = {
  purpose: 'webhook',
  direction: 'inbound',
  receivedAt: Date.now(),
  method: 'POST',
  url: '/webhooks',
  requestHeaders: [],
  requestBody: { bytes: Buffer.alloc(Number(bytes), 'x') },
};
for (let number = 1; number <= Number(count); number += 1) {
  await store.append(capture);
  // Not the console, which may hold lines back: the order of system calls is what the test looks at.
  writeSync(1, `acknowledged ${number}\n`);
}
await store.dispose();
