import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ExchangeTick } from '../../src/shared/model/exchange.ts';
import { exchangeDetail, exchangePage } from '../../src/shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../src/shared/model/ids.ts';
import { INLINE_BODY_BYTES } from '../../src/main/core/exchanges/body-files.ts';
import { apiCall, ok, openStore, tempFolder, webhook } from './support.ts';

// An id for which nothing was ever stored.
const NOBODY = '01900000-0000-7000-8000-000000000000' as ExchangeId;

test('gives back an exchange exactly as it was captured', async () => {
  const store = await openStore();
  const bytes = Buffer.from('{"type":"ContactCreate", "big": 12345678901234567890 }');
  const { seq, id } = await store.append(
    webhook(bytes, {
      url: '/webhooks?a=1&a=2',
      profileId: 'acme' as ProfileId,
      requestHeaders: [
        ['hOsT', 'x'],
        ['X-Twice', 'one'],
        ['x-twice', 'two'],
      ],
    }),
  );
  expect(seq).toBe(1);
  const detail = await store.get(id);
  expect(exchangeDetail.parse(detail)).toEqual(detail);
  expect(detail).toMatchObject({
    seq: 1,
    purpose: 'webhook',
    url: '/webhooks?a=1&a=2',
    status: 200,
    outcome: 'answered',
    durationMs: 5,
    profileId: 'acme',
    requestHeaders: [
      ['hOsT', 'x'],
      ['X-Twice', 'one'],
      ['x-twice', 'two'],
    ],
    requestBody: {
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      complete: true,
      marks: [],
    },
    responseBody: { bytes: 16 },
  });
  expect(Buffer.from((await store.body(id, 'request', 0, 1000)).bytes)).toEqual(bytes);
});

test('keeps bodies beyond 256 KiB in files, and reads slices of either kind', async () => {
  const store = await openStore();
  const small = randomBytes(INLINE_BODY_BYTES);
  const large = randomBytes(5 * 1024 * 1024);
  const [first, second] = await Promise.all([
    store.append(webhook(small)),
    store.append(webhook(large, { answer: { ...ok, body: { bytes: large } } })),
  ]);
  expect(await readdir(join(store.dataDir, 'bodies'))).toEqual([
    `${second.id}.request`,
    `${second.id}.response`,
  ]);
  for (const [id, bytes] of [
    [first.id, small],
    [second.id, large],
  ] as const) {
    const whole = await store.body(id, 'request', 0, bytes.length);
    expect(Buffer.from(whole.bytes).equals(bytes)).toBe(true);
    const slice = await store.body(id, 'request', 1000, 24);
    expect(Buffer.from(slice.bytes)).toEqual(bytes.subarray(1000, 1024));
    expect(slice.totalBytes).toBe(bytes.length);
    expect((await store.body(id, 'request', bytes.length - 3, 100)).bytes.length).toBe(3);
    expect((await store.body(id, 'request', bytes.length + 5, 100)).bytes.length).toBe(0);
  }
  expect(Buffer.from((await store.body(second.id, 'response', 7, 9)).bytes)).toEqual(large.subarray(7, 16));
});

test('a pending exchange takes one answer, later', async () => {
  const store = await openStore();
  const { id } = await store.append(apiCall());
  expect(await store.get(id)).toMatchObject({
    outcome: 'pending',
    status: null,
    responseBody: null,
    durationMs: null,
  });
  await expect(store.body(id, 'response', 0, 10)).rejects.toMatchObject({ code: 'not_found' });
  const timings = { dns: null, connect: 1, tls: 2, wait: 3, receive: 4, total: 10 };
  const marks = [{ offset: 3, length: 40, kind: 'access_token', reference: null }];
  await store.complete(id, { ...ok, status: 404, timings, body: { bytes: Buffer.from('no'), marks } });
  expect(await store.get(id)).toMatchObject({
    outcome: 'answered',
    status: 404,
    timings,
    responseBody: { bytes: 2, marks },
  });
  await expect(store.complete(id, ok)).rejects.toMatchObject({ code: 'conflict' });
  await expect(store.complete(NOBODY, ok)).rejects.toMatchObject({ code: 'not_found' });
});

test('an id is stored once; a refused row leaves its neighbours alone', async () => {
  const store = await openStore();
  const id = '01900000-0000-7000-8000-00000000000a' as ExchangeId;
  const results = await Promise.allSettled([
    store.append(webhook({ n: 1 }, { id })),
    store.append(webhook({ n: 2 }, { id })),
    store.append(webhook({ n: 3 })),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { code: 'conflict' } });
  expect(await store.count({})).toBe(2);
});

test('an unknown exchange is not found', async () => {
  const store = await openStore();
  await expect(store.get(NOBODY)).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining(NOBODY),
  });
  await expect(store.body(NOBODY, 'request', 0, 1)).rejects.toMatchObject({ code: 'not_found' });
});

test('pages by cursor, forwards and backwards, and says when there is more', async () => {
  const store = await openStore();
  await Promise.all(Array.from({ length: 25 }, (_, n) => store.append(webhook({ n }))));
  const seqs = async (query: Parameters<typeof store.page>[0]): Promise<[number[], boolean]> => {
    const page = await store.page(query);
    expect(exchangePage.parse(page)).toEqual(page);
    expect(page.endSeq).toBe(25);
    return [page.items.map(({ seq }) => seq), page.more];
  };
  expect(await seqs({ limit: 3 })).toEqual([[25, 24, 23], true]);
  expect(await seqs({ before: 23, limit: 2 })).toEqual([[22, 21], true]);
  expect(await seqs({ before: 3 })).toEqual([[2, 1], false]);
  expect(await seqs({ after: 0, limit: 2 })).toEqual([[1, 2], true]);
  expect(await seqs({ after: 23 })).toEqual([[24, 25], false]);
  expect(await seqs({ after: 25 })).toEqual([[], false]);
  expect(await seqs({ after: 5, before: 8 })).toEqual([[6, 7], false]);
});

test('filters by purpose, profile, event type, verdict, location and time; all conditions must hold', async () => {
  const store = await openStore();
  const event = (type: string, locationId: string) => ({ type, locationId, id: 'e1' });
  await store.append(
    webhook(event('ContactCreate', 'L1'), { receivedAt: 1000, profileId: 'acme' as ProfileId }),
  );
  await store.append(
    webhook(event('ContactCreate', 'L2'), { receivedAt: 2000, profileId: 'other' as ProfileId }),
  );
  await store.append(webhook(event('NoteCreate', 'L1'), { receivedAt: 3000 }));
  await store.append(apiCall({ receivedAt: 4000, profileId: 'acme' as ProfileId }));
  await store.settled();
  const seqs = async (filter: Parameters<typeof store.count>[0]): Promise<number[]> => {
    const { items } = await store.page({ ...filter, after: 0 });
    expect(await store.count(filter)).toBe(items.length);
    return items.map(({ seq }) => seq);
  };
  expect(await seqs({ purposes: ['api'] })).toEqual([4]);
  expect(await seqs({ purposes: ['api', 'webhook'] })).toEqual([1, 2, 3, 4]);
  expect(await seqs({ profileId: 'acme' as ProfileId })).toEqual([1, 4]);
  expect(await seqs({ eventTypes: ['ContactCreate'] })).toEqual([1, 2]);
  expect(await seqs({ eventTypes: ['ContactCreate', 'NoteCreate'], locationIds: ['L1'] })).toEqual([1, 3]);
  expect(await seqs({ verdicts: ['unsigned'] })).toEqual([1, 2, 3]);
  expect(await seqs({ verdicts: ['valid'] })).toEqual([]);
  expect(await seqs({ from: 2000, to: 3000 })).toEqual([2, 3]);
  expect(await seqs({ purposes: [] })).toEqual([]);
});

test('ticks tell the end of the log and which rows changed, at most once in 16 ms', async () => {
  const store = await openStore();
  const ticks: (ExchangeTick & { at: number })[] = [];
  const stop = store.onTick((tick) => ticks.push({ ...tick, at: performance.now() }));
  const { id } = await store.append(apiCall());
  await Promise.all(Array.from({ length: 200 }, (_, n) => store.append(webhook({ n }))));
  await store.settled();
  await vi.waitFor(() => expect(ticks.at(-1)?.endSeq).toBe(201));
  expect(store.tick()).toEqual({ endSeq: 201, touchedFrom: null });
  ticks.length = 0;
  await store.complete(id, ok);
  await vi.waitFor(() => expect(ticks.some(({ touchedFrom }) => touchedFrom === 1)).toBe(true));
  const gaps = ticks.slice(1).map((tick, index) => tick.at - (ticks[index]?.at ?? 0));
  // Timers may fire a fraction of a millisecond early.
  expect(Math.min(Infinity, ...gaps)).toBeGreaterThan(15);
  stop();
  const heard = ticks.length;
  await store.append(webhook({ last: true }));
  await store.settled();
  expect(ticks).toHaveLength(heard);
});

test('what was stored is there after a restart, seq goes on, and an interrupted call says so', async () => {
  const folder = await tempFolder();
  const first = await openStore(folder);
  await first.append(webhook({ type: 'ContactCreate', webhookId: 'w1' }));
  const { id } = await first.append(apiCall());
  await first.dispose();
  expect(await readdir(folder)).not.toContain('exchanges.db-wal');

  const second = await openStore(folder);
  expect(second.tick().endSeq).toBe(2);
  expect(await second.get(id)).toMatchObject({
    outcome: 'failed',
    error: expect.stringContaining('ended before'),
  });
  expect((await second.append(webhook({}))).seq).toBe(3);
  await second.settled();
  expect(await second.count({ eventTypes: ['ContactCreate'] })).toBe(1);
});

test('dispose stores what was handed in before it', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const appended = Promise.all(Array.from({ length: 50 }, (_, n) => store.append(webhook({ n }))));
  await store.dispose();
  expect(await appended).toHaveLength(50);
  await expect(store.append(webhook({}))).rejects.toMatchObject({ code: 'internal' });
  expect((await openStore(folder)).tick().endSeq).toBe(50);
});
