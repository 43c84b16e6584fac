import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore, tempFolder } from './support.ts';

const program = fileURLToPath(new URL('./programs/purge.ts', import.meta.url));
const count = 160;

/** Removes until so many bodies are left, then kill -9. Returns how many are left. */
async function killedAt(folder: string, left: number): Promise<number> {
  const bodies = join(folder, 'bodies');
  const owner = fork(program, [folder, String(count)]);
  onTestFinished(() => void owner.kill('SIGKILL'));
  await once(owner, 'message');
  let found = count;
  while (found > left) found = (await readdir(bodies)).length;
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
  return (await readdir(bodies)).length;
}

/** Body files by the rows that name them. */
function namedFiles(folder: string): string[] {
  const db = new DatabaseSync(join(folder, 'exchanges.db'), { readOnly: true });
  const rows = db.prepare('SELECT body_file FROM exchanges WHERE body_file IS NOT NULL').all();
  db.close();
  return rows.map((row) => String(row['body_file']));
}

test.for([count - 1, count - 50, 60, 2])(
  'kill -9 with %i bodies left to remove leaves no row without its body, and the next start removes the rest',
  async (left) => {
    const folder = await tempFolder();
    const bodies = join(folder, 'bodies');
    await killedAt(folder, left);
    expect(namedFiles(folder).filter((name) => !existsSync(join(bodies, name)))).toEqual([]);

    const store = await openStore(folder);
    await vi.waitFor(async () => expect(await readdir(bodies)).toHaveLength(1), 20_000);
    await store.care.emptyDeleted();
    await store.settled();
    const [kept] = (await store.page({})).items;
    expect(await store.count({})).toBe(1);
    expect(await readdir(bodies)).toEqual([`${kept?.id}.request`]);
    expect(namedFiles(folder)).toEqual([`${kept?.id}.request`]);
    expect(store.tick().endSeq).toBe(count);
  },
);
