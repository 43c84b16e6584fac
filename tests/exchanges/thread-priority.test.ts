import { readFile, readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openStore } from './support.ts';

/** The niceness of every thread of this process (proc_pid_stat(5), field 19). */
async function niceness(): Promise<number[]> {
  const threads = await readdir('/proc/self/task');
  const stats = await Promise.all(
    threads.map((thread) => readFile(`/proc/self/task/${thread}/stat`, 'utf8').catch(() => null)),
  );
  return stats.flatMap((stat) =>
    stat === null ? [] : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]),
  );
}

test.skipIf(process.platform !== 'linux')('only the deriving thread gives way to the others', async () => {
  const before = await niceness();
  await openStore();
  const after = await niceness();
  const lowered = (values: readonly number[]): number => values.filter((nice) => nice === 5).length;
  expect(lowered(after) - lowered(before)).toBe(1);
});
