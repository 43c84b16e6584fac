/** Reading: pages, counts, details and body slices. Runs in the deriving worker. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { AppError } from '../../../shared/model/app-error.ts';
import type {
  ExchangeDetail,
  ExchangeFilter,
  ExchangePage,
  ExchangePageQuery,
} from '../../../shared/model/exchange.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import { readBodyFile } from './body-files.ts';
import { DETAIL_COLUMNS, SUMMARY_COLUMNS, detailOf, summaryOf } from './exchange-rows.ts';
import type { BodyQuery, BodySlice } from './messages.ts';
import { matchQuery, searchTerms } from './search-terms.ts';

export type ExchangeQueries = {
  endSeq(): number;
  page(query: ExchangePageQuery): ExchangePage;
  count(filter: ExchangeFilter): number;
  get(id: ExchangeId): ExchangeDetail;
  body(query: BodyQuery): BodySlice;
};

const PAGE_LIMIT = 200;
const PAGE_MOST = 1000;
const MOST_PREPARED = 200;

/** The conditions of a count or a page, as they come in. */
type Filter = Omit<ExchangeFilter, 'profileId' | 'causeIds'> & {
  readonly profileId?: string | undefined;
  readonly causeIds?: readonly string[] | undefined;
};

/** Part of a statement with the values its question marks stand for. */
type Sql = { readonly text: string; readonly values: readonly SQLInputValue[] };

export function createExchangeQueries(db: DatabaseSync, bodies: string): ExchangeQueries {
  // The same few shapes of filter come again and again; each shape is prepared once.
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text) ?? db.prepare(text);
    if (prepared.size > MOST_PREPARED) prepared.clear();
    prepared.set(text, known);
    return known;
  };
  const trigrams = db.prepare(
    `SELECT term FROM search_terms WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?`,
  );

  const vocabulary = (prefix: string, most: number): string[] =>
    trigrams.all(prefix, `${prefix}\u{10ffff}`, most).map(({ term }) => String(term));

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

  const sourceOf = (filter: Filter): Sql => {
    const terms = filter.search === undefined ? [] : searchTerms(filter.search);
    const match = matchQuery(terms, vocabulary);
    if (match !== null) {
      return {
        text: `FROM search s CROSS JOIN log.exchanges e ON e.seq = s.rowid >> 1
          LEFT JOIN facts f ON f.seq = e.seq LEFT JOIN log.answers a ON a.seq = e.seq
          WHERE search MATCH ?
            AND NOT (s.rowid & 1 = 0 AND EXISTS (SELECT 1 FROM late WHERE late.seq = s.rowid >> 1 AND indexed = 1))`,
        values: [match],
      };
    }
    if (filter.causeIds !== undefined) {
      return {
        text: `FROM log.exchanges e INDEXED BY exchanges_cause LEFT JOIN facts f ON f.seq = e.seq
          LEFT JOIN log.answers a ON a.seq = e.seq WHERE e.cause_id IS NOT NULL`,
        values: [],
      };
    }
    return hasFactFilter(filter)
      ? {
          text: `FROM facts f CROSS JOIN log.exchanges e ON e.seq = f.seq
            LEFT JOIN log.answers a ON a.seq = e.seq WHERE 1`,
          values: [],
        }
      : {
          text: `FROM log.exchanges e LEFT JOIN facts f ON f.seq = e.seq
            LEFT JOIN log.answers a ON a.seq = e.seq WHERE 1`,
          values: [],
        };
  };

  return {
    endSeq,
    page(query) {
      const source = sourceOf(query);
      const filter = conditions(query);
      const limit = Math.min(Math.max(query.limit ?? PAGE_LIMIT, 1), PAGE_MOST);
      const cursor: string[] = [];
      const values: SQLInputValue[] = [...source.values, ...filter.values];
      if (query.after !== undefined) {
        cursor.push('AND e.seq > ?');
        values.push(query.after);
      }
      if (query.before !== undefined) {
        cursor.push('AND e.seq < ?');
        values.push(query.before);
      }
      // Ordering by the driving table's own key lets SQLite stop at the limit instead of sorting everything.
      const key = source.text.startsWith('FROM search')
        ? 's.rowid'
        : source.text.startsWith('FROM facts')
          ? 'f.seq'
          : 'e.seq';
      const statement = prepare(
        `SELECT ${SUMMARY_COLUMNS} ${source.text} ${filter.text} ${cursor.join(' ')}
         ORDER BY ${key} ${query.after === undefined ? 'DESC' : 'ASC'} LIMIT ?`,
      );
      return snapshot(() => {
        const end = endSeq();
        const rows = statement.all(...values, limit + 1);
        return { items: rows.slice(0, limit).map(summaryOf), endSeq: end, more: rows.length > limit };
      });
    },
    count(filter) {
      const source = sourceOf(filter);
      const { text, values } = conditions(filter);
      const row = prepare(`SELECT count(*) AS count ${source.text} ${text}`).get(...source.values, ...values);
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

function hasFactFilter(filter: Filter): boolean {
  return (
    filter.eventTypes !== undefined ||
    filter.verdicts !== undefined ||
    filter.locationId !== undefined ||
    filter.profileId !== undefined
  );
}

function conditions(filter: Filter): Sql {
  const texts: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (text: string, ...given: SQLInputValue[]): void => {
    texts.push(`AND ${text}`);
    values.push(...given);
  };
  const oneOf = (column: string, given: readonly string[]): void =>
    add(`${column} IN (${given.map(() => '?').join(', ')})`, ...given);
  if (filter.purposes !== undefined) oneOf('e.purpose', filter.purposes);
  if (filter.profileId !== undefined) add('f.profile_id = ?', filter.profileId);
  if (filter.eventTypes !== undefined) oneOf('f.type', filter.eventTypes);
  if (filter.verdicts !== undefined) oneOf('f.verdict', filter.verdicts);
  if (filter.locationId !== undefined) add('f.location_id = ?', filter.locationId);
  if (filter.causeIds !== undefined) oneOf('e.cause_id', filter.causeIds);
  if (filter.from !== undefined) add('e.received_at >= ?', filter.from);
  if (filter.to !== undefined) add('e.received_at <= ?', filter.to);
  return { text: texts.join(' '), values };
}

function unknownExchange(id: string): AppError {
  return new AppError('not_found', `There is no exchange with the id ${id}.`);
}
