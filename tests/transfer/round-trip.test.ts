import { describe, expect, it } from 'vitest';
import { apiCall } from '../exchanges/support.ts';
import { cases } from './fidelity.ts';
import { everything, exported, imported, openDesk, type Stored } from './support.ts';

/** What a file cannot know: the place in this log, and that it came from a file. */
const comparable = (stored: readonly Stored[]) =>
  stored.map(({ detail: { seq: _seq, imported: _imported, ...detail }, ...bodies }) => ({
    ...detail,
    ...bodies,
  }));

async function filled() {
  const desk = await openDesk();
  for (const { capture } of cases) await desk.store.append(capture);
  const cause = (await desk.store.page({ limit: 1 })).items[0];
  await desk.store.append(
    apiCall({
      purpose: 'api',
      ...(cause && { causeId: cause.id }),
      url: 'https://services.leadconnectorhq.com/contacts/c1?b=2&a=1',
      requestHeaders: [['Authorization', 'Bearer ********']],
      requestBody: {
        bytes: Buffer.from('{"token":"********"}'),
        marks: [{ offset: 10, length: 20, kind: 'token', reference: null }],
      },
      answer: {
        status: null,
        headers: [],
        body: { bytes: Buffer.from('{"cut'), complete: false },
        outcome: 'failed',
        error: 'The connection broke off.',
        timings: { dns: 1.5, connect: 2, tls: null, wait: 3, receive: null, total: 7.25 },
        finishedAt: 1_760_000_000_007.25,
      },
    }),
  );
  return desk;
}

describe.each(['ndjson', 'json', 'har'] as const)(
  '%s, written and read into an empty data folder',
  (format) => {
    it('brings back every field and every byte of the twelve cases', async () => {
      const from = await filled();
      const { text, last } = await exported(from, { format });
      expect(last).toMatchObject({ done: 13, total: 13, skipped: 0, cut: 0 });
      const to = await openDesk({ now: () => 1_800_000_000_000 });
      const report = await imported(to, `/home/somebody/all.${format}`, text, { piece: 65_521 });
      expect(report).toMatchObject({
        kind: format,
        read: 13,
        imported: 13,
        duplicates: 0,
        skipped: 0,
        problems: [],
      });
      const before = await everything(from);
      const after = await everything(to);
      expect(comparable(after)).toEqual(comparable(before));
      expect(after.map(({ detail }) => detail.imported)).toEqual(
        after.map(() => ({ file: `all.${format}`, at: 1_800_000_000_000 })),
      );
    });

    it('finds out what is here already, in a dry run as well, and changes none of it', async () => {
      const desk = await openDesk();
      for (const { capture } of cases.slice(0, 4)) await desk.store.append(capture);
      const { text } = await exported(desk, { format });
      const before = await everything(desk);
      for (const dryRun of [true, false])
        expect(await imported(desk, `again.${format}`, text, { dryRun })).toMatchObject({
          read: 4,
          imported: 0,
          duplicates: 4,
        });
      expect(await everything(desk)).toEqual(before);
    });
  },
);

it('stores nothing in a dry run, and reports what the import will', async () => {
  const from = await openDesk();
  for (const { capture } of cases.slice(0, 3)) await from.store.append(capture);
  const { text } = await exported(from, { format: 'ndjson' });
  const twice = text + text;
  const to = await openDesk();
  const dry = await imported(to, 'x.ndjson', twice, { dryRun: true });
  expect(await to.store.count({})).toBe(0);
  expect(dry).toMatchObject({ read: 6, imported: 3, duplicates: 3, from: 1_760_000_000_000 });
  expect(await imported(to, 'x.ndjson', twice)).toEqual(dry);
});

it('tells an exchange that waited for its answer that none will come', async () => {
  const from = await openDesk();
  await from.store.append(apiCall());
  const { text } = await exported(from, { format: 'ndjson' });
  const to = await openDesk();
  await imported(to, 'x.ndjson', text);
  expect((await everything(to))[0]?.detail).toMatchObject({
    outcome: 'failed',
    error: 'Its answer had not come when it was exported.',
  });
});

it('writes what matches a filter, or the ids given in their order', async () => {
  const desk = await openDesk();
  for (const { capture } of cases.slice(0, 3)) await desk.store.append(capture);
  await desk.store.append(apiCall());
  const { items } = await desk.store.page({});
  const ids = [items[3]?.id, items[1]?.id].filter((id) => id !== undefined);
  const idsOf = (text: string): unknown[] =>
    text.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { id: string }).id]));
  expect(idsOf((await exported(desk, { format: 'ndjson', selection: { ids } })).text)).toEqual(ids);
  const api = await exported(desk, { format: 'ndjson', selection: { filter: { purposes: ['api'] } } });
  expect(idsOf(api.text)).toEqual([items[0]?.id]);
});

it('leaves out what arrives after it has begun, and ends when it is cancelled', async () => {
  const desk = await openDesk();
  for (let index = 0; index < 450; index += 1) void desk.store.append(cases[6]?.capture ?? apiCall());
  await desk.store.append(apiCall());
  const cancel = new AbortController();
  let done = 0;
  for await (const step of desk.transfer.export(
    { format: 'ndjson', selection: { filter: {} }, replace: null },
    cancel.signal,
  )) {
    if (step.done === 0) await desk.store.append(apiCall());
    done = step.done;
  }
  expect(done).toBe(451);
  cancel.abort();
  const steps: number[] = [];
  for await (const step of desk.transfer.export(
    { format: 'ndjson', selection: { filter: {} }, replace: null },
    cancel.signal,
  ))
    steps.push(step.done);
  expect(steps).toEqual([0]);
});
