/** What a call through the companion costs over the same call by bare clients, and how many connections it opens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './processes.ts';
import type { CallTimes } from './request-companion.ts';
import type { SimulatorReady } from './simulator-server.ts';
import { median, type Line } from './table.ts';

const ROUNDS = 7;
const PER_ROUND = 100;
const SEQUENTIAL = 200;
const OVERHEAD_BAR_MS = 1;
const GOT_BAR = 2.5;
const CONNECTIONS_BAR = 2;

export async function benchRequests(): Promise<Line[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'companion-requests-'));
  const simulator = await startProgram('simulator-server', []);
  // Its first message, from the program of that name.
  const { port, token, locationId } = simulator.ready as SimulatorReady;
  const companion = await startProgram('request-companion', [
    dataDir,
    `http://127.0.0.1:${port}`,
    token,
    locationId,
  ]);
  const { opened } = await companion.ask<{ opened: number }>({ kind: 'connections', count: SEQUENTIAL });
  const rounds: { added: number; ofGot: number; companion: number; node: number; got: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const times = await companion.ask<CallTimes>({ kind: 'calls', count: PER_ROUND });
    const [through, node, got] = [median(times.companion), median(times.node), median(times.got)];
    // The first round warms up.
    if (round > 0)
      rounds.push({ added: through - node, ofGot: through / got, companion: through, node, got });
  }
  await companion.stop();
  await simulator.stop();
  await rm(dataDir, { recursive: true });

  const of = (name: keyof (typeof rounds)[number]): number => median(rounds.map((round) => round[name]));
  const whole = `${of('companion').toFixed(2)} ms with token, timings and history on disk`;
  return [
    {
      what: `an API call through the companion, added to keep-alive node:http, median of ${ROUNDS} rounds of ${PER_ROUND}`,
      measured: `${of('added').toFixed(2)} ms`,
      yardstick: `node:http ${of('node').toFixed(2)} ms; ${whole}`,
      bar: `<= ${OVERHEAD_BAR_MS} ms`,
      met: of('added') <= OVERHEAD_BAR_MS,
    },
    {
      what: 'the same call as a multiple of bare got',
      measured: of('ofGot').toFixed(2),
      yardstick: `got ${of('got').toFixed(2)} ms`,
      bar: `<= ${GOT_BAR}`,
      met: of('ofGot') <= GOT_BAR,
    },
    {
      what: `connections opened by ${SEQUENTIAL} calls after each other`,
      measured: String(opened),
      yardstick: 'sockets counted in the companion',
      bar: `<= ${CONNECTIONS_BAR}`,
      met: opened > 0 && opened <= CONNECTIONS_BAR,
    },
  ];
}
