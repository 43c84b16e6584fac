/** How long a start takes with a full data folder, beside one with an empty one. */
import { rm } from 'node:fs/promises';
import { build, emptyFolder, startCompanion } from './companion.ts';
import { EXCHANGES, TOKENS, hundredThousand } from './hundred-thousand.ts';
import { median } from './table.ts';
import type { Line } from './table.ts';

const RUNS = 9;
const BAR = 1.2;

export async function benchStart(): Promise<Line[]> {
  build();
  const full = await hundredThousand();
  const empty = await emptyFolder();
  // Once before it counts: an empty folder gets its databases then, and both are read from the same cache.
  for (const folder of [empty, full]) await startOf(folder);
  const measured: number[] = [];
  const yardstick: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    yardstick.push(await startOf(empty));
    measured.push(await startOf(full));
    console.log(
      `run ${run + 1}: empty ${Math.round(yardstick.at(-1) ?? 0)} ms, full ${Math.round(measured.at(-1) ?? 0)} ms`,
    );
  }
  await rm(empty, { recursive: true });
  const ratio = median(measured) / median(yardstick);
  return [
    {
      what: `start until it serves, ${EXCHANGES.toLocaleString('en-US')} exchanges and ${TOKENS} tokens`,
      measured: `${ratio.toFixed(2)} (${Math.round(median(measured))} ms)`,
      yardstick: `an empty profile ${Math.round(median(yardstick))} ms`,
      bar: `<= ${BAR}`,
      met: ratio <= BAR,
    },
  ];
}

async function startOf(dataDir: string): Promise<number> {
  const companion = await startCompanion(dataDir);
  await companion.stop();
  return companion.startedIn;
}
