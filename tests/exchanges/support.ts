/** A real store in a folder of its own, and captures to put into it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createExchangeStore } from '../../src/main/core/exchanges/create-exchange-store.ts';
import type { CapturedAnswer, ExchangeCapture, ExchangeStore } from '../../src/main/core/exchanges/types.ts';
import type { LogLevel } from '../../src/main/core/ports.ts';

const source = (name: string): URL => new URL(`../../src/main/core/exchanges/${name}.ts`, import.meta.url);

export const entries = { captureWorker: source('capture-worker'), deriveWorker: source('derive-worker') };

/** Removed when the test is over. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'companion-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export type TestStore = ExchangeStore & { readonly dataDir: string; readonly logged: [LogLevel, string][] };

/** Closed when the test is over, before its folder is removed. */
export async function openStore(dataDir?: string): Promise<TestStore> {
  const folder = dataDir ?? (await tempFolder());
  const logged: [LogLevel, string][] = [];
  const store = await createExchangeStore({
    dataDir: folder,
    entries,
    log: (level, message) => logged.push([level, message]),
    now: Date.now,
  });
  onTestFinished(() => store.dispose());
  return Object.assign(store, { dataDir: folder, logged });
}

export const ok: CapturedAnswer = {
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: { bytes: Buffer.from('{"success":true}') },
  outcome: 'answered',
  finishedAt: 1_760_000_000_005,
};

/** A webhook that was answered; everything can be set otherwise. */
export function webhook(body: unknown, changes: Partial<ExchangeCapture> = {}): ExchangeCapture {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  return {
    purpose: 'webhook',
    direction: 'inbound',
    receivedAt: 1_760_000_000_000,
    method: 'POST',
    url: '/webhooks',
    httpVersion: '1.1',
    remoteAddress: '127.0.0.1',
    requestHeaders: [
      ['Host', 'localhost:4400'],
      ['Content-Type', 'application/json'],
    ],
    requestBody: { bytes },
    answer: ok,
    ...changes,
  };
}

/** An API call that waits for its answer. */
export function apiCall(changes: Partial<ExchangeCapture> = {}): ExchangeCapture {
  const { answer: _answered, ...capture } = webhook(Buffer.alloc(0));
  return {
    ...capture,
    purpose: 'api',
    direction: 'outbound',
    method: 'GET',
    url: 'https://services.leadconnectorhq.com/contacts/c1',
    ...changes,
  };
}
