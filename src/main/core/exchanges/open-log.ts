/** Opens `exchanges.db` for its only writer. Runs in the capture worker. */
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/model/app-error.ts';
import { APPLICATION_ID, captureMigrations } from './capture-schema.ts';
import { dataFolder } from './data-folder.ts';
import { migrate, refuseNewer } from './migrations.ts';
import type { Migrations } from './migrations.ts';

/** Larger pages hold a 2 KB webhook with its headers without waste. */
const PAGE_BYTES = 8192;

/** The log is folded into the database every 32 MiB: rare enough not to be felt, small enough to start quickly. */
const CHECKPOINT_PAGES = (32 * 1024 * 1024) / PAGE_BYTES;

/** How long to wait for another program that has the file locked. */
const LOCK_WAIT_MS = 1500;

/**
 * Opens or creates the log. A file that is corrupt, foreign, newer or locked is refused before anything is written:
 * throws SQLite's own error, or AppError `database_newer` or `database_corrupt`.
 */
export function openLog(dataDir: string, migrations: Migrations = captureMigrations): DatabaseSync {
  const folder = dataFolder(dataDir);
  const existed = existsSync(folder.log);
  const db = new DatabaseSync(folder.log, { timeout: LOCK_WAIT_MS });
  try {
    if (existed) refuseUnfit(db, migrations);
    else db.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = FULL');
    db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.exec(`PRAGMA journal_size_limit = ${2 * CHECKPOINT_PAGES * PAGE_BYTES}`);
    migrate(db, migrations);
    failInterrupted(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Looks before anything is written: foreign, newer and damaged files stay as they are. */
function refuseUnfit(db: DatabaseSync, migrations: Migrations): void {
  const tables = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
  const id = db.prepare('PRAGMA application_id').get()?.['application_id'];
  if (tables !== 0 && id !== APPLICATION_ID) {
    throw new AppError(
      'database_corrupt',
      'The file exchanges.db is a database of some other program. It was left as it is.',
      {
        remedy: 'Move exchanges.db out of the data folder, or choose another data folder.',
      },
    );
  }
  if (tables === 0) return;
  refuseNewer(db, migrations);
  // The newest page of each table is the likeliest to be missing in a file that was cut off.
  db.prepare('SELECT length(headers), length(body) FROM exchanges ORDER BY seq DESC LIMIT 1').get();
  db.prepare('SELECT length(headers), length(body) FROM answers ORDER BY seq DESC LIMIT 1').get();
  db.prepare('SELECT max(id) FROM exchanges').get();
}

/** What was pending when the last owner ended will never be answered; it says so instead of waiting for ever. */
function failInterrupted(db: DatabaseSync): void {
  const pending = db
    .prepare(
      `SELECT seq, received_at FROM exchanges
       WHERE purpose IN ('callback', 'token', 'api', 'forward')
         AND NOT EXISTS (SELECT 1 FROM answers WHERE answers.seq = exchanges.seq)`,
    )
    .all();
  if (pending.length === 0) return;
  const answer = db.prepare(
    `INSERT INTO answers (seq, outcome, error, finished_at, body_bytes, body_sha256, body_complete, headers)
     VALUES (?, 'failed', 'The companion ended before the answer came.', ?, 0, ?, 0, '[]')`,
  );
  const completion = db.prepare('INSERT INTO completions (seq) VALUES (?)');
  db.exec('BEGIN IMMEDIATE');
  for (const { seq = null, received_at: receivedAt = null } of pending) {
    answer.run(seq, receivedAt, hash('sha256', ''));
    completion.run(seq);
  }
  db.exec('COMMIT');
}
