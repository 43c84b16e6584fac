/** Webhook ingest against a bare echo, in the same run, with the same load. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './processes.ts';
import type { Program } from './processes.ts';
import { median, perSecond } from './table.ts';
import type { Line } from './table.ts';
import { BODY_BYTES } from './webhook-bodies.ts';

const RUNS = 7;
const RUN_MS = 2000;
const WARM_UP_MS = 500;
const CONNECTIONS = 64;
const PREPARED = 20_000;

const COMMITTED_BAR = 0.2;
const VERIFIED_BAR = 0.1;

type Load = { readonly acknowledged: readonly number[]; readonly ms: number };

export async function benchIngest(): Promise<Line[]> {
  const generator = await startProgram('load-generator', []);
  await generator.ask({ kind: 'prepare', count: PREPARED, largeEvery: 0 });
  const echo: number[] = [];
  const committed: number[] = [];
  const verified: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    echo.push(await measureEcho(generator));
    const figures = await measureIngest(generator);
    committed.push(figures.committed);
    verified.push(figures.verified);
    console.log(
      `run ${run + 1}: echo ${perSecond(echo.at(-1) ?? 0)}, committed ${perSecond(figures.committed)}, verified ${perSecond(figures.verified)}`,
    );
  }
  await generator.stop();
  const ratio = (values: readonly number[]): number =>
    median(values.map((value, run) => value / (echo[run] ?? Number.NaN)));
  const line = (what: string, values: readonly number[], bar: number): Line => ({
    what: `${what}, ${BODY_BYTES} B bodies, ${CONNECTIONS} connections`,
    measured: `${ratio(values).toFixed(2)} (${perSecond(median(values))})`,
    yardstick: `bare node:http echo ${perSecond(median(echo))}`,
    bar: `>= ${bar.toFixed(2)}`,
    met: ratio(values) >= bar,
  });
  return [
    line('webhooks committed and synced before the 200', committed, COMMITTED_BAR),
    line('the same until all are verified and classified', verified, VERIFIED_BAR),
  ];
}

async function measureEcho(generator: Program): Promise<number> {
  const server = await startProgram('echo-server', []);
  const { port } = server.ready;
  await generator.ask<Load>({ kind: 'run', port, connections: CONNECTIONS, ms: WARM_UP_MS });
  const load = await generator.ask<Load>({ kind: 'run', port, connections: CONNECTIONS, ms: RUN_MS });
  await server.stop();
  return (load.acknowledged.length / load.ms) * 1000;
}

async function measureIngest(generator: Program): Promise<{ committed: number; verified: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'companion-bench-'));
  const server = await startProgram('ingest-server', [dataDir]);
  const { port } = server.ready;
  const warm = await generator.ask<Load>({ kind: 'run', port, connections: CONNECTIONS, ms: WARM_UP_MS });
  await server.ask({ kind: 'settle' });
  const start = performance.now();
  const load = await generator.ask<Load>({ kind: 'run', port, connections: CONNECTIONS, ms: RUN_MS });
  const { valid } = await server.ask<{ valid: number }>({ kind: 'settle' });
  const settled = performance.now() - start;
  await server.stop();
  await rm(dataDir, { recursive: true });
  const expected = warm.acknowledged.length + load.acknowledged.length;
  if (valid !== expected)
    throw new Error(`${expected} webhooks were acknowledged, but ${valid} are verified.`);
  const count = load.acknowledged.length;
  return { committed: (count / load.ms) * 1000, verified: (count / settled) * 1000 };
}
