/** The exchange store over a data folder, with the workers run from their sources. */
import { createExchangeStore } from '../src/main/core/exchanges/create-exchange-store.ts';
import type { ExchangeStore } from '../src/main/core/exchanges/types.ts';
import type { Log } from '../src/main/core/ports.ts';

export const log: Log = (level, message, fields) => {
  if (level === 'error' || level === 'warn') console.error(level, message, fields ?? '');
};

const entry = (name: string): URL => new URL(`../src/main/core/exchanges/${name}.ts`, import.meta.url);

export function openStore(
  dataDir: string,
  deriveWorker: URL = entry('derive-worker'),
): Promise<ExchangeStore> {
  const entries = { captureWorker: entry('capture-worker'), deriveWorker };
  return createExchangeStore({ dataDir, entries, log, now: Date.now });
}
