import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RequestWait } from '../../src/shared/model/request.ts';
import type { RunId } from '../../src/shared/model/run.ts';
import { allRows, createRunBench, idsOf, settled, type RunBench } from './support.ts';

let bench: RunBench;
beforeAll(async () => {
  bench = await createRunBench();
});
afterAll(() => bench.dispose());

/** Of the simulator, from its next request on. */
async function limit(burst: number, intervalMs: number, daily = 200_000): Promise<void> {
  await fetch(`${bench.simulator.url}/_simulator/rate-limits`, {
    method: 'PUT',
    body: JSON.stringify({ burst, intervalMs, daily }),
    headers: { 'Content-Type': 'application/json' },
  });
}

/** Calls the companion does not know of, until one is refused. */
async function useUp(): Promise<void> {
  const { tokens } = bench.core();
  const token = tokens.list().find(({ locationId }) => locationId === bench.facts.locationId);
  if (token === undefined) throw new Error('There is no token.');
  const Authorization = `Bearer ${await tokens.reveal(token.id)}`;
  const url = `${bench.simulator.url}/contacts/?locationId=${bench.facts.locationId}`;
  let status = 200;
  while (status === 200) {
    const answer = await fetch(url, { headers: { Authorization, Version: '2021-07-28' } });
    ({ status } = answer);
  }
  expect(status).toBe(429);
}

const contacts = () => ({
  profileId: bench.profileId,
  method: 'GET',
  path: '/contacts/',
  query: [{ name: 'locationId', value: bench.facts.locationId }],
  locationId: bench.facts.locationId,
});
const statuses = async (after: number) => {
  const { items } = await bench.core().exchanges.page({ purposes: ['api'], after, limit: 1000 });
  return items.map(({ status }) => status);
};
const exported = async (id: RunId, format: 'ndjson' | 'csv' | 'json') => {
  let text = '';
  for await (const piece of bench.core().runs.export(id, format)) text += piece;
  return text;
};

test('several runs on one sub-account, and calls beside them, never go over its limit', async () => {
  await limit(5, 300);
  const { runs, requests, exchanges, rateMeters } = bench.core();
  const meter = () => rateMeters.list().find(({ resource }) => resource === bench.facts.locationId);
  // The answer tells the new limit.
  await requests.send(contacts());
  const left = meter()?.dailyRemaining ?? 0;
  const after = exchanges.tick().endSeq;
  const started = await Promise.all([1, 2, 3].map(() => runs.start({ draft: contacts(), pageSize: 2 })));
  // One that is not paced itself is counted all the same.
  await requests.send(contacts());
  for (const { id } of started) expect(await settled(bench.core(), id)).toMatchObject({ state: 'done' });
  const all = await statuses(after);
  expect(all.length).toBeGreaterThan(20);
  // Of all calls at most the one that did not ask may have been too much.
  const refused = all.filter((status) => status === 429).length;
  expect(refused).toBeLessThan(2);
  expect(meter()).toMatchObject({ client: bench.profileId, max: 5, intervalMs: 300, dailyLimit: 200_000 });
  expect(meter()?.dailyRemaining).toBe(left - all.length + refused);
});

test('a 429, since others have used up the limit, is waited out', async () => {
  const { runs, exchanges } = bench.core();
  await limit(3, 2000);
  const after = exchanges.tick().endSeq;
  await useUp();
  const waited = vi.fn();
  const stop = runs.onChange(() => {
    if (runs.list()[0]?.waitingUntil !== null) waited();
  });
  const { id } = await runs.start({ draft: contacts(), pageSize: 100 });
  expect(await settled(bench.core(), id)).toMatchObject({ state: 'done' });
  stop();
  expect(waited).toHaveBeenCalled();
  expect((await statuses(after)).slice(0, 2)).toEqual([429, 200]);
});

test('a call that is to be tried again waits as long as HighLevel asks, seen by its sender, and can be cancelled', async () => {
  const { requests, requestWaits, exchanges } = bench.core();
  await limit(3, 2000);
  await useUp();
  const after = exchanges.tick().endSeq;
  const draft = { ...contacts(), settings: { retryOn429: true } };
  const callId = randomUUID();
  const seen: RequestWait[] = [];
  const stop = requestWaits.onChange(() => seen.push(...requestWaits.list()));
  const result = await requests.send(draft, { callId });
  expect(result).toMatchObject({ status: 200, attempts: 2 });
  expect(seen).toEqual([expect.objectContaining({ callId, attempt: 2, attempts: 5 })]);
  expect(await statuses(after)).toEqual([429, 200]);

  await useUp();
  const controller = new AbortController();
  const cancelled = requests.send(draft, { callId, signal: controller.signal });
  await vi.waitFor(() => expect(requestWaits.list()).toHaveLength(1));
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(requestWaits.list()).toEqual([]);
  expect((await requests.send(contacts())).attempts).toBe(1);
  stop();
});

test('a day without calls left stops a run and says so; it goes on where it was', async () => {
  const { runs } = bench.core();
  await limit(100, 300, 1);
  const { id } = await runs.start({ draft: contacts(), pageSize: 2 });
  const stopped = await settled(bench.core(), id);
  expect(stopped).toMatchObject({ state: 'failed' });
  expect(stopped.reason).toContain('no more requests today');
  await limit(100, 300);
  await bench.core().requests.send(contacts());
  await runs.resume(id);
  expect(await settled(bench.core(), id)).toMatchObject({ state: 'done', reason: null });
});

test('rows are exported as NDJSON, JSON and CSV', async () => {
  const { id } = await bench.core().runs.start({ draft: contacts(), pageSize: 3 });
  const { rows } = await settled(bench.core(), id);
  const kept = await allRows(bench.core(), id);
  expect(rows).toBeGreaterThan(3);
  const ndjson = (await exported(id, 'ndjson')).trimEnd().split('\n');
  expect(ndjson.map((line) => JSON.parse(line) as unknown)).toEqual(kept);
  expect(JSON.parse(await exported(id, 'json'))).toEqual(kept);
  const csv = await exported(id, 'csv');
  expect(csv.split('\n')[0]?.split(',')).toEqual(
    expect.arrayContaining(['id', 'locationId', 'email', 'tags', 'dateAdded']),
  );
  for (const one of idsOf(kept)) expect(csv).toContain(one);
});

test('a run is paused between pages, resumed, cancelled and removed', async () => {
  const { runs } = bench.core();
  const { id } = await runs.start({ draft: contacts(), pageSize: 2 });
  const paused = await runs.pause(id);
  expect(paused).toMatchObject({ state: 'paused', reason: null });
  expect(paused.rows).toBe(paused.pages * 2);
  // Asked for twice, it goes on once.
  const { exchanges } = bench.core();
  const after = exchanges.tick().endSeq;
  await Promise.all([runs.resume(id), runs.resume(id)]);
  const done = await settled(bench.core(), id);
  expect(done).toMatchObject({ state: 'done' });
  const { items } = await exchanges.page({ purposes: ['api'], after, limit: 100 });
  expect(items).toHaveLength(done.pages - paused.pages);
  await expect(runs.resume(id)).rejects.toMatchObject({ code: 'conflict' });

  const other = await runs.start({ draft: contacts(), pageSize: 2 });
  await runs.pause(other.id);
  expect(await runs.cancel(other.id)).toMatchObject({ state: 'cancelled' });
  await expect(runs.resume(other.id)).rejects.toMatchObject({ code: 'conflict' });
  await runs.remove(other.id);
  await expect(runs.rows(other.id, 0, 1)).rejects.toMatchObject({ code: 'not_found' });
  expect(runs.list().map((run) => run.id)).not.toContain(other.id);
});

test('what is no list, what does not page and what fails is said', async () => {
  const { runs } = bench.core();
  const location = { ...contacts(), path: `/locations/${bench.facts.locationId}`, query: [] };
  const none = await runs.start({ draft: location });
  expect((await settled(bench.core(), none.id)).reason).toContain('holds no list');

  // The developer's own choice counts: a page of the size that the request itself names, by its number alone.
  const { knowledgeBaseId, locationId } = bench.facts;
  const crawler = { ...contacts(), path: '/knowledge-bases/crawler', locationId };
  crawler.query = Object.entries({ knowledgeBaseId, locationId, pageLength: '2' }).map(([name, value]) => ({
    name,
    value,
  }));
  const numbered = await runs.start({
    draft: crawler,
    paging: { style: 'page', place: 'query', sizeField: null },
  });
  expect(await settled(bench.core(), numbered.id)).toMatchObject({ state: 'done', rows: 5, repeated: 0 });

  const wrong = await runs.start({
    draft: contacts(),
    paging: { style: 'offset', place: 'query', sizeField: 'limit' },
    pageSize: 2,
  });
  expect(await settled(bench.core(), wrong.id)).toMatchObject({ state: 'failed' });

  bench.simulator.setFaults([{ path: '/contacts', kind: { type: 'status', status: 500 }, count: 1 }]);
  const broken = await runs.start({ draft: contacts() });
  expect(await settled(bench.core(), broken.id)).toMatchObject({ state: 'failed', rows: 0 });
  await runs.resume(broken.id);
  expect(await settled(bench.core(), broken.id)).toMatchObject({ state: 'done' });

  const token = bench.core().tokens.list()[0];
  if (token === undefined) throw new Error('There is no token.');
  const secret = await bench.core().tokens.reveal(token.id);
  const draft = { ...contacts(), headers: [{ name: 'X-Secret', value: secret }] };
  await expect(runs.start({ draft })).rejects.toMatchObject({ code: 'bad_input' });
});
