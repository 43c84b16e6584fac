/** Reading: pages, counts, details and body slices. Runs in the deriving worker. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeDetail, ExchangePage, ExchangePageQuery } from '../../../shared/model/exchange.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import { readBodyFile } from './body-files.ts';
import { DETAIL_COLUMNS, SUMMARY_COLUMNS, detailOf, summaryOf } from './exchange-rows.ts';
import type { BodyQuery, BodySlice } from './messages.ts';
import { createPlanner } from './filter-plan.ts';
import type { Filter } from './filter-sql.ts';

export type ExchangeQueries = {
  endSeq(): number;
  page(query: ExchangePageQuery): ExchangePage;
  count(filter: Filter): number;
  get(id: ExchangeId): ExchangeDetail;
  body(query: BodyQuery): BodySlice;
};

const PAGE_LIMIT = 200;
const PAGE_MOST = 1000;
const MOST_PREPARED = 200;

export function createExchangeQueries(db: DatabaseSync, bodies: string): ExchangeQueries {
  // The same few shapes of filter come again and again; each shape is prepared once.
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text) ?? db.prepare(text);
    if (prepared.size > MOST_PREPARED) prepared.clear();
    prepared.set(text, known);
    return known;
  };
  const planner = createPlanner(db, prepare);

  const endSeq = (): number => {
    const end = prepare('SELECT max(seq) AS seq FROM log.exchanges').get()?.['seq'];
    return typeof end === 'number' ? end : 0;
  };

  /** One view of the log for several statements: what is committed in between is for the next page. */
  const snapshot = <T>(read: () => T): T => {
    db.exec('BEGIN');
    try {
      return read();
    } finally {
      db.exec('COMMIT');
    }
  };

  return {
    endSeq,
    page({ after, before, limit: given, ...filter }) {
      const { select, from, values, key, keyOf } = planner.sourceOf(filter);
      const limit = Math.min(Math.max(given ?? PAGE_LIMIT, 1), PAGE_MOST);
      const order = after === undefined ? 'DESC' : 'ASC';
      const cursor: number[] = [];
      let bounds = '';
      if (after !== undefined) {
        bounds += ` AND ${key} >= ?`;
        cursor.push(keyOf(after + 1));
      }
      if (before !== undefined) {
        bounds += ` AND ${key} < ?`;
        cursor.push(keyOf(before));
      }
      // Found first, in narrow tables and by their own key, so that only a page's rows are read in full.
      const statement = prepare(
        `SELECT ${SUMMARY_COLUMNS} FROM (SELECT ${select} AS seq ${from}${bounds} ORDER BY ${key} ${order} LIMIT ?) found
         CROSS JOIN log.exchanges e ON e.seq = found.seq
         LEFT JOIN facts f ON f.seq = e.seq LEFT JOIN log.answers a ON a.seq = e.seq ORDER BY found.seq ${order}`,
      );
      return snapshot(() => {
        const end = endSeq();
        const rows = statement.all(...values, ...cursor, limit + 1);
        return { items: rows.slice(0, limit).map(summaryOf), endSeq: end, more: rows.length > limit };
      });
    },
    count(filter) {
      const { from, values } = planner.sourceOf(filter);
      const row = prepare(`SELECT count(*) AS count ${from}`).get(...values);
      return Number(row?.['count'] ?? 0);
    },
    get(id) {
      const row = prepare(
        `SELECT ${DETAIL_COLUMNS} FROM log.exchanges e LEFT JOIN facts f ON f.seq = e.seq
         LEFT JOIN log.answers a ON a.seq = e.seq WHERE e.id = ?`,
      ).get(id);
      if (row === undefined) throw unknownExchange(id);
      return detailOf(row);
    },
    body({ id, part, offset, length }) {
      const row = prepare(
        part === 'request'
          ? `SELECT body_bytes, body_file, substr(body, ?, ?) AS slice FROM log.exchanges WHERE id = ?`
          : `SELECT body_bytes, body_file, substr(body, ?, ?) AS slice FROM log.answers
             WHERE seq = (SELECT seq FROM log.exchanges WHERE id = ?)`,
      ).get(offset + 1, length, id);
      if (row === undefined) {
        throw part === 'request'
          ? unknownExchange(id)
          : new AppError('not_found', 'This exchange has no answer.');
      }
      const totalBytes = Number(row['body_bytes']);
      const file = row['body_file'];
      const most = Math.max(0, Math.min(length, totalBytes - offset));
      if (typeof file === 'string') return { bytes: readBodyFile(bodies, file, offset, most), totalBytes };
      const slice = row['slice'];
      return { bytes: slice instanceof Uint8Array ? slice : new Uint8Array(0), totalBytes };
    },
  };
}

function unknownExchange(id: string): AppError {
  return new AppError('not_found', `There is no exchange with the id ${id}.`);
}
