/** The conditions of a filter as SQL over `facts`, and the index each of them can be looked up by. */
import type { SQLInputValue } from 'node:sqlite';
import { events } from '../../../shared/highlevel/events.ts';
import type { ExchangePageQuery } from '../../../shared/model/exchange.ts';

/** Part of a statement with the values its question marks stand for. */
export type Sql = { readonly text: string; readonly values: readonly SQLInputValue[] };

/** A condition; `index` names the index of `facts` that finds what it holds for, in the order of the log if `ordered`. */
export type Condition = Sql & { readonly index?: string; readonly ordered?: boolean };

/** A filter as it comes in: ids are plain text. */
export type Filter = Omit<ExchangePageQuery, 'after' | 'before' | 'limit'>;
type Conditions = NonNullable<Filter['except']>;

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

function oneOf(column: string, values: readonly SQLInputValue[], index?: string): Condition {
  const [only] = values;
  const look = index === undefined ? {} : { index, ordered: values.length === 1 };
  if (values.length === 1 && only !== undefined) return { text: `${column} = ?`, values: [only], ...look };
  return { text: `${column} IN (${marks(values)})`, values, ...look };
}

/** A category with its sub-categories: `Contacts` and `Contacts / Notes`. */
function withSubCategories(categories: readonly string[]): string[] {
  const known = new Set(events.map(({ category }) => category));
  const below = [...known].filter((one) => categories.some((category) => one.startsWith(`${category} / `)));
  return [...new Set([...categories, ...below])];
}

/** Successes are left out of the index of answers: they are most of the log. */
const RARE_STATUS = `f.status NOT BETWEEN 200 AND 299`;

function answerSql(kind: string): Sql {
  if (/^\d{3}$/.test(kind)) return { text: 'f.status = ?', values: [Number(kind)] };
  if (/^\dxx$/.test(kind)) {
    const from = Number(kind[0]) * 100;
    return { text: 'f.status BETWEEN ? AND ?', values: [from, from + 99] };
  }
  return { text: 'f.outcome = ?', values: [kind] };
}

function answersSql(kinds: readonly string[]): Condition {
  const parts = kinds.map(answerSql);
  const text = `(${parts.map((part) => part.text).join(' OR ')})`;
  const values = parts.flatMap((part) => part.values);
  const isStatus = (kind: string): boolean => /^\d/.test(kind);
  if (kinds.every((kind) => isStatus(kind) && !kind.startsWith('2')))
    return { text: `${text} AND ${RARE_STATUS}`, values, index: 'facts_status' };
  if (!kinds.some(isStatus))
    return { text: `${text} AND f.outcome <> 'answered'`, values, index: 'facts_outcome' };
  return { text, values };
}

/** A part of the URL, upper and lower case alike. */
function pathsSql(paths: readonly string[]): Condition {
  const url = '(SELECT lower(url) FROM log.exchanges WHERE seq = f.seq)';
  return {
    text: `(${paths.map(() => `instr(${url}, lower(?)) > 0`).join(' OR ')})`,
    values: paths,
  };
}

/** The fields that can be asked for and excluded alike. An empty list holds for nothing. */
function listed(filter: Omit<Conditions, 'terms'>): Condition[] {
  const found: Condition[] = [];
  const add = <T>(given: readonly T[] | undefined, sql: (given: readonly T[]) => Condition): void => {
    if (given !== undefined) found.push(given.length === 0 ? { text: '0', values: [] } : sql(given));
  };
  add(filter.purposes, (given) => oneOf('f.purpose', given));
  add(filter.eventTypes, (given) => oneOf('f.type', given, 'facts_type'));
  add(filter.categories, (given) => oneOf('f.category', withSubCategories(given), 'facts_category'));
  add(filter.profileIds, (given) => oneOf('f.profile_id', given, 'facts_profile'));
  add(filter.appIds, (given) => oneOf('f.app_id', given));
  add(filter.locationIds, (given) => oneOf('f.location_id', given, 'facts_location'));
  add(filter.companyIds, (given) => oneOf('f.company_id', given, 'facts_company'));
  add(filter.entityIds, (given) => oneOf('f.entity_id', given, 'facts_entity'));
  add(filter.methods, (given) =>
    oneOf(
      'f.method',
      given.map((method) => method.toUpperCase()),
    ),
  );
  add(filter.answers, answersSql);
  add(filter.paths, pathsSql);
  add(filter.verdicts, (given) =>
    given.includes('valid')
      ? oneOf('f.verdict', given)
      : {
          text: `f.verdict IN (${marks(given)}) AND f.verdict <> 'valid'`,
          values: given,
          index: 'facts_verdict',
        },
  );
  return found;
}

/** True for a seq whose exchange was deleted. */
export const isDeleted = (seq: string): string => `EXISTS (SELECT 1 FROM log.deleted d WHERE d.seq = ${seq})`;

/** What the developer keeps is little, and is looked up by seq. */
function kept(holds: boolean, mark: string): Condition {
  return {
    text: `f.seq ${holds ? '' : 'NOT '}IN (SELECT seq FROM log.kept WHERE ${mark})`,
    values: [],
  };
}

function flagged(holds: boolean, text: string, index: string): Condition {
  return holds ? { text, values: [], index } : { text: `NOT (${text})`, values: [] };
}

/** ms since the epoch, both inclusive. */
export function receivedBetween(from = 0, to = Number.MAX_SAFE_INTEGER): Condition {
  return { text: 'f.received_at BETWEEN ? AND ?', values: [from, to], index: 'facts_received' };
}

/** All conditions but the text searched for. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  const found = listed(filter);
  if (filter.profileId !== undefined) found.push(oneOf('f.profile_id', [filter.profileId], 'facts_profile'));
  if (filter.duplicate !== undefined)
    found.push(flagged(filter.duplicate, 'f.duplicate_of IS NOT NULL', 'facts_duplicate'));
  if (filter.forwarded !== undefined)
    found.push(flagged(filter.forwarded, 'f.deliveries > 0', 'facts_forwarded'));
  if (filter.imported !== undefined) {
    const mark = '(SELECT imported FROM log.exchanges WHERE seq = f.seq)';
    found.push({ text: `${mark} IS ${filter.imported ? 'NOT ' : ''}NULL`, values: [] });
  }
  if (filter.pinned !== undefined) found.push(kept(filter.pinned, 'pinned = 1'));
  if (filter.noted !== undefined) found.push(kept(filter.noted, 'note IS NOT NULL'));
  const [location, type] = [filter.locationIds, filter.eventTypes];
  if (location?.length === 1 && type?.length === 1)
    found.push({
      ...oneOf('f.location_id', location, 'facts_location'),
      text: 'f.location_id = ? AND f.type = ?',
      values: [...location, ...type],
    });
  const { from, to } = filter;
  if (from !== undefined || to !== undefined) found.push(receivedBetween(from, to));
  // What is not known is not excluded.
  for (const { text, values } of listed(filter.except ?? {}))
    found.push({ text: `NOT coalesce((${text}), 0)`, values });
  return found;
}
