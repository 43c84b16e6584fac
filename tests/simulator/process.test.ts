import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createSimulator } from '../../src/simulator/create-simulator.ts';
import { toRecord } from './receiver.ts';

const entry = fileURLToPath(new URL('../../src/simulator/main.ts', import.meta.url));

function start(...args: string[]) {
  return spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function firstLine(stream: Readable): Promise<Record<string, unknown>> {
  for await (const line of createInterface({ input: stream })) return toRecord(JSON.parse(line));
  throw new Error('the process ended without a line');
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = await once(child, 'exit');
  return code;
}

it('prints one line of JSON once it listens, and ends cleanly on SIGTERM', async () => {
  const child = start(
    '--port',
    '0',
    '--seed',
    '3',
    '--redirect',
    'http://127.0.0.1:1/a',
    '--fault',
    '/x:500',
  );
  const line = await firstLine(child.stdout);
  expect(Object.keys(line)).toEqual([
    'url',
    'clientId',
    'clientSecret',
    'appId',
    'ed25519PublicKey',
    'rsaPublicKey',
  ]);
  const info = toRecord(await (await fetch(`${String(line['url'])}/_simulator/info`)).json());
  expect(info).toMatchObject({ ...line, redirectUrls: ['http://127.0.0.1:1/a'] });
  const ended = exitCode(child);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('ends when the host that forked it goes away', async () => {
  const child = fork(entry, ['--port', '0'], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  if (child.stdout === null) throw new Error('no output');
  await firstLine(child.stdout);
  const ended = exitCode(child);
  child.disconnect();
  expect(await ended).toBe(0);
});

it('says in one sentence that the port is busy', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const child = start('--port', String(port));
  const [code, said] = await Promise.all([exitCode(child), text(child.stderr)]);
  expect(code).toBe(1);
  expect(said).toBe(
    `Port ${port} on 127.0.0.1 is already in use; choose another port, or 0 for any free one.\n`,
  );
  server.close();
});

it.each([
  [['--port', 'many'], '--port must be a whole number from 0 to 65535, not "many".'],
  [['--redirect', 'nowhere'], '--redirect must be an http or https URL, not "nowhere".'],
  [['--fault', '/x:explode'], 'The fault "/x:explode" cannot be used'],
  [['--retry-policy', 'never'], '--retry-policy must be any-failure or only-429, not "never".'],
  [['--wrong'], "Unknown option '--wrong'"],
])('refuses %j with status 2', async (args, message) => {
  const child = start(...args);
  const [code, said] = await Promise.all([exitCode(child), text(child.stderr)]);
  expect(code).toBe(2);
  expect(said).toContain(message);
});

it('prints its usage', async () => {
  const child = start('--help');
  const [code, said] = await Promise.all([exitCode(child), text(child.stdout)]);
  expect(code).toBe(0);
  expect(said).toContain('--fault SPEC');
});

it('runs several at once, the same for the same seed', async () => {
  const simulators = await Promise.all([
    createSimulator({ seed: 1 }),
    createSimulator({ seed: 1 }),
    createSimulator({ seed: 2 }),
  ]);
  const [one, same, other] = simulators;
  expect(new Set(simulators.map(({ url }) => url)).size).toBe(3);
  expect({ ...same?.info(), url: '', installUrl: '' }).toEqual({ ...one?.info(), url: '', installUrl: '' });
  expect(other?.clientId).not.toBe(one?.clientId);
  expect(other?.rsaPublicKey).not.toBe(one?.rsaPublicKey);
  await Promise.all(simulators.map((simulator) => simulator.dispose()));
});
