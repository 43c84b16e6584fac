/** Search and filters over 100,000 exchanges, beside a scan of the log; and what the index costs at the ingress. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ExchangeStore } from '../src/main/core/exchanges/types.ts';
import type { ExchangePageQuery } from '../src/shared/model/exchange.ts';
import { EXCHANGES, EXCHANGE_BYTES, eventType, hundredThousand, location, word } from './hundred-thousand.ts';
import { openStore } from './open-store.ts';
import { startProgram } from './processes.ts';
import type { Program } from './processes.ts';
import { median, perSecond } from './table.ts';
import type { Line } from './table.ts';
import { BODY_BYTES } from './webhook-bodies.ts';

const ASKED = 15;
const RUNS = 7;
const INDEX_RUNS = 9;
const RUN_MS = 1500;
const WARM_UP_MS = 500;
const CONNECTIONS = 64;

const PAGE = 200;
/** From the most common word to the rarest, and one that occurs nowhere. */
const RANKS = [0, 1, 5, 25, 100, 500, 2000, 3999];
const words = RANKS.map(word);

type Kind = { readonly name: string; readonly barMs: number; readonly queries: readonly ExchangePageQuery[] };

const search = (texts: readonly string[], match: 'word' | 'start' | 'part'): ExchangePageQuery[] =>
  texts.map((text) => ({ terms: [{ text, match }], limit: PAGE }));

const kinds: readonly Kind[] = [
  {
    name: 'a word or a prefix',
    barMs: 10,
    queries: [
      ...search([...words, 'nowherefound'], 'word'),
      ...search([...words.flatMap((text) => [text.slice(0, 3), text.slice(0, 5)]), 'nowhe'], 'start'),
    ],
  },
  {
    name: 'any part of 3 or more characters',
    barMs: 50,
    queries: search(
      [
        ...words.map((text) => text.slice(1, 4)),
        ...words.map((text) => text.slice(1)),
        'ple.c',
        'example.com',
        '+1200069',
        'T09:1',
        'qqq',
      ],
      'part',
    ),
  },
  {
    name: 'event type and sub-account',
    barMs: 10,
    queries: [0, 7, 31, 49].flatMap((number) => [
      { eventTypes: [eventType(number)], locationIds: [location(number)], limit: PAGE },
      { eventTypes: [eventType(number)], limit: PAGE },
      { locationIds: [location(number)], limit: PAGE },
    ]),
  },
];

export async function benchSearch(): Promise<Line[]> {
  const dataDir = await hundredThousand();
  const store = await openStore(dataDir);
  const scan = scanOf(dataDir);
  const lines: Line[] = [];
  for (const kind of kinds) {
    const slowest = await slowestOf(store, kind);
    lines.push({
      what: `search, ${kind.name}: a page of ${PAGE} among ${EXCHANGES.toLocaleString('en-US')} of ${EXCHANGE_BYTES.toLocaleString('en-US')} B, slowest of ${kind.queries.length} queries`,
      measured: `${slowest.ms.toFixed(1)} ms (${slowest.asked})`,
      yardstick: `reading every body ${Math.round(scan)} ms`,
      bar: `<= ${kind.barMs} ms`,
      met: slowest.ms <= kind.barMs,
    });
  }
  await store.dispose();
  lines.push(await indexLine());
  return lines;
}

/** The query with the highest median, each asked several times, as the window asks: the first page, newest first. */
async function slowestOf(store: ExchangeStore, kind: Kind): Promise<{ ms: number; asked: string }> {
  let slowest = { ms: 0, asked: '' };
  for (const query of kind.queries) {
    const took: number[] = [];
    let found = 0;
    for (let time = 0; time < ASKED; time += 1) {
      const start = performance.now();
      const page = await store.page(query);
      took.push(performance.now() - start);
      found = page.items.length;
    }
    const { limit: _limit, terms, ...filter } = query;
    const asked =
      terms?.map(({ text, match }) => `${match} ${text}`).join() ?? Object.keys(filter).join(' + ');
    console.log(`${kind.name}: ${asked} ${median(took).toFixed(1)} ms, ${found} on the page`);
    if (median(took) > slowest.ms) slowest = { ms: median(took), asked };
  }
  return slowest;
}

/** ms, median: looking for a text that occurs nowhere in all stored bodies, without an index. */
function scanOf(dataDir: string): number {
  const db = new DatabaseSync(join(dataDir, 'exchanges.db'), { readOnly: true });
  const statement = db.prepare('SELECT count(*) AS found FROM exchanges WHERE instr(body, ?) > 0');
  const took = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    statement.get(Buffer.from('nowherefound'));
    return performance.now() - start;
  });
  db.close();
  return median(took);
}

type Load = { readonly acknowledged: readonly number[]; readonly ms: number };

async function indexLine(): Promise<Line> {
  const generator = await startProgram('load-generator', []);
  await generator.ask({ kind: 'prepare', count: 20_000, largeEvery: 0 });
  const withIndex: number[] = [];
  const without: number[] = [];
  for (let run = 0; run < INDEX_RUNS; run += 1) {
    // Taking turns at being first, so that neither always has the warmer machine.
    const both = [() => rate(generator, []), () => rate(generator, ['without-index'])] as const;
    if (run % 2 === 0) withIndex.push(await both[0]());
    without.push(await both[1]());
    if (run % 2 === 1) withIndex.push(await both[0]());
    console.log(
      `run ${run + 1}: with the index ${perSecond(withIndex.at(-1) ?? 0)}, without ${perSecond(without.at(-1) ?? 0)}`,
    );
  }
  await generator.stop();
  const cost = 1 - median(withIndex.map((value, run) => value / (without[run] ?? Number.NaN)));
  return {
    what: `search, cost of the index at the ingress, ${BODY_BYTES} B bodies, ${CONNECTIONS} connections`,
    measured: `${(cost * 100).toFixed(1)} % (${perSecond(median(withIndex))})`,
    yardstick: `without it ${perSecond(median(without))}`,
    bar: '<= 10 %',
    met: cost <= 0.1,
  };
}

/** Webhooks a second, committed and synced before the 200. */
async function rate(generator: Program, mode: readonly string[]): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'companion-index-'));
  const server = await startProgram('ingest-server', [dataDir, ...mode]);
  const { port } = server.ready;
  await generator.ask<Load>({ kind: 'run', port, connections: CONNECTIONS, ms: WARM_UP_MS });
  const load = await generator.ask<Load>({ kind: 'run', port, connections: CONNECTIONS, ms: RUN_MS });
  await server.stop();
  await rm(dataDir, { recursive: true });
  return (load.acknowledged.length / load.ms) * 1000;
}
