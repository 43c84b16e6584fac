/** `kill -9` under load: nothing that was acknowledged may be missing, and what is stored is what was sent. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExchangeId } from '../src/shared/model/ids.ts';
import { openStore } from './open-store.ts';
import { startProgram } from './processes.ts';
import type { Line } from './table.ts';
import { webhookBody } from './webhook-bodies.ts';

const TRIALS = 50;
const CONNECTIONS = 32;
const PREPARED = 6000;
/** One body in so many is large enough to live in a file of its own. */
const LARGE_EVERY = 40;

type Load = { readonly acknowledged: readonly number[]; readonly sent: number };

export async function benchKill(): Promise<Line[]> {
  let acknowledged = 0;
  let missing = 0;
  let stored = 0;
  let different = 0;
  const generator = await startProgram('load-generator', []);
  await generator.ask({ kind: 'prepare', count: PREPARED, largeEvery: LARGE_EVERY });
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const dataDir = await mkdtemp(join(tmpdir(), 'companion-kill-'));
    const server = await startProgram('ingest-server', [dataDir]);
    const load = generator.ask<Load>({
      kind: 'run',
      port: server.ready.port,
      connections: CONNECTIONS,
      ms: 60_000,
      rewind: true,
    });
    const gone = once(server.process, 'exit');
    // Somewhere in the load, at a different point each time: the end of a wait is not what is awaited here.
    setTimeout(() => server.process.kill('SIGKILL'), randomInt(50, 450));
    await gone;
    const { acknowledged: numbers, sent } = await load;
    if (sent > PREPARED) throw new Error('The load ran out of fresh webhooks before the kill.');
    const found = await compare(dataDir);
    acknowledged += numbers.length;
    missing += numbers.filter((number) => !found.numbers.has(number)).length;
    stored += found.numbers.size;
    different += found.different;
    await rm(dataDir, { recursive: true });
  }
  await generator.stop();
  return [
    {
      what: `acknowledged webhooks missing after kill -9, ${TRIALS} trials under load`,
      measured: String(missing),
      yardstick: `${acknowledged.toLocaleString('en-US')} acknowledged`,
      bar: '0',
      met: missing === 0 && acknowledged > 0,
    },
    {
      what: 'stored bodies that differ from what was sent',
      measured: String(different),
      yardstick: `${stored.toLocaleString('en-US')} stored`,
      bar: '0',
      met: different === 0 && stored > 0,
    },
  ];
}

/** Opens the folder as the next start would, and looks at every body in it. */
async function compare(dataDir: string): Promise<{ numbers: Set<number>; different: number }> {
  const store = await openStore(dataDir);
  const numbers = new Set<number>();
  let different = 0;
  let after = 0;
  for (;;) {
    const page = await store.page({ after, limit: 1000 });
    const bodies = await Promise.all(
      page.items.map(({ id, requestBytes }) => wholeBody(store, id, requestBytes)),
    );
    for (const [index, { seq, url, requestBytes }] of page.items.entries()) {
      const number = Number(new URLSearchParams(url.split('?')[1]).get('number'));
      numbers.add(number);
      const body = bodies[index];
      if (body === undefined || !webhookBody(number, requestBytes).equals(body)) different += 1;
      after = seq;
    }
    if (!page.more) break;
  }
  await store.dispose();
  return { numbers, different };
}

async function wholeBody(
  store: Awaited<ReturnType<typeof openStore>>,
  id: ExchangeId,
  bytes: number,
): Promise<Uint8Array> {
  return (await store.body(id, 'request', 0, bytes)).bytes;
}
