/** Memory of the companion after 100,000 webhooks, and after 100,000 more. */
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { build, emptyFolder, startCompanion } from './companion.ts';
import { startProgram } from './processes.ts';
import { median } from './table.ts';
import type { Line } from './table.ts';
import { BODY_BYTES } from './webhook-bodies.ts';

const EVENTS = 100_000;
const PREPARED = 20_000;
const CONNECTIONS = 32;
const STRETCH_MS = 1000;
/** Memory is looked at so often, so far apart. */
const LOOKS = 9;
const LOOK_MS = 250;

const GROWTH_BAR_MB = 150;
/** What a heap that is not collected just then may differ by. */
const FLAT_BAR_MB = 15;

type Load = { readonly acknowledged: readonly number[] };

export async function benchMemory(): Promise<Line[]> {
  build();
  const dataDir = await emptyFolder();
  const companion = await startCompanion(dataDir);
  const generator = await startProgram('load-generator', []);
  await generator.ask({ kind: 'prepare', count: PREPARED, largeEvery: 0 });
  const port = Number(new URL(companion.ingress).port);
  const held = async (): Promise<number> => {
    const looks: number[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      await wait(LOOK_MS);
      looks.push(companion.memory());
    }
    return median(looks);
  };
  const send = async (): Promise<number> => {
    for (let sent = 0; sent < EVENTS;) {
      const run = { kind: 'run', port, connections: CONNECTIONS, ms: STRETCH_MS };
      sent += (await generator.ask<Load>(run)).acknowledged.length;
    }
    const after = await held();
    console.log(`after ${EVENTS.toLocaleString('en-US')} more: ${after.toFixed(1)} MiB`);
    return after;
  };
  const idle = await held();
  const first = await send();
  const second = await send();
  await Promise.all([generator.stop(), companion.stop()]);
  await rm(dataDir, { recursive: true });
  const count = EVENTS.toLocaleString('en-US');
  return [
    {
      what: `memory after ${count} webhooks of ${BODY_BYTES} B, above idle`,
      measured: `${(first - idle).toFixed(1)} MiB`,
      yardstick: `idle ${idle.toFixed(1)} MiB`,
      bar: `<= ${GROWTH_BAR_MB} MiB`,
      met: first - idle <= GROWTH_BAR_MB,
    },
    {
      what: `memory after ${count} more, above that`,
      measured: `${(second - first).toFixed(1)} MiB`,
      yardstick: `before them ${first.toFixed(1)} MiB`,
      bar: `<= ${FLAT_BAR_MB} MiB`,
      met: second - first <= FLAT_BAR_MB,
    },
  ];
}
