import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { apiCall, ok, openStore, webhook } from './support.ts';
import type { TestStore } from './support.ts';

const found = async (store: TestStore, search: string): Promise<number[]> => {
  const { items } = await store.page({ search, after: 0 });
  expect(await store.count({ search })).toBe(items.length);
  return items.map(({ seq }) => seq);
};

test('finds words, prefixes and any substring in URL, headers and bodies', async () => {
  const store = await openStore();
  await store.append(
    webhook({ type: 'ContactCreate', email: 'Ada.Lovelace@example.com', name: 'Zoë Ångström' }),
  );
  await store.append(webhook({ type: 'NoteCreate', body: 'call back' }, { url: '/webhooks/acme?x=1' }));
  await store.append(webhook('plain', { requestHeaders: [['X-Trace-Id', 'trace-77-abc']] }));
  expect(await found(store, 'lovelace')).toEqual([1]);
  expect(await found(store, 'LOVE')).toEqual([1]);
  expect(await found(store, 'velac')).toEqual([1]);
  expect(await found(store, 'acme')).toEqual([2]);
  expect(await found(store, 'race-77')).toEqual([3]);
  expect(await found(store, 'x-trace-id: trace')).toEqual([3]);
  expect(await found(store, '"x-trace-id: trace"')).toEqual([3]);
  expect(await found(store, '"type":"NoteCreate"')).toEqual([2]);
  expect(await found(store, 'ångström')).toEqual([1]);
  expect(await found(store, 'call note')).toEqual([2]);
  expect(await found(store, 'call lovelace')).toEqual([]);
  expect(await found(store, 'nowhere')).toEqual([]);
});

test('terms of one and two characters are found as well, and so is the end of a text', async () => {
  const store = await openStore();
  await store.append(webhook(Buffer.from('qz')));
  await store.append(webhook(Buffer.from('other')));
  expect(await found(store, 'qz')).toEqual([1]);
  expect(await found(store, 'z')).toEqual([1]);
  expect(await found(store, 'q7')).toEqual([]);
});

test('nothing that is typed is an operator or an error', async () => {
  const store = await openStore();
  await store.append(webhook({ note: 'AND OR NOT near* (x) ^y' }));
  for (const search of ['"', 'AND', 'near*', '(x)', '^y', 'a"b', "'; DROP", '%', '_', '\u0000x', ':', '-']) {
    await expect(store.count({ search })).resolves.toBeGreaterThanOrEqual(0);
  }
  expect(await found(store, 'near*')).toEqual([1]);
  expect(await found(store, '   ')).toEqual([1]);
});

test('search goes with filters and cursors', async () => {
  const store = await openStore();
  for (let n = 0; n < 10; n += 1) {
    await store.append(webhook({ type: n % 2 === 0 ? 'ContactCreate' : 'NoteCreate', text: 'needle' }));
  }
  await store.settled();
  const page = await store.page({ search: 'needle', eventTypes: ['NoteCreate'], limit: 2 });
  expect(page.items.map(({ seq }) => seq)).toEqual([10, 8]);
  expect(page.more).toBe(true);
  const next = await store.page({ search: 'needle', eventTypes: ['NoteCreate'], before: 8, limit: 9 });
  expect(next.items.map(({ seq }) => seq)).toEqual([6, 4, 2]);
  expect(next.more).toBe(false);
});

test('an answer that comes later is found once, together with its request', async () => {
  const store = await openStore();
  const { id } = await store.append(apiCall({ url: 'https://api.example/contacts/needle' }));
  expect(await found(store, 'needle')).toEqual([1]);
  await store.complete(id, { ...ok, body: { bytes: Buffer.from('{"answer":"haystack needle"}') } });
  expect(await found(store, 'haystack')).toEqual([1]);
  expect(await found(store, 'needle haystack')).toEqual([1]);
  expect(await found(store, 'contacts')).toEqual([1]);
});

test('compressed and binary bodies are stored but not searched; large ones up to 256 KiB', async () => {
  const store = await openStore();
  const zipped = gzipSync('needle needle needle');
  await store.append(webhook(zipped, { requestHeaders: [['Content-Encoding', 'gzip']] }));
  await store.append(webhook(Buffer.from('a\0needle')));
  await store.append(webhook(Buffer.from(`needle${'x'.repeat(300_000)}beyond`)));
  expect(await found(store, 'needle')).toEqual([3]);
  expect(await found(store, 'beyond')).toEqual([]);
});
