/** Reading: pages, counts, details and body slices. Runs in the deriving worker. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Deletion, RetentionState, SelectionCount } from '../../../shared/model/care.ts';
import type { ExchangeDetail, ExchangePage, ExchangePageQuery } from '../../../shared/model/exchange.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import { readBodyFile } from './body-files.ts';
import { endOfLog } from './capture-schema.ts';
import { readDeletions } from './care-writer.ts';
import { DETAIL_COLUMNS, SUMMARY_COLUMNS, detailOf, summaryOf } from './exchange-rows.ts';
import type { BodyQuery, BodySlice, Reads } from './messages.ts';
import { createPlanner } from './filter-plan.ts';
import type { Source } from './filter-plan.ts';
import { isDeleted } from './filter-sql.ts';
import type { Filter } from './filter-sql.ts';
import { readRetention } from './retention-store.ts';

export type ExchangeQueries = {
  endSeq(): number;
  page(query: ExchangePageQuery): ExchangePage;
  count(filter: Filter): number;
  get(id: ExchangeId): ExchangeDetail;
  body(query: BodyQuery): BodySlice;
  /** The seqs of those that are stored and not deleted. */
  locate(ids: readonly ExchangeId[]): number[];
  matching(query: Reads['matching']['query']): number[];
  selection(filter: Filter): SelectionCount;
  /** Those that can be undone at `now`, ms since the epoch. */
  deletions(now: number): Deletion[];
  retention(): RetentionState;
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
    const end = prepare(endOfLog('log.')).get()?.['seq'];
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

  /** The rows of a source after one seq and before another. */
  const within = (
    { key, keyOf }: Source,
    after: number | undefined,
    before: number | undefined,
  ): { readonly bounds: string; readonly cursor: number[] } => {
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
    return { bounds, cursor };
  };

  return {
    endSeq,
    page({ after, before, limit: given, ...filter }) {
      const source = planner.sourceOf(filter);
      const { select, from, values, key } = source;
      const limit = Math.min(Math.max(given ?? PAGE_LIMIT, 1), PAGE_MOST);
      const order = after === undefined ? 'DESC' : 'ASC';
      const { bounds, cursor } = within(source, after, before);
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
    locate: (ids) =>
      ids.flatMap((id) => {
        const statement = prepare(
          `SELECT seq FROM log.exchanges e WHERE id = ? AND NOT ${isDeleted('e.seq')}`,
        );
        const seq = statement.get(id)?.['seq'];
        return typeof seq === 'number' ? [seq] : [];
      }),
    matching({ filter, after, upTo, limit }) {
      const source = planner.sourceOf(filter);
      const { select, from, values, key } = source;
      const { bounds, cursor } = within(source, after, upTo + 1);
      const rows = prepare(`SELECT ${select} AS seq ${from}${bounds} ORDER BY ${key} LIMIT ?`).all(
        ...values,
        ...cursor,
        limit,
      );
      return rows.map(({ seq }) => Number(seq));
    },
    selection(filter) {
      const { select, from, values } = planner.sourceOf(filter);
      return snapshot(() => {
        const row = prepare(
          `SELECT count(*) AS count, total(${select} IN (SELECT seq FROM log.kept)) AS kept ${from}`,
        ).get(...values);
        return { count: Number(row?.['count']), kept: Number(row?.['kept']), upTo: endSeq() };
      });
    },
    deletions: (now) => readDeletions(db, 'log.', now),
    retention: () => readRetention(db, 'log.'),
    get(id) {
      const row = prepare(
        `SELECT ${DETAIL_COLUMNS}, ${isDeleted('e.seq')} AS deleted FROM log.exchanges e LEFT JOIN facts f ON f.seq = e.seq
         LEFT JOIN log.answers a ON a.seq = e.seq WHERE e.id = ?`,
      ).get(id);
      if (row === undefined) throw unknownExchange(id);
      if (row['deleted'] === 1) throw new AppError('not_found', `The exchange ${id} has been deleted.`);
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
