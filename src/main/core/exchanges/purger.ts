/**
 * Removes deleted exchanges for good, a slice at a time: rows first, in a transaction that notes the body files, then the
 * files. Whenever it is interrupted, the next slice or the next start goes on from there. Runs in the capture worker.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { endOfLog } from './capture-schema.ts';
import { transaction } from './care-writer.ts';

export type Purger = {
  /** Removes a few. Returns false when nothing was due at `now`, ms since the epoch. */
  step(now: number): boolean;
  /** When the next deletion is due, ms since the epoch; null when none is. */
  nextDue(): number | null;
};

const ROWS_A_SLICE = 40;

/** Of bodies in the database; a single larger one is at most 256 KiB. */
const BYTES_A_SLICE = 1024 * 1024;

/** What still waits for its answer stays until it has one: who completes it finds it there. */
const DUE = `SELECT d.seq, length(e.body) + coalesce(length(a.body), 0) AS bytes, e.body_file, a.body_file AS answer_file
  FROM deletions s JOIN deleted d ON d.deletion = s.number JOIN exchanges e ON e.seq = d.seq
  LEFT JOIN answers a ON a.seq = e.seq
  WHERE s.until <= ? AND (a.seq IS NOT NULL OR e.purpose IN ('webhook', 'inbound')) LIMIT ${ROWS_A_SLICE}`;

/** `removed` hears after each slice of rows that is gone. */
export function createPurger(db: DatabaseSync, bodies: string, removed: () => void): Purger {
  const due = db.prepare(DUE);
  const remove = ['kept', 'deleted', 'answers', 'exchanges'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE seq = ?`),
  );
  const revise = db.prepare('INSERT INTO revisions (seq) VALUES (?)');
  const doom = db.prepare('INSERT OR IGNORE INTO doomed_files (name) VALUES (?)');
  const doomed = db.prepare(`SELECT name FROM doomed_files LIMIT ${2 * ROWS_A_SLICE}`);
  const filesGone = db.prepare('DELETE FROM doomed_files WHERE name = ?');
  const keepEnd = db.prepare(
    `INSERT INTO meta SELECT 'end_seq', CAST(seq AS TEXT) FROM (${endOfLog()}) WHERE true
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  const forget = db.prepare(
    'DELETE FROM deletions WHERE until <= ? AND NOT EXISTS (SELECT 1 FROM deleted WHERE deletion = number)',
  );
  const next = db.prepare('SELECT min(until) AS until FROM deletions');

  /** The names are forgotten only when the files are gone. */
  const removeFiles = (): boolean => {
    const names = doomed.all().map(({ name }) => String(name));
    if (names.length === 0) return false;
    for (const name of names) rmSync(join(bodies, name), { force: true });
    transaction(db, () => names.forEach((name) => filesGone.run(name)));
    return true;
  };

  const removeRows = (now: number): boolean => {
    const rows = due.all(now);
    if (rows.length === 0) return false;
    transaction(db, () => {
      keepEnd.run();
      let bytes = 0;
      for (const row of rows) {
        const { seq = null } = row;
        for (const name of [row['body_file'], row['answer_file']])
          if (typeof name === 'string') doom.run(name);
        for (const statement of remove) statement.run(seq);
        revise.run(seq);
        bytes += Number(row['bytes'] ?? 0);
        if (bytes > BYTES_A_SLICE) break;
      }
      forget.run(now);
    });
    removed();
    return true;
  };

  return {
    step: (now) => removeFiles() || removeRows(now),
    nextDue() {
      const until = next.get()?.['until'];
      return typeof until === 'number' ? until : null;
    },
  };
}

/** A body that was never whole when the last owner ended belongs to nothing that was acknowledged. */
export function removePartialFiles(bodies: string): void {
  for (const name of readdirSync(bodies)) {
    if (name.endsWith('.part')) rmSync(join(bodies, name), { force: true });
  }
}
