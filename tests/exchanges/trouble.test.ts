import { readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ExchangeId } from '../../src/shared/model/ids.ts';
import { captureMigrations } from '../../src/main/core/exchanges/capture-schema.ts';
import { createCaptureWriter } from '../../src/main/core/exchanges/capture-writer.ts';
import type { WriteBatch } from '../../src/main/core/exchanges/capture-writer.ts';
import { dataFolder, makeDataFolder } from '../../src/main/core/exchanges/data-folder.ts';
import { storeFailure } from '../../src/main/core/exchanges/database-errors.ts';
import { migrate } from '../../src/main/core/exchanges/migrations.ts';
import { openLog } from '../../src/main/core/exchanges/open-log.ts';
import { createUuidV7 } from '../../src/main/core/exchanges/uuid-v7.ts';
import { apiCall, openStore, tempFolder, webhook } from './support.ts';

/** A folder with one exchange in it, closed. */
async function usedFolder(): Promise<string> {
  const folder = await tempFolder();
  const store = await openStore(folder);
  await store.append(webhook({ type: 'ContactCreate', note: 'needle' }));
  await store.settled();
  await store.dispose();
  return folder;
}

async function refusal(folder: string): Promise<unknown> {
  const log = join(folder, 'exchanges.db');
  const before = await readFile(log);
  const error: unknown = await openStore(folder).then(
    () => null,
    (reason: unknown) => reason,
  );
  // Whatever was there is there still.
  expect((await readFile(log)).equals(before)).toBe(true);
  return error;
}

test('a file that is no database is refused and left alone', async () => {
  const folder = await tempFolder();
  await writeFile(
    join(folder, 'exchanges.db'),
    'this is no database at all, it only has the name of one'.repeat(50),
  );
  expect(await refusal(folder)).toMatchObject({
    code: 'database_corrupt',
    remedy: expect.stringContaining('Move'),
  });
});

test('a damaged log is refused and left alone', async () => {
  const folder = await usedFolder();
  const log = join(folder, 'exchanges.db');
  const bytes = await readFile(log);
  bytes.fill(0xa5, 100, 8192);
  await writeFile(log, bytes);
  expect(await refusal(folder)).toMatchObject({ code: 'database_corrupt' });
});

test('a log that was cut off is refused and left alone', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  await Promise.all(
    Array.from({ length: 300 }, (_, n) => store.append(webhook({ n, text: 'x'.repeat(2000) }))),
  );
  await store.dispose();
  const log = join(folder, 'exchanges.db');
  await truncate(log, (await readFile(log)).length / 2);
  expect(await refusal(folder)).toMatchObject({ code: 'database_corrupt' });
});

test("another program's database is refused and left alone", async () => {
  const folder = await tempFolder();
  const db = new DatabaseSync(join(folder, 'exchanges.db'));
  db.exec('CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)');
  db.close();
  expect(await refusal(folder)).toMatchObject({
    code: 'database_corrupt',
    message: expect.stringContaining('some other program'),
  });
});

test('a log of a newer companion is refused and left alone', async () => {
  const folder = await usedFolder();
  const db = new DatabaseSync(join(folder, 'exchanges.db'));
  db.exec('DROP TABLE answers; PRAGMA user_version = 99');
  db.close();
  expect(await refusal(folder)).toMatchObject({
    code: 'database_newer',
    message: expect.stringContaining('schema 99; this one knows up to'),
  });
});

test('a locked log is refused by name, also while it is in use', async () => {
  const folder = await usedFolder();
  const other = new DatabaseSync(join(folder, 'exchanges.db'));
  onTestFinished(() => {
    if (other.isOpen) other.close();
  });
  other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  await expect(openStore(folder)).rejects.toMatchObject({ code: 'database_locked' });
  other.close();

  const store = await openStore(folder);
  const writer = new DatabaseSync(join(folder, 'exchanges.db'));
  writer.exec('BEGIN IMMEDIATE');
  await expect(store.append(webhook({}))).rejects.toMatchObject({ code: 'database_locked' });
  writer.exec('ROLLBACK');
  writer.close();
  expect((await store.append(webhook({}))).seq).toBe(2);
  expect(store.logged.some(([level]) => level === 'error')).toBe(true);
});

test('a data folder that cannot be made is refused', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'file'), '');
  await expect(openStore(join(folder, 'file', 'data'))).rejects.toMatchObject({
    code: 'data_folder_unusable',
  });
});

test('when the bodies cannot be written, nothing is stored and later captures are', async () => {
  const store = await openStore();
  const bodies = join(store.dataDir, 'bodies');
  await rm(bodies, { recursive: true });
  await writeFile(bodies, 'in the way');
  const large = webhook(Buffer.alloc(300_000, 'x'));
  await expect(store.append(large)).rejects.toMatchObject({ code: 'data_folder_unusable' });
  expect(await store.count({})).toBe(0);
  await rm(bodies);
  makeDataFolder(store.dataDir);
  expect((await store.append(large)).seq).toBe(1);
});

test.skipIf(process.platform !== 'linux')('a full disk under the bodies is reported as such', async () => {
  const store = await openStore();
  const id = '01900000-0000-7000-8000-00000000000b' as ExchangeId;
  // Every write to this device fails as on a full disk.
  await symlink('/dev/full', join(store.dataDir, 'bodies', `${id}.request.part`));
  const large = webhook(Buffer.alloc(300_000, 'x'), { id });
  await expect(store.append(large)).rejects.toMatchObject({ code: 'disk_full' });
  expect(await store.count({})).toBe(0);
  expect((await store.append(large)).seq).toBe(1);
});

function batchOf(bytes: number): WriteBatch {
  const body = new Uint8Array(bytes);
  return {
    rows: [
      {
        capture: [
          [
            createUuidV7(Date.now)(),
            'webhook',
            'inbound',
            1,
            'POST',
            '/',
            null,
            null,
            null,
            null,
            '[]',
            null,
          ],
          [0, bytes, true, null, null],
          null,
        ],
      },
    ],
    bytes: body.buffer,
  };
}

test('a full database rejects the whole batch, loses nothing that was stored, and goes on when there is room', async () => {
  const folder = await tempFolder();
  makeDataFolder(folder);
  const db = openLog(folder);
  const writer = createCaptureWriter(db, dataFolder(folder).bodies);
  onTestFinished(() => writer.close());
  expect(writer.write([batchOf(1000)])).toEqual([1]);
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  db.exec(`PRAGMA max_page_count = ${pages + 2}`);
  let thrown: unknown = null;
  try {
    writer.write([batchOf(1000), batchOf(200_000)]);
  } catch (error) {
    thrown = error;
  }
  expect(storeFailure(thrown)).toMatchObject({ code: 'disk_full' });
  expect(writer.endSeq()).toBe(1);
  db.exec('PRAGMA max_page_count = 100000');
  expect(writer.write([batchOf(1000), batchOf(200_000)])).toEqual([2, 3]);
});

test('an older log is brought to the present schema and keeps what it holds', async () => {
  const folder = await usedFolder();
  const later = [...captureMigrations, "ALTER TABLE exchanges ADD COLUMN label TEXT NOT NULL DEFAULT 'none'"];
  const db = openLog(folder, later);
  expect(db.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: later.length });
  expect(db.prepare('SELECT seq, method, label FROM exchanges').all()).toMatchObject([
    { seq: 1, method: 'POST', label: 'none' },
  ]);
  db.close();
  expect(() => openLog(folder)).toThrow(expect.objectContaining({ code: 'database_newer' }));
});

test('a step that fails leaves the file at the step before', () => {
  const db = new DatabaseSync(':memory:');
  const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (x); INSERT INTO nowhere VALUES (1)'];
  expect(() => migrate(db, steps)).toThrow('nowhere');
  expect(db.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 1 });
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('a', 'b')").all()).toMatchObject([
    { name: 'a' },
  ]);
  db.close();
});

test.for(['missing', 'no database', 'damaged inside', 'of another version', 'of another log'])(
  'a derived database that is %s is built anew',
  async (state) => {
    const folder = await usedFolder();
    const derived = join(folder, 'derived.db');
    if (state === 'missing') await rm(derived);
    if (state === 'no database') await writeFile(derived, 'nothing of the kind'.repeat(100));
    if (state === 'damaged inside') {
      const bytes = await readFile(derived);
      bytes.fill(0xa5, 8192);
      await writeFile(derived, bytes);
    }
    if (state === 'of another version') {
      const db = new DatabaseSync(derived);
      db.exec('PRAGMA user_version = 77');
      db.close();
    }
    if (state === 'of another log') await rename(join(await usedFolder(), 'derived.db'), derived);
    const store = await openStore(folder);
    await store.append(webhook({ type: 'NoteCreate', note: 'needle' }));
    await store.settled();
    await vi.waitFor(async () => {
      expect(await store.count({ eventTypes: ['ContactCreate', 'NoteCreate'] })).toBe(2);
      expect(await store.count({ search: 'needle' })).toBe(2);
    });
    expect(existsSync(derived)).toBe(true);
  },
);

test('a call that was pending when the owner was lost stays findable', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  await store.append(apiCall({ url: 'https://api.example/needle' }));
  await store.dispose();
  const again = await openStore(folder);
  expect(await again.count({ search: 'needle' })).toBe(1);
});

test('a long body that cannot be written is refused with a sentence, and leaves no file behind', async () => {
  const folder = await tempFolder();
  const store = await openStore(folder);
  const id = createUuidV7(Date.now)();
  const { bodies } = dataFolder(folder);
  const given = store.spool(id, 'response');
  await given.write(new Uint8Array(3_000_000));
  await given.discard();
  expect(existsSync(join(bodies, `${id}.response.part`))).toBe(false);

  await rename(bodies, `${bodies}-away`);
  const spool = store.spool(id, 'response');
  for (let piece = 0; piece < 12; piece += 1) await spool.write(new Uint8Array(1_000_000));
  await expect(spool.finish()).rejects.toMatchObject({ code: 'data_folder_unusable' });
  await rename(`${bodies}-away`, bodies);
  await store.dispose();
});
