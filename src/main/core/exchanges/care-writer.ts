/** Pins, notes, deletions and their undoing, as they are written. Runs in the capture worker. */
import type { DatabaseSync } from 'node:sqlite';
import type { Deletion } from '../../../shared/model/care.ts';
import type { CareQuestions, Touched } from './messages.ts';

export type CareWriter = {
  pin(query: CareQuestions['pin']['query']): Touched;
  note(query: CareQuestions['note']['query']): Touched;
  /** Marks a slice as deleted, in a deletion of its own where no number is given. */
  delete(query: CareQuestions['delete']['query']): { readonly number: number; readonly touched: Touched };
  /** Brings back a slice. */
  restore(number: number): Touched;
  /** From now on nothing that was deleted can be brought back. */
  expire(): void;
  /** Revisions up to here have been followed: they are forgotten. */
  followed(number: number): void;
};

const RESTORED_A_SLICE = 1000;

export function createCareWriter(db: DatabaseSync): CareWriter {
  const pin = db.prepare(
    `INSERT INTO kept (seq, pinned) SELECT seq, 1 FROM exchanges WHERE seq = ?
     ON CONFLICT (seq) DO UPDATE SET pinned = 1 WHERE pinned = 0`,
  );
  const unpin = db.prepare('UPDATE kept SET pinned = 0 WHERE seq = ? AND pinned = 1');
  const note = db.prepare(
    `INSERT INTO kept (seq, pinned, note) SELECT seq, 0, ? FROM exchanges WHERE seq = ?
     ON CONFLICT (seq) DO UPDATE SET note = excluded.note`,
  );
  const tidy = db.prepare('DELETE FROM kept WHERE seq = ? AND pinned = 0 AND note IS NULL');
  const revise = db.prepare('INSERT INTO revisions (seq) VALUES (?)');
  const begin = db.prepare('INSERT INTO deletions (at, until) VALUES (?, ?) RETURNING number');
  const remove = db.prepare(
    `INSERT OR IGNORE INTO deleted (seq, deletion) SELECT seq, ? FROM exchanges WHERE seq = ?
       AND NOT (? AND EXISTS (SELECT 1 FROM kept WHERE kept.seq = exchanges.seq))`,
  );
  const restore = db.prepare(
    `DELETE FROM deleted WHERE seq IN (SELECT seq FROM deleted WHERE deletion = ? LIMIT ${RESTORED_A_SLICE})
       AND EXISTS (SELECT 1 FROM deletions WHERE number = deletion AND until > ?) RETURNING seq`,
  );
  const forget = db.prepare(
    'DELETE FROM deletions WHERE number = ? AND NOT EXISTS (SELECT 1 FROM deleted WHERE deletion = number)',
  );

  const touching = (seqs: readonly number[], change: (seq: number) => boolean): Touched => {
    const touched = seqs.filter(change);
    return {
      count: touched.length,
      from: touched.length === 0 ? null : Math.min(...touched),
      to: touched.length === 0 ? null : Math.max(...touched),
    };
  };

  return {
    pin: ({ seqs, pinned }) =>
      transaction(db, () =>
        touching(seqs, (seq) => {
          const changed = (pinned ? pin : unpin).run(seq).changes === 1;
          if (!pinned) tidy.run(seq);
          return changed;
        }),
      ),
    note: ({ seq, note: text }) =>
      transaction(db, () =>
        touching([seq], () => {
          const changed = note.run(text, seq).changes === 1;
          tidy.run(seq);
          if (changed) revise.run(seq);
          return changed;
        }),
      ),
    delete: ({ number: given, seqs, spareKept, at, until }) =>
      transaction(db, () => {
        const number = given ?? Number(begin.get(at, until)?.['number']);
        const touched = touching(seqs, (seq) => remove.run(number, seq, spareKept ? 1 : 0).changes === 1);
        return { number, touched };
      }),
    restore: (number) =>
      transaction(db, () => {
        const seqs = restore.all(number, Date.now()).map(({ seq }) => Number(seq));
        forget.run(number);
        return touching(seqs, () => true);
      }),
    expire: () => void db.prepare('UPDATE deletions SET until = 0').run(),
    followed: (number) =>
      transaction(db, () => {
        const { changes } = db.prepare('DELETE FROM revisions WHERE number <= ?').run(number);
        if (changes === 0) return;
        db.prepare(
          `INSERT INTO meta VALUES ('followed', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        ).run(String(number));
      }),
  };
}

/** Runs `work` in one transaction, synced when it returns; what it throws leaves everything as it was. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Deletions that can still be undone, newest first. `schema` as in `log.`. */
export function readDeletions(db: DatabaseSync, schema: string, now: number): Deletion[] {
  const rows = db
    .prepare(
      `SELECT number, at, until, (SELECT count(*) FROM ${schema}deleted WHERE deletion = number) AS count
       FROM ${schema}deletions
       WHERE until > ? AND EXISTS (SELECT 1 FROM ${schema}deleted WHERE deletion = number) ORDER BY number DESC`,
    )
    .all(now);
  return rows.map(({ number, at, until, count }) => ({
    number: Number(number),
    at: Number(at),
    until: Number(until),
    count: Number(count),
  }));
}
