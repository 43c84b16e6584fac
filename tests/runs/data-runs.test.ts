import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createDataRuns } from '../../src/main/core/data-runs/create-data-runs.ts';
import { readRows } from '../../src/main/core/data-runs/read-rows.ts';
import type { DataRuns } from '../../src/main/core/data-runs/types.ts';
import type { DataRun, DataRunId, DataRunStart } from '../../src/shared/model/data-run.ts';
import { exchangeId } from '../../src/shared/model/ids.ts';
import type { RequestDraft } from '../../src/shared/model/request.ts';
import { createRunBench, type RunBench } from './support.ts';

let bench: RunBench;
beforeAll(async () => {
  bench = await createRunBench();
});
afterAll(() => bench.dispose());
afterEach(() => bench.simulator.setFaults([]));

const runs = (): DataRuns => bench.core().dataRuns;
const create = (more: Partial<RequestDraft> = {}): RequestDraft => ({
  profileId: bench.profileId,
  method: 'POST',
  path: '/contacts/',
  body: '{"locationId":"{{locationId}}","firstName":"{{First_name}}","email":"{{email}}"}',
  locationId: bench.facts.locationId,
  ...more,
});
const csv = (...lines: string[]): DataRunStart['file'] => ({ name: 'people.csv', text: lines.join('\n') });
const people = (name: string, count: number): DataRunStart['file'] =>
  csv(
    'First name,email',
    ...Array.from({ length: count }, (_, at) => `${name}${at},${name}${at}@example.com`),
  );

async function atRest(id: DataRunId, of = runs()): Promise<DataRun> {
  return vi.waitFor(
    () => {
      const found = of.list().find((run) => run.id === id);
      if (found === undefined) throw new Error('The run is gone.');
      expect(found.state).not.toBe('running');
      return found;
    },
    { timeout: 30_000, interval: 10 },
  );
}
const reports = async (id: DataRunId, of = runs()) =>
  (await of.report({ id, offset: 0, limit: 500 })).reports;

test('A secret of the vault is not written down, and a variable in its place is none', async () => {
  const place = { profileId: bench.profileId, environmentId: null };
  await bench.core().environments.set(place, { name: 'key', value: 'sk_live_of_the_vault', secret: true });
  const start = (key: string): Promise<DataRun> =>
    runs().start({
      draft: create({ body: `{"locationId":"{{locationId}}","email":"{{email}}","client_secret":"${key}"}` }),
      file: people('kept', 1),
    });
  await expect(start('sk_live_of_the_vault')).rejects.toThrow('holds a secret that the vault keeps');
  const { id } = await start('{{key}}');
  expect(await atRest(id)).toMatchObject({ rows: 1, state: 'done' });
});

async function named(name: string): Promise<number> {
  const { requests, exchanges } = bench.core();
  const { exchangeId } = await requests.send({
    profileId: bench.profileId,
    method: 'GET',
    path: '/contacts/',
    query: [
      { name: 'locationId', value: bench.facts.locationId },
      { name: 'query', value: name },
      { name: 'limit', value: '100' },
    ],
    locationId: bench.facts.locationId,
  });
  const { bytes } = await exchanges.body(exchangeId, 'response', 0, 1_000_000);
  return (JSON.parse(Buffer.from(bytes).toString()) as { contacts: unknown[] }).contacts.length;
}

async function exported(id: DataRunId, format: 'csv' | 'ndjson'): Promise<string> {
  let text = '';
  for await (const piece of runs().export(id, format)) text += piece;
  return text;
}

test('one request is sent for every row, three at a time, each reported with its checks; failures alone are sent again', async () => {
  const file = csv(
    '\uFEFFFirst name;email;note',
    '"Ada ""{{clientId}}""";ada@row.example;"two\nlines"',
    'Bo;bo@row.example;',
    'Cy;cy@row.example;x',
    'Di;di@row.example;y',
  );
  const draft = create({
    body: '{"locationId":"{{locationId}}","firstName":"{{First_name}}","email":"{{email}}","source":"{{note}}"}',
    checks: [
      { kind: 'status', value: '201' },
      { kind: 'json', path: '$.contact.email', test: 'equals', value: '{{email}}' },
    ],
  });
  const start = { draft, file, concurrency: 3 };
  const preview = await runs().preview(start);
  expect(preview).toMatchObject({ format: 'csv', rows: 4, missing: [], repeatable: false });
  expect(preview.columns).toEqual([
    { name: 'First name', variable: 'First_name', used: true },
    { name: 'email', variable: 'email', used: true },
    { name: 'note', variable: 'note', used: true },
  ]);
  // What stands in a row is data: no variable is looked for in it.
  expect(JSON.parse(preview.first[0]?.body ?? '')).toMatchObject({
    firstName: 'Ada "{{clientId}}"',
    source: 'two\nlines',
  });
  expect(await named('row.example')).toBe(0);

  bench.simulator.setFaults([
    { path: '/contacts', method: 'POST', kind: { type: 'status', status: 500 }, count: 1 },
  ]);
  const { id } = await runs().start(start);
  expect(await atRest(id)).toMatchObject({ state: 'done', rows: 4, ok: 3, failed: 1, unknown: 0 });
  const told = await reports(id);
  expect(told.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
  const failed = told.find(({ outcome }) => outcome === 'failed');
  expect(failed).toMatchObject({ status: 500, checks: { passed: 0, of: 2 }, sent: 1 });
  expect(failed?.error).not.toBeNull();
  const good = told.find(({ outcome }) => outcome === 'ok');
  expect(good).toMatchObject({ status: 201, checks: { passed: 2, of: 2 }, error: null });
  const exchange = await bench.core().exchanges.get(exchangeId.parse(good?.exchangeId));
  expect(exchange).toMatchObject({ status: 201, method: 'POST' });

  await expect(runs().retry(id, ['unknown'])).rejects.toMatchObject({ code: 'conflict' });
  await runs().retry(id, ['failed']);
  expect(await atRest(id)).toMatchObject({ state: 'done', ok: 4, failed: 0 });
  expect(await named('row.example')).toBe(4);
  expect((await reports(id))[(failed?.row ?? 0) - 1]).toMatchObject({ outcome: 'ok', sent: 2 });
  expect((await runs().settled(id, 4, 10)).reports).toMatchObject([{ row: failed?.row, outcome: 'ok' }]);

  const lines = (await exported(id, 'csv')).split('\n');
  expect(lines[0]).toBe('row,outcome,status,ms,checks,error,exchange,sent,First name,email,note');
  expect(lines[3]).toMatch(/^2,ok,201,\d+,2\/2,,[0-9a-f-]{36},\d,Bo,bo@row\.example,$/);
  const objects = (await exported(id, 'ndjson')).trimEnd().split('\n');
  expect(JSON.parse(objects[3] ?? '')).toMatchObject({
    row: 4,
    outcome: 'ok',
    fields: { email: 'di@row.example' },
  });
  await runs().remove(id);
  await expect(reports(id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a row whose answer was lost is of an unknown outcome and not sent again, until that is asked for', async () => {
  bench.simulator.setFaults([{ path: '/contacts', method: 'POST', kind: { type: 'lost' }, count: 1 }]);
  const { id } = await runs().start({ draft: create(), file: people('lost', 3) });
  expect(await atRest(id)).toMatchObject({ state: 'done', ok: 2, unknown: 1, failed: 0 });
  expect((await reports(id))[0]).toMatchObject({ outcome: 'unknown', status: null, sent: 1 });
  // It was done.
  expect(await named('lost')).toBe(3);
  await expect(runs().resume(id)).rejects.toMatchObject({ code: 'conflict' });
  await runs().retry(id, ['unknown']);
  expect((await atRest(id)).unknown).toBe(0);
  expect((await reports(id))[0]).toMatchObject({ sent: 2 });
});

/** Runs over a folder of their own; `underWay` resolves once a second row is sent, whose answer never comes. */
async function held(dataDir: string) {
  const { requests, log } = bench.core();
  let isHeld = (): void => {};
  const underWay = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  let count = 0;
  const send: typeof requests.send = (draft, options) => {
    count += 1;
    if (count !== 2) return requests.send(draft, options);
    isHeld();
    return new Promise((_resolve, reject) => {
      options?.signal?.addEventListener('abort', () => reject(new Error('It was broken off.')));
    });
  };
  const redactor = { text: (text: string) => text };
  const deps = { dataDir, log, redactor, now: Date.now };
  return { runs: await createDataRuns({ ...deps, requests: { ...requests, send } }), deps, underWay };
}

test.for([
  ['POST', '/contacts/', 'unknown'],
  ['GET', '/contacts/?locationId={{locationId}}&query={{email}}', 'ok'],
] as const)(
  'after a kill no row is lost; that of a %s which was under way is %s',
  async ([method, path, outcome]) => {
    const folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'hlc-data-runs-'))));
    onTestFinished(async () => {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    });
    const [first = '', second = ''] = folders;
    const before = await held(first);
    const draft = create({ method, path, ...(method === 'GET' && { body: null }) });
    const name = `kill${method.toLowerCase()}`;
    const { id } = await before.runs.start({ draft, file: people(name, 4) });
    await before.underWay;
    // What is in the folder now is what a kill leaves.
    await cp(first, second, { recursive: true });
    await before.runs.dispose();

    const after = await createDataRuns({ ...before.deps, dataDir: second, requests: bench.core().requests });
    const unknown = outcome === 'unknown' ? 1 : 0;
    expect(after.list()).toMatchObject([{ id, state: 'paused', ok: 1, unknown }]);
    // Asked for twice, it goes on once.
    await Promise.all([after.resume(id), after.resume(id)]);
    expect(await atRest(id, after)).toMatchObject({ state: 'done', ok: 4 - unknown, unknown });
    expect(await reports(id, after)).toMatchObject([{ outcome: 'ok' }, { row: 2, outcome }, {}, {}]);
    expect(await named(name)).toBe(method === 'POST' ? 3 : 0);
    await after.dispose();
  },
);

test('a run keeps below the limit, is paused while it waits, stops for the day and goes on', async () => {
  const limit = (burst: number, intervalMs: number, daily = 200_000) =>
    fetch(`${bench.simulator.url}/_simulator/rate-limits`, {
      method: 'PUT',
      body: JSON.stringify({ burst, intervalMs, daily }),
      headers: { 'Content-Type': 'application/json' },
    });
  await limit(3, 700);
  const { exchanges } = bench.core();
  const after = exchanges.tick().endSeq;
  const { id } = await runs().start({ draft: create(), file: people('paced', 8), concurrency: 2 });
  await vi.waitFor(() => expect(runs().list()[0]?.waitingUntil).not.toBeNull());
  const paused = await runs().pause(id);
  expect(paused).toMatchObject({ state: 'paused', unknown: 0, waitingUntil: null });
  expect(paused.ok).toBeLessThan(8);
  await runs().resume(id);
  expect(await atRest(id)).toMatchObject({ state: 'done', ok: 8 });
  const { items } = await exchanges.page({ purposes: ['api'], after, limit: 100 });
  expect(items.filter(({ status }) => status === 201)).toHaveLength(8);
  expect(await named('paced')).toBe(8);

  await limit(100, 300, 1);
  const stopped = await runs().start({ draft: create(), file: people('day', 3) });
  const at = await atRest(stopped.id);
  expect(at).toMatchObject({ state: 'failed', failed: 0, unknown: 0 });
  expect(at.reason).toContain('no more requests today');
  await limit(100, 300);
  await bench
    .core()
    .requests.send({ ...create(), method: 'GET', path: '/contacts/?locationId={{locationId}}', body: null });
  await runs().resume(stopped.id);
  expect(await atRest(stopped.id)).toMatchObject({ state: 'done', ok: 3, reason: null });
});

test('what a file lacks is named before anything is sent', async () => {
  const draft = create({ path: '/contacts/{contactId}/{{part}}' });
  const start = { draft, file: people('x', 1) };
  expect(await runs().preview(start)).toMatchObject({ missing: ['part', 'contactId'] });
  expect((await runs().preview(start)).first[0]?.problem).toContain('{{part}}');
  await expect(runs().start(start)).rejects.toMatchObject({ code: 'bad_input' });
  await expect(runs().start(start)).rejects.toThrow('{{part}}, {{contactId}}');
  for (const [text, sentence] of [
    ['a,b\n1,2,3', 'line 2'],
    ['a,a\n1,2', 'two columns named "a"'],
    ['a,\n1,2', 'Column 2'],
    ['a,b\n', 'holds no rows'],
    ['a,b\n"1,2', 'quotation mark'],
  ] as const) {
    await expect(readRows({ name: 'x.csv', text, format: null })).rejects.toThrow(sentence);
  }
  await expect(readRows({ name: 'x.ndjson', text: '{"a":1}\n[1]', format: null })).rejects.toThrow('Line 2');
  const read = await readRows({
    name: 'x.txt',
    text: '{"id":9007199254740993,"tags":["a"],"none":null}\n\n{"id":2}',
    format: null,
  });
  expect(read).toEqual({
    format: 'ndjson',
    columns: ['id', 'tags', 'none'],
    rows: [{ id: '9007199254740993', tags: '["a"]', none: '' }, { id: '2' }],
  });
});
