import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import * as z from 'zod';
import { AppError } from '../../../../shared/model/app-error.ts';
import { locateEntries } from '../../node/entries.ts';
import { UsageError } from '../failures.ts';
import {
  collect,
  portNumber,
  sequenceNumber,
  webAddress,
  withCommonOptions,
  type Setting,
} from '../options.ts';
import { stopSignal } from '../stop-signal.ts';

type SimulatorOptions = {
  readonly port?: number;
  readonly redirect?: readonly string[];
  readonly webhook?: string;
  readonly seed?: number;
  readonly fault?: readonly string[];
  readonly state?: string;
};

const started = z
  .object({ url: z.string(), clientId: z.string(), clientSecret: z.string(), appId: z.string() })
  .loose();

export function addSimulator(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('simulator'), 'accepted and not used: the simulator has its own app')
    .description('play HighLevel on this computer: consent page, token endpoint, API, signed webhooks')
    .option('--port <number>', 'port to listen on; 0 for any free one (default: 4402)', portNumber)
    .option('--redirect <url>', 'a redirect URL of the app; may be given several times', collect(webAddress))
    .option('--webhook <url>', "where the app's webhooks go", webAddress)
    .option('--seed <number>', 'the same one makes the same app, keys, ids and data', sequenceNumber)
    .option('--fault <spec>', 'makes calls fail; may be given several times', collect(String))
    .option('--state <file>', 'keeps everything in this file, and starts with what is in it')
    .addHelpText(
      'after',
      `
A fault is [METHOD ]PATH:KIND[:PROBABILITY][xCOUNT]; KIND is a status from 400 to 599, reset, lost, hang, cut, garbage
or delay=MILLISECONDS.

Examples:
  hlc simulator
  hlc simulator --redirect http://localhost:4400/oauth/callback --webhook http://localhost:4400/webhooks --json
  hlc simulator --seed 7 --fault /oauth/token:500x1`,
    )
    .action((options: SimulatorOptions) => simulate(options, setting()));
}

function argumentsOf({ port, redirect = [], webhook, seed, fault = [], state }: SimulatorOptions): string[] {
  return [
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...redirect.flatMap((url) => ['--redirect', url]),
    ...(webhook === undefined ? [] : ['--webhook', webhook]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...fault.flatMap((spec) => ['--fault', spec]),
    ...(state === undefined ? [] : ['--state', state]),
  ];
}

const linesOf = (stream: Readable | null): AsyncIterable<string> =>
  createInterface({ input: stream ?? Readable.from([]) });

/** In the foreground, as a process of its own; it ends with this one, however this one ends. */
async function simulate(options: SimulatorOptions, { hostEntry, output }: Setting): Promise<void> {
  const stop = stopSignal();
  const entry = fileURLToPath(locateEntries(hostEntry).simulator);
  const child = spawn(process.execPath, [entry, ...argumentsOf(options)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  stop.addEventListener('abort', () => child.kill('SIGTERM'));
  let isUp = false;
  const complaints: string[] = [];
  const lines = (async () => {
    for await (const line of linesOf(child.stdout)) {
      const simulator = started.parse(JSON.parse(line));
      isUp = true;
      await output.print(
        simulator,
        () =>
          `The simulator plays HighLevel at ${simulator.url}\nAdd its app with: hlc profiles add --simulator ${simulator.url}`,
      );
    }
  })();
  const logs = (async () => {
    for await (const line of linesOf(child.stderr)) {
      if (isUp) output.say(line);
      else complaints.push(line);
    }
  })();
  await once(child, 'exit');
  await Promise.all([lines, logs]);
  const { exitCode } = child;
  if (exitCode === 0 || stop.aborted) return;
  const sentence = complaints[0] ?? 'The simulator ended by itself.';
  if (exitCode === 2) throw new UsageError(sentence);
  throw new AppError(/port \d+ .*in use/i.test(sentence) ? 'port_busy' : 'simulator_failed', sentence);
}
