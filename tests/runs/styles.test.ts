import { afterAll, beforeAll, expect, test } from 'vitest';
import { lists } from './lists.ts';
import { allRows, createRunBench, idsOf, settled, type RunBench } from './support.ts';

let bench: RunBench;
beforeAll(async () => {
  bench = await createRunBench({ rateLimits: { burst: 10_000, intervalMs: 10_000, daily: 200_000 } });
});
afterAll(() => bench.dispose());

test.for(lists)('a list of $name is read to its end, every row once', async (list) => {
  const core = bench.core();
  const whole = await bench.whole(list);
  const draft = { ...list.draft(bench.facts), profileId: bench.profileId };
  const found = { style: list.style, sizeField: list.size };
  expect(await core.runs.detect(draft)).toMatchObject({ paging: found, from: 'operation' });
  const pageSize = list.page ?? 2;
  const first = await core.runs.look({ draft, pageSize });
  expect(first).toMatchObject({ problem: null, paging: found });
  expect(first.lists.find(({ path }) => path === first.rowsPath)?.rows).toBe(pageSize);
  expect(first.next).not.toBeNull();
  const { id } = await core.runs.start({ draft, pageSize });
  const run = await settled(core, id);
  expect(run).toMatchObject({ state: 'done', reason: null, rows: whole.length });
  expect(run.pages).toBeGreaterThan(2);
  expect(idsOf(await allRows(core, id))).toEqual(idsOf(whole));
});
