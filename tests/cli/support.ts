import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { hostEntry } from '../contract/support.ts';

const program = fileURLToPath(hostEntry);

export type Line = Record<string, unknown>;
const line = z.record(z.string(), z.unknown());

export type Result = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON lines. */
  readonly lines: readonly Line[];
};

/** A process of `hlc` that goes on. */
export type Running = {
  readonly pid: number;
  /** Standard error so far. */
  complaint(): string;
  /** The first line of standard output, then the next ones, that fits. Rejects when the process ends first. */
  next(fits?: (line: Line) => boolean): Promise<Line>;
  signal(name: NodeJS.Signals): void;
  /** Ends it and answers its exit code. */
  stop(name?: NodeJS.Signals): Promise<number | null>;
  readonly ended: Promise<number | null>;
};

export type Desk = {
  readonly dataDir: string;
  run(args: readonly string[], options?: { input?: string }): Promise<Result>;
  start(args: readonly string[]): Running;
  /** `hlc serve` on free ports. */
  serve(...args: string[]): Promise<Running & { readonly ui: string; readonly ingress: string }>;
  dispose(): Promise<void>;
};

function environment(dataDir: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    HOME: dataDir,
    HLC_DATA_DIR: dataDir,
    TMPDIR: tmpdir(),
  };
}

/** A data folder and the processes that use it; what still runs is ended with it. */
export async function createDesk(): Promise<Desk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hlc-cli-'));
  const children = new Set<ChildProcess>();

  function spawnHlc(args: readonly string[]) {
    const child = spawn(process.execPath, [program, ...args], { env: environment(dataDir) });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  }

  async function run(args: readonly string[], { input = '' }: { input?: string } = {}): Promise<Result> {
    const child = spawnHlc(args);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.end(input);
    await once(child, 'close');
    const isJson = args.includes('--json') && !args.includes('--help');
    const texts = isJson ? stdout.split('\n').filter((text) => text !== '') : [];
    return { code: child.exitCode, stdout, stderr, lines: texts.map((text) => line.parse(JSON.parse(text))) };
  }

  function start(args: readonly string[]): Running {
    const child = spawnHlc(args);
    child.stdin.end();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = once(child, 'exit').then(() => child.exitCode);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      pid: child.pid ?? 0,
      complaint: () => stderr,
      async next(fits = () => true) {
        for (;;) {
          const { value, done } = await lines.next();
          if (done === true) throw new Error(`hlc ${args.join(' ')} ended before that line: ${stderr}`);
          const parsed = line.parse(JSON.parse(value));
          if (fits(parsed)) return parsed;
        }
      },
      signal: (name) => void child.kill(name),
      async stop(name = 'SIGTERM') {
        if (child.exitCode === null && child.signalCode === null) child.kill(name);
        return await ended;
      },
      ended,
    };
  }

  return {
    dataDir,
    run,
    start,
    async serve(...args) {
      const running = start(['serve', '--port', '0', '--ingress-port', '0', '--no-open', '--json', ...args]);
      const { ui, ingress } = z.object({ ui: z.string(), ingress: z.string() }).parse(await running.next());
      return { ...running, ui, ingress };
    },
    async dispose() {
      await Promise.all(
        [...children].map(async (child) => {
          const exit = once(child, 'exit');
          child.kill('SIGKILL');
          await exit;
        }),
      );
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Does what a developer does in the browser: chooses the first sub-account and allows the install. */
export async function consent(simulatorUrl: string, installUrl: string): Promise<string> {
  const world = z
    .object({ locations: z.array(z.object({ id: z.string() })).min(1) })
    .parse(await (await fetch(`${simulatorUrl}/_simulator/state`)).json());
  const target = new URL(installUrl);
  const form = new URLSearchParams(target.searchParams);
  form.set('target', `location:${world.locations[0]?.id ?? ''}`);
  target.search = '';
  const answer = await fetch(target, { method: 'POST', body: form, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (location === null)
    throw new Error(`the consent page answered ${answer.status}: ${await answer.text()}`);
  return await (await fetch(location)).text();
}
