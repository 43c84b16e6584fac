import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from '@playwright/test';
import * as z from 'zod';

const root = join(import.meta.dirname, '..', '..');

const serveLine = z.object({
  ui: z.string(),
  ingress: z.string(),
  callbackPath: z.string(),
  webhookPath: z.string(),
});

export type Companion = z.infer<typeof serveLine> & {
  readonly dataDir: string;
  /** A new one-time link to the window. */
  link(): Promise<string>;
  /** Ends the program, changes what is to be changed, and starts another over the same data folder. */
  restart(between?: () => Promise<void>): Promise<z.infer<typeof serveLine>>;
  stop(): Promise<void>;
};

/** Starts `hlc` as built, in a process of its own. */
export function spawnHlc(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(root, 'out/main/cli.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Asks a program to end, and waits until it has. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null || child.stderr === null) throw new Error('the program has no pipes');
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`the program ended without a line: ${complaint}`);
}

/** Runs `hlc` as built and answers its standard output. */
export async function hlc(args: readonly string[]): Promise<string> {
  const child = spawnHlc(args);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return output;
}

/** The built companion in a data folder of its own, every listener on a free port. */
export async function startCompanion(): Promise<Companion> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hlc-e2e-'));
  await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ simulatorPort: 0, ingressPort: 0 }));
  const args = ['serve', '--data-dir', dataDir, '--port', '0', '--ingress-port', '0', '--no-open', '--json'];
  let child = spawnHlc(args);
  const line = serveLine.parse(JSON.parse(await firstLine(child)));
  return {
    ...line,
    dataDir,
    async link() {
      const status = z
        .object({ ui: z.string() })
        .parse(JSON.parse(await hlc(['status', '--data-dir', dataDir, '--json'])));
      return status.ui;
    },
    async restart(between) {
      await end(child);
      await between?.();
      child = spawnHlc(args);
      return serveLine.parse(JSON.parse(await firstLine(child)));
    },
    async stop() {
      await end(child);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Each test with a companion of its own, its window open. */
export const test = base.extend<{ companion: Companion }>({
  companion: async ({ page }, use) => {
    const companion = await startCompanion();
    await page.goto(companion.ui);
    await use(companion);
    await companion.stop();
  },
});
