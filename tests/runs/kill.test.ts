import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { RunStart } from '../../src/shared/model/run.ts';
import { lists } from './lists.ts';
import { allRows, createRunBench, idsOf, settled, type RunBench } from './support.ts';

const program = fileURLToPath(new URL('./programs/hold-after-two-pages.ts', import.meta.url));

/** Starts them in a process of its own, which is killed with two pages of each kept and the third under way. */
async function killAfterTwoPages(bench: RunBench, starts: readonly RunStart[]): Promise<void> {
  await bench.close();
  const owner = fork(program, [bench.dataDir, JSON.stringify(starts)]);
  onTestFinished(() => void owner.kill('SIGKILL'));
  await once(owner, 'message');
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
}

test('each way of paging is found out and read to its end; kill -9 after two pages loses no row and repeats none', async () => {
  const bench = await createRunBench({ rateLimits: { burst: 10_000, intervalMs: 10_000, daily: 200_000 } });
  onTestFinished(() => bench.dispose());
  const wholes = new Map<string, unknown[]>();
  const starts: RunStart[] = [];
  for (const list of lists) {
    const draft = { ...list.draft(bench.facts), profileId: bench.profileId };
    const pageSize = list.page ?? 2;
    const { runs } = bench.core();
    const { name, style, size: sizeField } = list;
    const first = await runs.look({ draft, pageSize });
    const found = { name, ...(await runs.detect(draft)), problem: first.problem };
    const rows = first.lists.find(({ path }) => path === first.rowsPath)?.rows;
    expect({ ...found, first: first.paging, rows, isLast: first.next === null }).toMatchObject({
      name,
      paging: { style, sizeField },
      from: 'operation',
      problem: null,
      first: { style, sizeField },
      rows: pageSize,
      isLast: false,
    });
    starts.push({ draft, pageSize });
    wholes.set(JSON.stringify(draft), await bench.whole(list));
  }
  await killAfterTwoPages(bench, starts);
  // As when the kill comes while the rows of the third page are written.
  const kept = new Map<string, string>();
  for (const id of await readdir(join(bench.dataDir, 'runs'))) {
    const rows = join(bench.dataDir, 'runs', id, 'rows.ndjson');
    kept.set(rows, await readFile(rows, 'utf8'));
    await appendFile(rows, '{"id":"a row that does not count"}\n{"id":"half of a r');
  }

  const core = await bench.reopen();
  const cut = core.runs.list();
  expect(cut).toHaveLength(lists.length);
  for (const { id, state, pages, rows, startedAt, title } of cut) {
    expect({ title, state, pages }).toEqual({ title, state: 'paused', pages: 2 });
    expect(await allRows(core, id)).toHaveLength(rows);
    await core.runs.resume(id);
    const run = await settled(core, id);
    expect(run).toMatchObject({ title, state: 'done', reason: null, startedAt });
    expect(run.pages).toBeGreaterThan(2);
  }
  for (const [index, run] of core.runs.list().toReversed().entries()) {
    const whole = wholes.get(JSON.stringify(starts[index]?.draft)) ?? [];
    expect(run.title).toBe(`${starts[index]?.draft.method} ${starts[index]?.draft.path}`);
    expect(run.rows).toBe(whole.length);
    expect(idsOf(await allRows(core, run.id))).toEqual(idsOf(whole));
  }
  for (const [rows, text] of kept) expect((await readFile(rows, 'utf8')).startsWith(text)).toBe(true);
});
