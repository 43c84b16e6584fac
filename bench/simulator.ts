/** The simulator under load, beside a bare server that answers the same bytes; its memory; how fast it starts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startProgram } from './processes.ts';
import type { Program } from './processes.ts';
import type { SimulatorReady } from './simulator-server.ts';
import { median, perSecond } from './table.ts';
import type { Line } from './table.ts';

const RUNS = 7;
const RUN_MS = 2000;
const WARM_UP_MS = 1000;
const CONNECTIONS = 32;
const CALLS = 100_000;

const RATE_BAR = 3000;
const HEAP_BAR_MB = 5;
const START_BAR_MS = 1000;

type Load = { readonly answered: number; readonly refused: number; readonly ms: number };

export async function benchSimulator(): Promise<Line[]> {
  const simulator = await startProgram('simulator-server', []);
  const bare = await startProgram('same-bytes-server', []);
  const generator = await startProgram('api-load', []);
  // Both ends of the channel are files of this folder.
  const ready = simulator.ready as SimulatorReady;
  const families = {
    'contacts (reads, lists of 20, searches, changes)': await contactRequests(generator, ready),
    'lists of a family without code of its own': agentRequests(ready),
  };
  const lines: Line[] = [];
  for (const [family, requests] of Object.entries(families)) {
    const { answers } = await generator.ask<{ answers: string[] }>({
      kind: 'sample',
      port: ready.port,
      requests,
    });
    const pairs = requests.map((request, index) => [request, answers[index] ?? '']);
    await bare.ask({ kind: 'answers', answers: pairs });
    lines.push(await rateLine(family, requests, generator, simulator, bare));
  }
  lines.push(await memoryLine(Object.values(families).flat(), generator, simulator));
  await Promise.all([generator.stop(), simulator.stop(), bare.stop()]);
  lines.push(await startLine());
  return lines;
}

async function rateLine(
  family: string,
  requests: readonly string[],
  generator: Program,
  simulator: Program,
  bare: Program,
): Promise<Line> {
  const measured: number[] = [];
  const yardstick: number[] = [];
  for (const { ready } of [bare, simulator]) await rateOf(generator, ready.port, requests, WARM_UP_MS);
  for (let run = 0; run < RUNS; run += 1) {
    yardstick.push(await rateOf(generator, bare.ready.port, requests, RUN_MS));
    measured.push(await rateOf(generator, simulator.ready.port, requests, RUN_MS));
    console.log(
      `${family}, run ${run + 1}: bare ${perSecond(yardstick.at(-1) ?? 0)}, simulator ${perSecond(measured.at(-1) ?? 0)}`,
    );
  }
  return {
    what: `simulator, ${family}, ${CONNECTIONS} connections`,
    measured: perSecond(median(measured)),
    yardstick: `bare node:http, same answers ${perSecond(median(yardstick))}`,
    bar: `>= ${perSecond(RATE_BAR)}`,
    met: median(measured) >= RATE_BAR,
  };
}

async function rateOf(
  generator: Program,
  port: number,
  requests: readonly string[],
  ms: number,
): Promise<number> {
  const load = await generator.ask<Load>({ kind: 'run', port, requests, connections: CONNECTIONS, ms });
  if (load.refused > 0) throw new Error(`${load.refused} of the requests were refused.`);
  return (load.answered / load.ms) * 1000;
}

/** The heap after a full collection, before and after many calls. */
async function memoryLine(
  requests: readonly string[],
  generator: Program,
  simulator: Program,
): Promise<Line> {
  const heap = async (): Promise<number> => {
    const answer = await simulator.ask<{ heap: number }>({ kind: 'memory' });
    return answer.heap / 1024 / 1024;
  };
  const before = await heap();
  const { port } = simulator.ready;
  await generator.ask<Load>({ kind: 'run', port, requests, connections: CONNECTIONS, count: CALLS });
  const after = await heap();
  return {
    what: `simulator, growth of its heap over ${CALLS.toLocaleString('en-US')} calls`,
    measured: `${(after - before).toFixed(1)} MiB`,
    yardstick: `heap before ${before.toFixed(1)} MiB`,
    bar: `<= ${HEAP_BAR_MB} MiB`,
    met: after - before <= HEAP_BAR_MB,
  };
}

async function startLine(): Promise<Line> {
  const measured: number[] = [];
  const yardstick: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    yardstick.push(await timeToFirstLine(['-e', 'console.log(1)']));
    measured.push(await timeToFirstLine([entry, '--port', '0']));
  }
  return {
    what: 'simulator, from its start until it listens',
    measured: `${Math.round(median(measured))} ms`,
    yardstick: `node that prints a line ${Math.round(median(yardstick))} ms`,
    bar: `<= ${START_BAR_MS} ms`,
    met: median(measured) <= START_BAR_MS,
  };
}

const entry = new URL('../src/simulator/main.ts', import.meta.url).pathname;

async function timeToFirstLine(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  await once(child.stdout, 'data');
  const ms = performance.now() - start;
  child.kill('SIGTERM');
  await gone;
  return ms;
}

async function contactRequests(generator: Program, ready: SimulatorReady): Promise<string[]> {
  const { locationId, port } = ready;
  const list = request(ready, 'GET', `/contacts/?locationId=${locationId}&limit=20`);
  const { answers } = await generator.ask<{ answers: string[] }>({ kind: 'sample', port, requests: [list] });
  const [answer = ''] = answers;
  const contactId = /"id":"(\w+)"/.exec(answer)?.[1] ?? '';
  const one = request(ready, 'GET', `/contacts/${contactId}`);
  const search = request(ready, 'POST', '/contacts/search', { locationId, page: 1, pageLimit: 20 });
  const change = request(ready, 'PUT', `/contacts/${contactId}`, { city: 'Oslo' });
  return [one, list, one, search, one, list, one, change];
}

function agentRequests(ready: SimulatorReady): string[] {
  const list = request(ready, 'GET', `/voice-ai/agents?locationId=${ready.locationId}`);
  const page = request(ready, 'GET', `/voice-ai/agents?locationId=${ready.locationId}&pageSize=2&page=2`);
  return [list, page];
}

function request({ token }: SimulatorReady, method: string, target: string, body?: unknown): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  return [
    `${method} ${target} HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${token}`,
    'version: 2021-07-28',
    'accept: application/json',
    ...(text === '' ? [] : ['content-type: application/json', `content-length: ${text.length}`]),
    '',
    text,
  ].join('\r\n');
}
