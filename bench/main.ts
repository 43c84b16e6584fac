/**
 * Measures what the project promises in numbers, each beside its yardstick in the same run.
 *
 * `node bench/main.ts` runs everything; `node bench/main.ts ingest kill` runs the sections named.
 */
import { availableParallelism, cpus } from 'node:os';
import { benchCatalogue } from './catalogue.ts';
import { benchBigAnswer } from './big-answer.ts';
import { benchForward } from './forward.ts';
import { removeHundredThousand } from './hundred-thousand.ts';
import { benchIngest } from './ingest.ts';
import { benchKill } from './kill.ts';
import { benchMemory } from './memory.ts';
import { benchPainted } from './painted.ts';
import { benchRefresh } from './refresh.ts';
import { benchRequests } from './requests.ts';
import { benchScrolling } from './scrolling.ts';
import { benchSearch } from './search.ts';
import { benchSimulator } from './simulator.ts';
import { benchStart } from './start.ts';
import { printTable } from './table.ts';
import type { Line } from './table.ts';

const sections: Readonly<Record<string, () => Promise<Line[]>>> = {
  ingest: benchIngest,
  forward: benchForward,
  kill: benchKill,
  painted: benchPainted,
  scrolling: benchScrolling,
  search: benchSearch,
  catalogue: benchCatalogue,
  start: benchStart,
  memory: benchMemory,
  refresh: benchRefresh,
  requests: benchRequests,
  answer: benchBigAnswer,
  simulator: benchSimulator,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in sections));
if (unknown.length > 0) {
  console.error(
    `There is no section ${unknown.join(', ')}. The sections are: ${Object.keys(sections).join(', ')}.`,
  );
  process.exit(2);
}

const lines: Line[] = [];
try {
  for (const [name, section] of Object.entries(sections)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`${name} …`);
    lines.push(...(await section()));
  }
} finally {
  await removeHundredThousand();
}
const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${process.platform}, Node ${process.version}`;
printTable(`HighLevel Companion bench (${machine})`, lines);
if (lines.some((line) => !line.met)) process.exitCode = 1;
