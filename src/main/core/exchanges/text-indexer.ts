/** Keeps the full-text index abreast of the log, behind the facts. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import { readBodyFile } from './body-files.ts';
import { readProgress } from './derived-database.ts';
import { SEARCHED_BODY_BYTES, searchText } from './search-text.ts';
import type { SearchableBody } from './search-text.ts';

export type TextIndexer = {
  /** Indexes a few more, up to and including `limitSeq`. Returns false when there was nothing to do. */
  step(budgetMs: number, limitSeq: number): boolean;
  /** Takes up a note that has changed, or forgets an exchange that is gone. Within a transaction of the caller. */
  revise(seq: number): void;
  /** Every exchange up to here can be found. */
  indexedUntil(): number;
  /** The late answers up to this number can be found. */
  completedUntil(): number;
  /** The number of the last late answer in the log; 0 when there is none. */
  lastCompletion(): number;
};

const ROWS_A_STEP = 32;

/** Our own answers to what came in hold nothing worth finding, so only those to outbound requests are indexed. */
const COLUMNS = `e.seq, e.method, e.url, e.headers, e.body, e.body_file, a.seq IS NOT NULL AS answered,
  CASE e.direction WHEN 'outbound' THEN a.headers END AS answer_headers,
  CASE e.direction WHEN 'outbound' THEN a.body END AS answer_body,
  CASE e.direction WHEN 'outbound' THEN a.body_file END AS answer_file,
  (SELECT note FROM log.kept k WHERE k.seq = e.seq) AS note`;

export function createTextIndexer(db: DatabaseSync, bodies: string): TextIndexer {
  const from = `SELECT ${COLUMNS} FROM log.exchanges e LEFT JOIN log.answers a ON a.seq = e.seq`;
  const next = db.prepare(`${from} WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq LIMIT ${ROWS_A_STEP}`);
  const one = db.prepare(`${from} WHERE e.seq = ?`);
  const completions = db.prepare(
    `SELECT c.number, c.seq, l.seq IS NOT NULL AS late FROM log.completions c LEFT JOIN late l ON l.seq = c.seq AND l.indexed = 0
     WHERE c.number > ? ORDER BY c.number LIMIT ${ROWS_A_STEP}`,
  );
  const insertParts = db.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)');
  const insertWords = db.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
  const lastCompletion = db.prepare('SELECT coalesce(max(number), 0) AS number FROM log.completions');
  const insertLate = db.prepare('INSERT INTO late (seq, indexed) VALUES (?, 0)');
  const markIndexed = db.prepare('UPDATE late SET indexed = 1 WHERE seq = ?');
  const removeParts = db.prepare('DELETE FROM search WHERE rowid = ?');
  const removeWords = db.prepare('DELETE FROM words WHERE rowid = ?');
  const lateOf = db.prepare('SELECT indexed FROM late WHERE seq = ?');
  const forgetLate = db.prepare('DELETE FROM late WHERE seq = ?');
  const advance = db.prepare('UPDATE progress SET search = ?, completions = ?');

  const start = readProgress(db);
  let until = start.search;
  let completed = start.completions;

  const bytesOf = (inline: SQLOutputValue | undefined, file: SQLOutputValue | undefined): Uint8Array => {
    if (typeof file === 'string') return readBodyFile(bodies, file, 0, SEARCHED_BODY_BYTES);
    return inline instanceof Uint8Array ? inline : new Uint8Array(0);
  };

  const textOf = (row: Record<string, SQLOutputValue>): string => {
    // The columns hold what the capture queue wrote from header pairs.
    const messages: SearchableBody[] = [
      {
        headers: JSON.parse(String(row['headers'])) as HeaderPairs,
        bytes: bytesOf(row['body'], row['body_file']),
      },
    ];
    if (typeof row['answer_headers'] === 'string') {
      messages.push({
        headers: JSON.parse(row['answer_headers']) as HeaderPairs,
        bytes: bytesOf(row['answer_body'], row['answer_file']),
      });
    }
    const note = typeof row['note'] === 'string' ? row['note'] : null;
    return searchText(String(row['method']), String(row['url']), messages, note);
  };

  const insert = (document: number, text: string): void => {
    insertParts.run(document, text);
    insertWords.run(document, text);
  };

  const indexNew = (deadline: number, limitSeq: number): number => {
    const rows = next.all(until, limitSeq);
    // What there was up to the limit is gone for good.
    if (rows.length === 0) return Math.max(until, limitSeq);
    let reached = until;
    for (const row of rows) {
      const seq = Number(row['seq']);
      insert(2 * seq, textOf(row));
      if (row['answered'] === 0) insertLate.run(seq);
      reached = seq;
      if (performance.now() > deadline) break;
    }
    return reached;
  };

  const indexLate = (deadline: number, reachedSeq: number): number => {
    let reached = completed;
    for (const { number, seq, late } of completions.all(completed)) {
      // The exchange itself comes later, with its answer already there.
      if (Number(seq) <= reachedSeq && late === 1) {
        const row = one.get(seq as number);
        if (row !== undefined) insert(2 * Number(seq) + 1, textOf(row));
        markIndexed.run(seq as number);
      }
      reached = Number(number);
      if (performance.now() > deadline) break;
    }
    return reached;
  };

  return {
    step(budgetMs, limitSeq) {
      const deadline = performance.now() + budgetMs;
      db.exec('BEGIN');
      try {
        const reached = indexNew(deadline, limitSeq);
        const reachedCompletion = indexLate(deadline, reached);
        const worked = reached > until || reachedCompletion > completed;
        if (worked) advance.run(reached, reachedCompletion);
        db.exec('COMMIT');
        until = reached;
        completed = reachedCompletion;
        return worked;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    revise(seq) {
      // What comes later is indexed as it is then.
      if (seq > until) return;
      const row = one.get(seq);
      const late = lateOf.get(seq);
      for (const document of [2 * seq, 2 * seq + 1]) {
        removeParts.run(document);
        removeWords.run(document);
      }
      if (row === undefined) forgetLate.run(seq);
      else insert(late?.['indexed'] === 1 ? 2 * seq + 1 : 2 * seq, textOf(row));
    },
    indexedUntil: () => until,
    completedUntil: () => completed,
    lastCompletion: () => Number(lastCompletion.get()?.['number']),
  };
}
