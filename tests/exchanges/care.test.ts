import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ExchangeTick } from '../../src/shared/model/exchange.ts';
import type { ExchangeId } from '../../src/shared/model/ids.ts';
import { apiCall, ok, openStore, tempFolder, webhook } from './support.ts';
import type { TestStore } from './support.ts';

const seqs = async (store: TestStore, filter: Parameters<typeof store.count>[0] = {}): Promise<number[]> => {
  const { items } = await store.page({ ...filter, after: 0, limit: 1000 });
  expect(await store.count(filter)).toBe(items.length);
  return items.map(({ seq }) => seq);
};

async function fill(store: TestStore, count: number): Promise<ExchangeId[]> {
  const stored = await Promise.all(
    Array.from({ length: count }, (_, n) => store.append(webhook({ type: 'NoteCreate', n }))),
  );
  return stored.map(({ id }) => id);
}

/** Counts rows of a database file, which no question of the store tells. */
function rowsOf(store: TestStore, file: 'exchanges.db' | 'derived.db', table: string): number {
  const db = new DatabaseSync(join(store.dataDir, file), { readOnly: true });
  try {
    return Number(db.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
  } finally {
    db.close();
  }
}

const large = Buffer.alloc(300_000, 'x');

test('pins and notes are shown, filtered by and survive a rebuild of what is derived', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const [first = '' as ExchangeId, second = '' as ExchangeId, third = '' as ExchangeId] = await fill(
    store,
    4,
  );
  expect(await store.care.pin({ ids: [first, third] }, true)).toBe(2);
  expect(await store.care.pin({ ids: [first] }, true)).toBe(0);
  await store.care.note(second, 'Retries after a deploy\nlook here');
  await store.care.note(third, 'both');
  expect(await store.get(first)).toMatchObject({ pinned: true, note: null });
  expect(await seqs(store, { pinned: true })).toEqual([1, 3]);
  expect(await seqs(store, { pinned: false })).toEqual([2, 4]);
  expect(await seqs(store, { noted: true })).toEqual([2, 3]);
  expect(await seqs(store, { pinned: true, noted: true, eventTypes: ['NoteCreate'] })).toEqual([3]);
  await store.dispose();
  await rm(join(folder, 'derived.db'));

  const again = await openStore(folder);
  await again.settled();
  const { items } = await again.page({ after: 0 });
  expect(items.map(({ pinned, note }) => [pinned, note])).toEqual([
    [true, null],
    [false, 'Retries after a deploy\nlook here'],
    [true, 'both'],
    [false, null],
  ]);
  await again.care.pin({ ids: [first, third] }, false);
  expect(await seqs(again, { pinned: true })).toEqual([]);
  expect(await seqs(again, { noted: true })).toEqual([2, 3]);
});

test('a note is found by its words as long as it is there, also after a rebuild', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const [id = '' as ExchangeId] = await fill(store, 2);
  await store.care.note(id, 'zebra crossing');
  expect(await seqs(store, { search: 'zebra' })).toEqual([1]);
  expect(await seqs(store, { search: 'notecreate zebra' })).toEqual([1]);
  await store.care.note(id, 'heron');
  expect(await seqs(store, { search: 'zebra' })).toEqual([]);
  expect(await seqs(store, { search: 'heron' })).toEqual([1]);
  await store.dispose();
  await rm(join(folder, 'derived.db'));
  const again = await openStore(folder);
  expect(await seqs(again, { search: 'heron' })).toEqual([1]);
  await again.care.note(id, '  ');
  expect(await again.get(id)).toMatchObject({ note: null });
  expect(await seqs(again, { search: 'heron' })).toEqual([]);
  expect(await seqs(again, { search: 'notecreate' })).toEqual([1, 2]);
});

test('a note on a call that waits for its answer is found before and after the answer', async () => {
  const store = await openStore();
  const { id } = await store.append(apiCall());
  expect(await seqs(store, { search: 'contacts' })).toEqual([1]);
  await store.care.note(id, 'pelican');
  expect(await seqs(store, { search: 'pelican' })).toEqual([1]);
  await store.complete(id, ok);
  expect(await seqs(store, { search: 'pelican success' })).toEqual([1]);
  await store.care.note(id, 'heron');
  expect(await seqs(store, { search: 'pelican' })).toEqual([]);
  expect(await seqs(store, { search: 'heron success' })).toEqual([1]);
});

test('what is deleted is gone from every list at once and comes back whole, also after a restart', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const ids = await fill(store, 3);
  const [, second = '' as ExchangeId] = ids;
  await store.append(webhook({ type: 'NoteCreate', n: 'forward' }, { purpose: 'forward', causeId: second }));
  await store.settled();
  const deletion = await store.care.delete({ ids: [second] });
  expect(deletion.count).toBe(1);
  expect(deletion.until).toBeGreaterThan(deletion.at);
  expect(await seqs(store)).toEqual([1, 3, 4]);
  expect(await seqs(store, { search: 'notecreate' })).toEqual([1, 3, 4]);
  expect(await seqs(store, { eventTypes: ['NoteCreate'] })).toEqual([1, 3]);
  expect(await seqs(store, { causeIds: [second] })).toEqual([4]);
  await expect(store.get(second)).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('has been deleted'),
  });
  await expect(store.care.delete({ ids: [second] })).rejects.toMatchObject({ code: 'not_found' });
  await expect(store.care.note(second, 'x')).rejects.toMatchObject({ code: 'not_found' });
  await store.dispose();

  const again = await openStore(folder);
  expect(await again.care.deletions()).toEqual([deletion]);
  expect(await seqs(again)).toEqual([1, 3, 4]);
  expect(await again.care.undoDelete(deletion.number)).toBe(1);
  expect(await seqs(again)).toEqual([1, 2, 3, 4]);
  expect(await again.get(second)).toMatchObject({ event: { type: 'NoteCreate' } });
  expect(await again.care.deletions()).toEqual([]);
  await expect(again.care.undoDelete(deletion.number)).rejects.toMatchObject({ code: 'not_found' });
});

test('all that match a filter are counted, deleted but for the pinned and noted and the later ones, and brought back', async () => {
  const store = await openStore();
  const ids = await fill(store, 1203);
  await store.append(apiCall({ answer: ok }));
  await store.settled();
  const [first = '' as ExchangeId, second = '' as ExchangeId] = ids;
  await store.care.pin({ ids: [first] }, true);
  await store.care.note(second, 'mine');
  const filter = { eventTypes: ['NoteCreate'] };
  const counted = await store.care.countSelection(filter);
  expect(counted).toEqual({ count: 1203, kept: 2, upTo: 1204 });
  await fill(store, 1);
  await store.settled();
  const deletion = await store.care.delete({ filter, upTo: counted.upTo });
  expect(deletion.count).toBe(1201);
  expect(await seqs(store)).toEqual([1, 2, 1204, 1205]);
  expect(await store.care.undoDelete(deletion.number)).toBe(1201);
  expect(await store.count({})).toBe(1205);
  const searched = { search: 'notecreate' };
  const { upTo } = await store.care.countSelection(searched);
  expect((await store.care.delete({ filter: searched, upTo })).count).toBe(1202);
  expect(await store.care.pin({ filter: { pinned: true }, upTo }, false)).toBe(1);
});

test('what is removed for good leaves no row, file, fact or index entry, and no number is given twice', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const kept = await store.append(webhook(large));
  const gone = await store.append(webhook(large, { answer: { ...ok, body: { bytes: large } } }));
  const last = await store.append(webhook({ type: 'NoteCreate', webhookId: 'w', text: 'needle' }));
  expect(await seqs(store, { search: 'needle' })).toEqual([3]);
  const deletion = await store.care.delete({ ids: [gone.id, last.id] });
  await store.care.emptyDeleted();
  await store.settled();
  expect(await readdir(join(folder, 'bodies'))).toEqual([`${kept.id}.request`]);
  for (const table of ['exchanges', 'answers']) expect(rowsOf(store, 'exchanges.db', table)).toBe(1);
  for (const table of ['deleted', 'deletions', 'doomed_files']) {
    expect(rowsOf(store, 'exchanges.db', table)).toBe(0);
  }
  expect(rowsOf(store, 'derived.db', 'facts')).toBe(1);
  expect(rowsOf(store, 'derived.db', 'search_docsize')).toBe(1);
  await expect(store.care.undoDelete(deletion.number)).rejects.toMatchObject({ code: 'not_found' });
  await expect(store.get(last.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(store.tick().endSeq).toBe(3);
  expect((await store.page({})).endSeq).toBe(3);
  await store.dispose();

  const again = await openStore(folder);
  expect(again.tick().endSeq).toBe(3);
  expect((await again.append(webhook({ type: 'NoteCreate', webhookId: 'w' }))).seq).toBe(4);
  await again.settled();
  expect((await again.page({})).items[0]).toMatchObject({ seq: 4, event: { duplicateOf: null } });
  // Followed in the run before, so forgotten after this start; captures go first.
  await expect.poll(() => rowsOf(again, 'exchanges.db', 'revisions')).toBe(0);
  await again.dispose();
  await rm(join(folder, 'derived.db'));
  const third = await openStore(folder);
  await third.settled();
  expect(await seqs(third, { eventTypes: ['NoteCreate'] })).toEqual([4]);
});

test('a derived database that has not followed what the log forgot is built anew', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const [id = '' as ExchangeId] = await fill(store, 2);
  await store.care.note(id, 'zebra');
  await store.settled();
  await store.dispose();
  await (await openStore(folder)).dispose();
  const derived = new DatabaseSync(join(folder, 'derived.db'));
  derived.exec('UPDATE progress SET revisions = 0; DELETE FROM facts');
  derived.close();
  const again = await openStore(folder);
  await again.settled();
  expect(await seqs(again, { eventTypes: ['NoteCreate'] })).toEqual([1, 2]);
  expect(await seqs(again, { search: 'zebra' })).toEqual([1]);
});

test('a call that is deleted while it waits takes its answer, and goes after that', async () => {
  const store = await openStore();
  const { id } = await store.append(apiCall());
  await store.care.delete({ ids: [id] });
  await store.care.emptyDeleted();
  expect(rowsOf(store, 'exchanges.db', 'exchanges')).toBe(1);
  await store.complete(id, ok);
  await store.care.emptyDeleted();
  expect(rowsOf(store, 'exchanges.db', 'exchanges')).toBe(0);
});

test('ticks say which rows went and came back, and no more than those', async () => {
  const folder = await tempFolder();
  const first = await openStore(folder);
  const ids = await fill(first, 100);
  await first.settled();
  await first.dispose();
  // A store that has nothing left to derive ticks for what is done with it alone.
  const store = await openStore(folder);
  const ticks: ExchangeTick[] = [];
  store.onTick((tick) => ticks.push(tick));
  const heard = async (from: number, to: number): Promise<void> => {
    await vi.waitFor(() => expect(ticks).toContainEqual({ endSeq: 100, touchedFrom: from, touchedTo: to }));
    ticks.length = 0;
  };
  const { number } = await store.care.delete({ ids: ids.slice(10, 20) });
  await heard(11, 20);
  await store.care.undoDelete(number);
  await heard(11, 20);
  await store.care.pin({ ids: ids.slice(4, 5) }, true);
  await heard(5, 5);
});

test('captures while hundreds are removed are all acknowledged and stored', async () => {
  const store = await openStore();
  const ids = await fill(store, 400);
  for (let n = 0; n < 20; n += 1) ids.push((await store.append(webhook(large))).id);
  await store.care.delete({ ids });
  const acknowledged: number[] = [];
  const removal = { done: false };
  const emptied = store.care.emptyDeleted().then(() => {
    removal.done = true;
  });
  while (!removal.done || acknowledged.length < 300) {
    const batch = await Promise.all(
      Array.from({ length: 20 }, (_, n) => store.append(webhook({ type: 'ContactCreate', n }))),
    );
    acknowledged.push(...batch.map(({ seq }) => seq));
  }
  await emptied;
  await store.settled();
  const found: number[] = [];
  for (let after = 0; ; after = found.at(-1) ?? after) {
    const page = await store.page({ after, limit: 1000 });
    found.push(...page.items.map(({ seq }) => seq));
    if (!page.more) break;
  }
  expect(found).toEqual(acknowledged.toSorted((one, other) => one - other));
  expect(await readdir(join(store.dataDir, 'bodies'))).toEqual([]);
});

test('half-written bodies of an owner that was lost are removed at the start', async () => {
  const folder = await tempFolder();
  await (await openStore(folder)).dispose();
  const partial = join(folder, 'bodies', 'x.request.part');
  await writeFile(partial, 'half');
  const store = await openStore(folder);
  onTestFinished(() => store.dispose());
  expect(existsSync(partial)).toBe(false);
});
