import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RetentionRules } from '../../src/shared/model/care.ts';
import type { ExchangeId } from '../../src/shared/model/ids.ts';
import { apiCall, ok, openStore, tempFolder, webhook } from './support.ts';
import type { TestStore } from './support.ts';

const day = 86_400_000;
const keepAll = { days: null, count: null, bytes: null };

const stored = async (store: TestStore): Promise<number[]> =>
  (await store.page({ after: 0, limit: 1000 })).items.map(({ seq }) => seq);

/** Ten webhooks of 100 bytes, one a day, the newest of them now; the answers have 16 bytes. */
async function tenDays(store: TestStore): Promise<ExchangeId[]> {
  const ids: ExchangeId[] = [];
  for (let age = 9; age >= 0; age -= 1) {
    const at = Date.now() - age * day + 60_000;
    ids.push((await store.append(webhook(Buffer.alloc(100, 'x'), { receivedAt: at }))).id);
  }
  return ids;
}

/** What the preview says must be what goes. */
async function applied(store: TestStore, rules: RetentionRules): Promise<number[]> {
  const before = await stored(store);
  const preview = await store.care.preview(rules);
  expect(await stored(store)).toEqual(before);
  const deleted = await store.care.retain(rules, preview.asOf);
  expect(deleted).toEqual(preview.total);
  const after = await stored(store);
  expect(before.length - after.length).toBe(preview.total.count);
  return after;
}

test('nothing is deleted as long as no rule is set', async () => {
  const store = await openStore();
  await tenDays(store);
  expect(await store.care.retention()).toMatchObject({ rules: {}, last: null });
  expect((await store.care.preview({})).total).toEqual({ count: 0, bytes: 0, oldest: null, newest: null });
  expect(await applied(store, { webhook: keepAll })).toHaveLength(10);
});

test.for<[string, Partial<typeof keepAll> | object, number[]]>([
  ['age', { days: 4 }, [6, 7, 8, 9, 10]],
  ['count', { count: 3 }, [8, 9, 10]],
  ['size', { bytes: 5 * 116 }, [6, 7, 8, 9, 10]],
  ['size, where one too many would fit in part', { bytes: 6 * 116 - 1 }, [6, 7, 8, 9, 10]],
  ['whichever is reached first', { days: 8, count: 6, bytes: 2 * 116 }, [9, 10]],
  ['none at all', { count: 0 }, []],
])('keeps by %s, and the preview is what goes', async ([, rule, left]) => {
  const store = await openStore();
  await tenDays(store);
  expect(await applied(store, { webhook: { ...keepAll, ...rule } })).toEqual(left);
});

test('each purpose has its rule; pinned and noted exchanges and pending calls are spared and not counted', async () => {
  const store = await openStore();
  const ids = await tenDays(store);
  await store.append(apiCall());
  await store.append(apiCall({ answer: ok }));
  await store.append(apiCall({ answer: ok }));
  const [first = '' as ExchangeId, second = '' as ExchangeId, , , , , , , , last = '' as ExchangeId] = ids;
  await store.care.pin({ ids: [first, last] }, true);
  await store.care.note(second, 'mine');
  const rules = { webhook: { ...keepAll, count: 2 }, api: { ...keepAll, count: 0 } };
  const preview = await store.care.preview(rules);
  expect(preview.purposes.find(({ purpose }) => purpose === 'webhook')).toMatchObject({
    stored: { count: 10, bytes: 1160 },
    deleted: { count: 5, bytes: 580 },
    kept: 3,
  });
  expect(await applied(store, rules)).toEqual([1, 2, 8, 9, 10, 11]);
});

test('what comes after the preview is left to the next run', async () => {
  const store = await openStore();
  await tenDays(store);
  const rules = { webhook: { ...keepAll, count: 3 } };
  const { asOf, total } = await store.care.preview(rules);
  await store.append(webhook({}));
  expect(await store.care.retain(rules, asOf)).toEqual(total);
  expect(await stored(store)).toEqual([8, 9, 10, 11]);
});

test('rules and the last run are kept with the log, and what they delete is removed for good', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  await store.append(webhook(Buffer.alloc(300_000, 'x')));
  await tenDays(store);
  const rules = { webhook: { ...keepAll, count: 4 } };
  const deleted = await store.care.retain(rules);
  expect(deleted).toMatchObject({ count: 7, bytes: 300_016 + 6 * 116 });
  await store.care.emptyDeleted();
  expect(await readdir(join(folder, 'bodies'))).toEqual([]);
  expect(await store.care.deletions()).toEqual([]);
  await store.dispose();
  const again = await openStore(folder);
  expect(await again.care.retention()).toMatchObject({ rules, last: { count: 7, bytes: deleted.bytes } });
  expect((await again.care.retention()).databaseBytes).toBeGreaterThan(0);
  expect(await stored(again)).toEqual([8, 9, 10, 11]);
});
