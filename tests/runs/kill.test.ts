import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Core } from '../../src/main/core/services.ts';
import type { RunStart } from '../../src/shared/model/run.ts';
import { lists } from './lists.ts';
import { allRows, createRunBench, idsOf, settled, type RunBench } from './support.ts';

const program = fileURLToPath(new URL('./programs/hold-after-two-pages.ts', import.meta.url));
const generous = { burst: 10_000, intervalMs: 10_000, daily: 200_000 };

async function openBench(): Promise<RunBench> {
  const bench = await createRunBench({ rateLimits: generous });
  onTestFinished(() => bench.dispose());
  return bench;
}

/** Starts them in a process of its own, which is killed with two pages of each kept and the third under way. */
async function killedAfterTwoPages(bench: RunBench, starts: readonly RunStart[]): Promise<Core> {
  await bench.close();
  const owner = fork(program, [bench.dataDir, JSON.stringify(starts)]);
  onTestFinished(() => void owner.kill('SIGKILL'));
  await once(owner, 'message');
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
  return bench.reopen();
}

test('kill -9 after two pages of each way of paging loses no row and repeats none', async () => {
  const bench = await openBench();
  const wholes = new Map<string, unknown[]>();
  const starts: RunStart[] = [];
  for (const list of lists) {
    const draft = { ...list.draft(bench.facts), profileId: bench.profileId };
    starts.push({ draft, pageSize: list.page ?? 2 });
    wholes.set(JSON.stringify(draft), await bench.whole(list));
  }
  const core = await killedAfterTwoPages(bench, starts);
  const cut = core.runs.list();
  expect(cut).toHaveLength(lists.length);
  for (const { id, state, pages, startedAt, title } of cut) {
    expect({ title, state, pages }).toEqual({ title, state: 'paused', pages: 2 });
    await core.runs.resume(id);
    expect(await settled(core, id)).toMatchObject({ state: 'done', startedAt });
  }
  for (const [index, run] of core.runs.list().toReversed().entries()) {
    const whole = wholes.get(JSON.stringify(starts[index]?.draft)) ?? [];
    expect(run.title).toBe(`${starts[index]?.draft.method} ${starts[index]?.draft.path}`);
    expect(run.rows).toBe(whole.length);
    expect(idsOf(await allRows(core, run.id))).toEqual(idsOf(whole));
  }
});

test('rows of a page that was being written when the kill came are read again', async () => {
  const bench = await openBench();
  const list = lists.find(({ style }) => style === 'startAfterId');
  if (list === undefined) throw new Error('There is no such list.');
  const whole = await bench.whole(list);
  const draft = { ...list.draft(bench.facts), profileId: bench.profileId };
  let core = await killedAfterTwoPages(bench, [{ draft, pageSize: 2 }]);
  const { id } = core.runs.list()[0] ?? {};
  if (id === undefined) throw new Error('The run is gone.');
  await bench.close();
  const rows = join(bench.dataDir, 'runs', id, 'rows.ndjson');
  const kept = await readFile(rows, 'utf8');
  await appendFile(rows, `${JSON.stringify(whole[4])}\n{"id":"half of a r`);
  core = await bench.reopen();
  expect(await allRows(core, id)).toHaveLength(4);
  await core.runs.resume(id);
  expect(await settled(core, id)).toMatchObject({ state: 'done', rows: whole.length, repeated: 0 });
  expect((await readFile(rows, 'utf8')).startsWith(kept)).toBe(true);
  expect(idsOf(await allRows(core, id))).toEqual(idsOf(whole));
});
