/** Opens `derived.db` with the exchange log beside it, read-only. Runs in the deriving worker. */
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { endOfLog } from './capture-schema.ts';
import { dataFolder } from './data-folder.ts';
import { sqliteCode } from './database-errors.ts';
import { DERIVED_VERSION, derivedSchema } from './derived-schema.ts';
import { schemaVersion } from './migrations.ts';

export type Progress = {
  readonly facts: number;
  readonly search: number;
  readonly completions: number;
  readonly answers: number;
  readonly revisions: number;
};

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const BUSY_MS = 5000;

/** Revisions up to here were followed and are no longer in the log. */
const FOLLOWED = `(SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM log.meta WHERE name = 'followed')`;

/**
 * Opens the derived database, or builds an empty one in its place when it is missing, damaged, of another version or
 * derived from another log: nothing in it is worth more than the time to derive it again.
 */
export function openDerivedDatabase(dataDir: string): DatabaseSync {
  const { derived, log } = dataFolder(dataDir);
  try {
    const db = attach(derived, log);
    if (isCurrent(db)) return db;
    db.close();
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return rebuild(dataDir);
}

/** Throws away what was derived. The log is not touched. */
export function rebuild(dataDir: string): DatabaseSync {
  const { derived, log } = dataFolder(dataDir);
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(derived + suffix, { force: true });
  const db = attach(derived, log);
  db.exec('PRAGMA main.page_size = 8192');
  pragmas(db);
  db.exec(`BEGIN; ${derivedSchema} COMMIT;`);
  db.exec("INSERT INTO progress (log_id) SELECT value FROM log.meta WHERE name = 'log_id'");
  // What is derived from here on is derived from the log as it is now.
  db.exec(
    `UPDATE progress SET revisions = max((SELECT coalesce(max(number), 0) FROM log.revisions), ${FOLLOWED})`,
  );
  return db;
}

/** True when the error says that a database file is damaged; which one is for `isIntact` to find out. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

export function isIntact(db: DatabaseSync): boolean {
  try {
    return db.prepare('PRAGMA main.quick_check(1)').get()?.['quick_check'] === 'ok';
  } catch {
    // Too damaged even to be checked.
    return false;
  }
}

function attach(derived: string, log: string): DatabaseSync {
  const db = new DatabaseSync(derived, { timeout: BUSY_MS });
  try {
    db.prepare('ATTACH ? AS log').run(`${pathToFileURL(log).href}?mode=ro`);
    // The log is read often and in order; its pages stay warm.
    db.exec('PRAGMA log.cache_size = -16384');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function pragmas(db: DatabaseSync): void {
  db.exec('PRAGMA main.journal_mode = WAL');
  // A crash may cost the newest facts, which are derived again; it cannot damage the file.
  db.exec('PRAGMA main.synchronous = NORMAL');
  db.exec('PRAGMA main.cache_size = -32768');
}

function isCurrent(db: DatabaseSync): boolean {
  if (schemaVersion(db) !== DERIVED_VERSION) return false;
  pragmas(db);
  const row = db
    .prepare(
      `SELECT facts <= (${endOfLog('log.')})
         AND revisions >= ${FOLLOWED}
         AND log_id = (SELECT value FROM log.meta WHERE name = 'log_id') AS current FROM progress`,
    )
    .get();
  return row?.['current'] === 1;
}

export function readProgress(db: DatabaseSync): Progress {
  const row = db.prepare('SELECT facts, search, completions, answers, revisions FROM progress').get();
  return {
    facts: Number(row?.['facts'] ?? 0),
    search: Number(row?.['search'] ?? 0),
    completions: Number(row?.['completions'] ?? 0),
    answers: Number(row?.['answers'] ?? 0),
    revisions: Number(row?.['revisions'] ?? 0),
  };
}
