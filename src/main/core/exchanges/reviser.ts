/** Follows the log's revisions: notes that changed, and exchanges that are gone for good. */
import type { DatabaseSync } from 'node:sqlite';
import { readProgress } from './derived-database.ts';
import type { TextIndexer } from './text-indexer.ts';

export type Reviser = {
  /** Follows a few more. Returns false when there was nothing to do. */
  step(budgetMs: number): boolean;
  /** Every revision up to here has been followed. */
  followed(): number;
  /** The newest revision of the log. */
  newest(): number;
};

const ROWS_A_STEP = 32;

export function createReviser(db: DatabaseSync, index: TextIndexer): Reviser {
  const next = db.prepare(
    `SELECT r.number, r.seq, EXISTS (SELECT 1 FROM log.exchanges e WHERE e.seq = r.seq) AS stored
     FROM log.revisions r WHERE r.number > ? ORDER BY r.number LIMIT ${ROWS_A_STEP}`,
  );
  const newest = db.prepare('SELECT max(number) AS number FROM log.revisions');
  const forget = ['facts', 'mentions'].map((table) => db.prepare(`DELETE FROM ${table} WHERE seq = ?`));
  const advance = db.prepare('UPDATE progress SET revisions = ?');
  let until = readProgress(db).revisions;

  return {
    step(budgetMs) {
      const deadline = performance.now() + budgetMs;
      let reached = until;
      db.exec('BEGIN');
      try {
        for (const { number, seq, stored } of next.all(until)) {
          if (stored === 0) for (const statement of forget) statement.run(Number(seq));
          index.revise(Number(seq));
          reached = Number(number);
          if (performance.now() > deadline) break;
        }
        if (reached > until) advance.run(reached);
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
      const worked = reached > until;
      until = reached;
      return worked;
    },
    followed: () => until,
    newest: () => Math.max(until, Number(newest.get()?.['number'] ?? 0)),
  };
}
