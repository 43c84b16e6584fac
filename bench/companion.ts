/** The companion as it is built, `hlc serve` in a process of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..');

type ServeLine = { readonly ui: string; readonly ingress: string; readonly webhookPath: string };

export type Companion = ServeLine & {
  /** ms from its start to the line that says where it is served. */
  readonly startedIn: number;
  /** MiB of memory that the process holds. */
  memory(): number;
  stop(): Promise<void>;
};

/** Builds the product where a source is younger than its build. */
export function build(): void {
  execFileSync(process.execPath, [join(root, 'scripts/build-if-needed.mjs')], { stdio: 'inherit' });
}

export const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'companion-window-'));

/** Every listener on a free port. */
export async function startCompanion(dataDir: string): Promise<Companion> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      join(root, 'out/main/cli.js'),
      'serve',
      '--no-open',
      '--json',
      '--port=0',
      '--ingress-port=0',
      `--data-dir=${dataDir}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(child, 'exit');
  const { value: line } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const startedIn = performance.now() - start;
  if (line === undefined) throw new Error('hlc serve ended without a line.');
  const { pid } = child;
  if (pid === undefined) throw new Error('hlc serve has no process.');
  return {
    // What `hlc serve --json` prints.
    ...(JSON.parse(line) as ServeLine),
    startedIn,
    memory: () => residentMemory(pid),
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function residentMemory(pid: number): number {
  const kib =
    process.platform === 'linux'
      ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kib) / 1024;
}
