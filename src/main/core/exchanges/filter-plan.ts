/**
 * How a filter is answered without reading the whole log: by the index that leaves the fewest rows, by the full-text
 * index, or newest first until the page is full. SQLite cannot choose, since it does not know how often a value occurs.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SearchTerm } from '../../../shared/model/exchange.ts';
import {
  conditionsOf,
  isDeleted,
  receivedBetween,
  type Condition,
  type Filter,
  type Sql,
} from './filter-sql.ts';
import { searchTerms, textMatch, type TextMatch, type Vocabulary } from './search-terms.ts';

/** Selects the `seq` of what matches. `key` is what it is ordered by; the cursor is given in the same measure. */
export type Source = {
  readonly select: string;
  readonly from: string;
  readonly values: readonly SQLInputValue[];
  readonly key: string;
  /** The key of a seq: documents of the full-text index are numbered twice as fast. */
  readonly keyOf: (seq: number) => number;
};

/** Up to here an index is worth its sort. */
const FEW = 2000;
/** Up to here, looking each row up in the full-text index costs less than reading all that it finds. */
const FEW_TO_SEARCH = 500;

const among = (column: string, given: readonly string[]): Sql => ({
  text: `${column} IN (${given.map(() => '?').join(', ')})`,
  values: given,
});
const same = (seq: number): number => seq;
const and = (conditions: readonly Sql[]): string => conditions.map(({ text }) => ` AND ${text}`).join('');
const valuesOf = (conditions: readonly Sql[]): SQLInputValue[] => conditions.flatMap(({ values }) => values);

/** Deleted exchanges are in no source. */
export type Planner = { sourceOf(filter: Filter): Source };

export function createPlanner(db: DatabaseSync, prepare: (text: string) => StatementSync): Planner {
  const trigrams = db.prepare(
    `SELECT term FROM search_terms WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?`,
  );
  const nextWord = db.prepare('SELECT term FROM word_places WHERE term >= ? AND term < ? LIMIT 1');
  const vocabulary: Vocabulary = {
    trigrams: (prefix, most) =>
      trigrams.all(prefix, `${prefix}\u{10ffff}`, most).map(({ term }) => String(term)),
    words(prefix, most) {
      const found: string[] = [];
      let from = prefix;
      for (;;) {
        const term = nextWord.get(from, `${prefix}\u{10ffff}`)?.['term'];
        if (typeof term !== 'string') return found;
        if (found.length === most) return null;
        found.push(term);
        // The word behind it, without a look at all the places where this one stands.
        from = `${term}\u0001`;
      }
    },
  };

  /** How many rows a condition leaves, up to `FEW` and one. */
  const rowsOf = ({ text, values, index }: Condition): number => {
    const found = prepare(
      `SELECT count(*) AS found FROM (SELECT 1 FROM facts f INDEXED BY ${String(index)} WHERE ${text} LIMIT ${FEW + 1})`,
    ).get(...values)?.['found'];
    return Number(found);
  };

  const fewest = (conditions: readonly Condition[]): { condition: Condition; rows: number } | null => {
    let best: { condition: Condition; rows: number } | null = null;
    for (const condition of conditions) {
      if (condition.index === undefined) continue;
      const rows = rowsOf(condition);
      if (best === null || rows < best.rows) best = { condition, rows };
      if (rows === 0) break;
    }
    return best;
  };

  const overFacts = (index: string | undefined, conditions: readonly Sql[]): Source => ({
    select: 'f.seq',
    from: `FROM facts f ${index === undefined ? 'NOT INDEXED' : `INDEXED BY ${index}`} WHERE 1${and(conditions)}`,
    values: valuesOf(conditions),
    key: 'f.seq',
    keyOf: same,
  });

  const overText = (match: TextMatch, conditions: readonly Sql[]): Source => {
    const [table, other] = match.parts === null ? ['words', 'search'] : ['search', 'words'];
    const [query, rest] = match.parts === null ? [match.words, null] : [match.parts, match.words];
    const also: Sql[] =
      rest === null
        ? []
        : [{ text: `s.rowid IN (SELECT rowid FROM ${other} WHERE ${other} MATCH ?)`, values: [rest] }];
    const all = [...also, ...conditions];
    return {
      select: 's.rowid >> 1',
      from: `FROM ${table} s CROSS JOIN facts f ON f.seq = s.rowid >> 1 WHERE ${table} MATCH ?
        AND NOT (s.rowid & 1 = 0 AND EXISTS (SELECT 1 FROM late WHERE late.seq = s.rowid >> 1 AND indexed = 1))${and(all)}`,
      values: [query, ...valuesOf(all)],
      key: 's.rowid',
      keyOf: (seq) => 2 * seq,
    };
  };

  /** The log itself, which has what is not derived yet. */
  const overLog = (filter: Filter): Source | null => {
    const { purposes, causeIds, ...rest } = filter;
    const conditions = conditionsOf(rest);
    if (causeIds === undefined && conditions.length > 0) return null;
    const own: Sql[] = [...conditions];
    if (purposes !== undefined) own.push(among(isRare(purposes) ? 'e.purpose' : '+e.purpose', purposes));
    if (causeIds !== undefined) own.push(among('e.cause_id', causeIds));
    return {
      select: 'e.seq',
      from: `FROM log.exchanges e ${causeIds === undefined ? '' : 'INDEXED BY exchanges_cause'}
        LEFT JOIN facts f ON f.seq = e.seq WHERE 1${and(own)}`,
      values: valuesOf(own),
      key: 'e.seq',
      keyOf: same,
    };
  };

  /** One purpose is found in order by its index, and few rows of several are soon sorted; else reading on is faster. */
  const isRare = (purposes: readonly string[]): boolean => {
    if (purposes.length === 1) return true;
    const { text, values } = among('purpose', purposes);
    const found = prepare(
      `SELECT count(*) AS found FROM (SELECT 1 FROM log.exchanges WHERE ${text} LIMIT ${FEW + 1})`,
    ).get(...values)?.['found'];
    return Number(found) <= FEW;
  };

  /** The stretch of the log that holds a time range, for the full-text index knows no times. */
  const stretch = ({ from, to }: Filter): Sql[] => {
    if (from === undefined && to === undefined) return [];
    const { text, values } = receivedBetween(from, to);
    const row = prepare(`SELECT min(f.seq) AS low, max(f.seq) AS high FROM facts f WHERE ${text}`).get(
      ...values,
    );
    const [low, high] = [Number(row?.['low'] ?? 0), Number(row?.['high'] ?? -1)];
    return [{ text: 's.rowid BETWEEN ? AND ?', values: [2 * low, 2 * high + 1] }];
  };

  /** Most of the time nothing is deleted, and then nothing is looked up. */
  const undeleted = (source: Source): Source =>
    prepare('SELECT 1 FROM log.deleted LIMIT 1').get() === undefined
      ? source
      : { ...source, from: `${source.from} AND NOT ${isDeleted(source.select)}` };

  const planned = (filter: Filter): Source => {
    const match = textMatch(termsOf(filter), vocabulary, 'AND', filter.paths);
    const without = withoutText(filter.except?.terms ?? [], vocabulary);
    const isText = match.parts !== null || match.words !== null;
    const log = isText || without.length > 0 ? null : overLog(filter);
    if (log !== null) return log;
    const conditions = conditionsOf(filter);
    const best = fewest(conditions);
    const all = [...conditions, ...without, ...causes(filter)];
    if (isText) {
      return best === null || best.rows > FEW_TO_SEARCH
        ? overText(match, [...stretch(filter), ...all])
        : overFacts(best.condition.index, [...all, ...rowMatches(match)]);
    }
    if (best !== null && best.rows <= FEW) return overFacts(best.condition.index, all);
    return overFacts(conditions.findLast(({ ordered }) => ordered === true)?.index, all);
  };

  return { sourceOf: (filter) => undeleted(planned(filter)) };
}

function termsOf({ search, terms = [] }: Filter): SearchTerm[] {
  const typed = search === undefined ? [] : searchTerms(search);
  return [...typed.map((text) => ({ text, match: 'part' as const })), ...terms];
}

/** The words of one exchange, looked up one by one. Both of its documents count: the later holds what the first does. */
function rowMatches({ parts, words }: TextMatch): Sql[] {
  const row = (table: string, query: string): Sql => ({
    text: `EXISTS (SELECT 1 FROM ${table} WHERE ${table} MATCH ? AND rowid BETWEEN 2 * f.seq AND 2 * f.seq + 1)`,
    values: [query],
  });
  return [
    ...(parts === null ? [] : [row('search', parts)]),
    ...(words === null ? [] : [row('words', words)]),
  ];
}

function withoutText(terms: readonly SearchTerm[], vocabulary: Vocabulary): Sql[] {
  const { parts, words } = textMatch(terms, vocabulary, 'OR');
  const none = (table: string, query: string): Sql => ({
    text: `f.seq NOT IN (SELECT rowid >> 1 FROM ${table} WHERE ${table} MATCH ?)`,
    values: [query],
  });
  return [
    ...(parts === null ? [] : [none('search', parts)]),
    ...(words === null ? [] : [none('words', words)]),
  ];
}

function causes({ causeIds }: Filter): Sql[] {
  if (causeIds === undefined) return [];
  const marks = causeIds.map(() => '?').join(', ');
  return [
    { text: `f.seq IN (SELECT seq FROM log.exchanges WHERE cause_id IN (${marks}))`, values: causeIds },
  ];
}
