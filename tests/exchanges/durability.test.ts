import { execFile, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { makeDataFolder } from '../../src/main/core/exchanges/data-folder.ts';
import { openLog } from '../../src/main/core/exchanges/open-log.ts';
import { openStore, tempFolder, webhook } from './support.ts';

const run = promisify(execFile);
const program = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

test('the log is opened so that a commit returns only when it is on disk', async () => {
  const folder = await tempFolder();
  makeDataFolder(folder);
  const db = openLog(folder);
  onTestFinished(() => db.close());
  expect(db.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
  // 2 is FULL: the write-ahead log is synced with every commit.
  expect(db.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 2 });
});

/** The files synced, and the acknowledgements written, in the order in which the kernel saw them. */
function eventsOf(trace: string): string[] {
  const events: string[] = [];
  const begun = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const thread = /^(\d+)/.exec(line)?.[1] ?? '';
    const acknowledged = /write\(1.*"acknowledged (\d+)/.exec(line)?.[1];
    if (acknowledged !== undefined) events.push(`acknowledged ${acknowledged}`);
    const file = /f(?:data)?sync\(\d+<[^>]*\/([^/>]+)>/.exec(line)?.[1];
    if (file !== undefined && line.includes('unfinished')) begun.set(thread, file);
    else if (file !== undefined && line.endsWith('= 0')) events.push(`synced ${file}`);
    const resumed = begun.get(thread);
    if (/f(?:data)?sync resumed/.test(line) && line.endsWith('= 0') && resumed !== undefined) {
      events.push(`synced ${resumed}`);
    }
  }
  return events;
}

/**
 * No portable call tells what was synced, so the system calls themselves are counted. Where they cannot be (no Linux, no
 * strace), these tests are reported as skipped, and `npm test` says which and why: they never pass unrun.
 */
const traceable = process.platform === 'linux' && spawnSync('strace', ['--version']).status === 0;

test.skipIf(!traceable)('every acknowledged batch was synced before it was acknowledged', async () => {
  const folder = await tempFolder();
  const trace = join(folder, 'trace');
  const count = 40;
  const traced = ['-f', '-y', '-e', 'trace=fsync,fdatasync,write', '-o', trace];
  await run('strace', [...traced, process.execPath, program('append-one-by-one'), folder, String(count)]);
  const events = eventsOf(await readFile(trace, 'utf8'));
  const acknowledged = events.filter((event) => event.startsWith('acknowledged'));
  expect(acknowledged).toEqual(Array.from({ length: count }, (_, index) => `acknowledged ${index + 1}`));
  let synced = 0;
  for (const event of events) {
    if (event === 'synced exchanges.db-wal') synced += 1;
    if (!event.startsWith('acknowledged')) continue;
    expect(synced, `syncs before "${event}"`).toBeGreaterThanOrEqual(1);
    synced = 0;
  }
});

test.skipIf(!traceable)('a body in a file, and its name, are synced before its row', async () => {
  const folder = await tempFolder();
  const trace = join(folder, 'trace');
  const traced = ['-f', '-y', '-e', 'trace=fsync,fdatasync,write', '-o', trace];
  await run('strace', [...traced, process.execPath, program('append-one-by-one'), folder, '1', '300000']);
  const events = eventsOf(await readFile(trace, 'utf8'));
  const file = events.findIndex((event) => /^synced .*\.request\.part$/.test(event));
  const names = events.indexOf('synced bodies');
  const row = events.lastIndexOf('synced exchanges.db-wal', events.indexOf('acknowledged 1'));
  expect(file).toBeGreaterThanOrEqual(0);
  expect(names).toBeGreaterThan(file);
  expect(row).toBeGreaterThan(names);
});

test('a second owner is refused by name, and kill -9 of the first gives the folder free', async () => {
  const folder = await tempFolder();
  const owner = fork(program('hold-folder'), [folder]);
  onTestFinished(() => void owner.kill('SIGKILL'));
  await once(owner, 'message');
  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'owner_exists',
    message: 'Another companion has this data folder open.',
  });
  await writeFile(join(folder, 'run', 'owner.json'), JSON.stringify({ pid: owner.pid, socket: '/x' }));
  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'owner_exists',
    message: `Another companion (process ${owner.pid}) has this data folder open.`,
  });
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
  const store = await openStore(folder);
  expect((await store.append(webhook({}))).seq).toBe(1);
});

test('a second owner in the same process is refused as well', async () => {
  const folder = await tempFolder();
  await openStore(folder);
  await expect(openStore(folder)).rejects.toMatchObject({ code: 'owner_exists' });
});

test('an unreadable owner.json does not hide that there is an owner', async () => {
  const folder = await tempFolder();
  await openStore(folder);
  await mkdir(join(folder, 'run'), { recursive: true });
  await writeFile(join(folder, 'run', 'owner.json'), '{');
  await expect(openStore(folder)).rejects.toMatchObject({ code: 'owner_exists' });
});
