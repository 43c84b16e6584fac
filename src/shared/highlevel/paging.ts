/** HighLevel's ways of paging: which one a list has, where an answer keeps its rows, and what asks for the next page. */
import { isExactNumber, plainText } from './exact-numbers.ts';
import type { Operation } from './operations/operation.ts';

/** How lists are cut into pages, by the field that names the next one (HighLevel's published operations). */
export const pageStyles = [
  'offset',
  'skip',
  'page',
  'startAfterId',
  'startAfter',
  'startAfterDate',
  'lastMessageId',
  'cursor',
  'lastKnowledgeBaseId',
  'lastFaqId',
  'searchAfter',
  'pageToken',
] as const;
export type PageStyle = (typeof pageStyles)[number];

/** The field that says how many rows a page has. */
export const pageSizeFields = ['limit', 'pageSize', 'pageLimit', 'pageLength'] as const;

export type Paging = {
  readonly style: PageStyle;
  /** Where its fields are sent. */
  readonly place: 'query' | 'body';
  /** Null where a page's size cannot be chosen. */
  readonly sizeField: (typeof pageSizeFields)[number] | null;
};

/** A style is recognised by its field; the first that is there counts, since some lists take more than one. */
const styleFields: readonly (readonly [field: string, style: PageStyle])[] = [
  ['startAfterId', 'startAfterId'],
  ['startAfterDate', 'startAfterDate'],
  ['startAfter', 'startAfter'],
  ['lastMessageId', 'lastMessageId'],
  ['lastKnowledgeBaseId', 'lastKnowledgeBaseId'],
  ['lastFaqId', 'lastFaqId'],
  ['pageToken', 'pageToken'],
  ['cursor', 'cursor'],
  ['searchAfter', 'searchAfter'],
  ['offset', 'offset'],
  ['skip', 'skip'],
  ['page', 'page'],
];

/** What an answer says for the next page; `cursor` alone is too common a word. */
const answerFields: readonly (readonly [field: string, style: PageStyle])[] = [
  ['nextPageToken', 'pageToken'],
  ['nextCursor', 'cursor'],
  ['startAfterId', 'startAfterId'],
  ['lastMessageId', 'lastMessageId'],
  ['lastKnowledgeBaseId', 'lastKnowledgeBaseId'],
  ['lastFaqId', 'lastFaqId'],
  ['nextPage', 'page'],
];

/** Every field that says where a page begins. */
export const positionFields: ReadonlySet<string> = new Set(styleFields.map(([field]) => field));

/** From the fields that an operation takes; null where none of them pages. */
export function pagingOf(operation: Pick<Operation, 'params' | 'body'>): Paging | null {
  const query = operation.params.filter((param) => param.in === 'query').map(({ name }) => name);
  const body = (operation.body?.fields ?? []).map(({ name }) => name);
  return pagingByNames(query, 'query') ?? pagingByNames(body, 'body');
}

export function pagingByNames(names: readonly string[], place: Paging['place']): Paging | null {
  const style = styleFields.find(([field]) => names.includes(field))?.[1];
  if (style === undefined) return null;
  return { style, place, sizeField: pageSizeFields.find((field) => names.includes(field)) ?? null };
}

/** From the first answer, for an operation that nobody knows; null where it names no next page. */
export function pagingByAnswer(answer: unknown): Paging | null {
  const style = answerFields.find(([field]) => isSaid(said(answer, [field])))?.[1];
  return style === undefined ? null : { style, place: 'query', sizeField: 'limit' };
}

export type Rows = { readonly path: string; readonly rows: readonly unknown[] };

/**
 * The list in an answer: the longest array of objects within three levels, else the first empty array.
 *
 * @returns its rows and dotted path, `` for an answer that is itself the list; null where there is none
 */
export function findRows(answer: unknown): Rows | null {
  const [first, ...others] = listsIn(answer);
  if (first === undefined) return null;
  return others.reduce((longest, one) => (one.rows.length > longest.rows.length ? one : longest), first);
}

/** Every array of objects within three levels, the outermost first. */
export function listsIn(answer: unknown): Rows[] {
  const lists: Rows[] = [];
  for (const { path, value } of levels(answer)) {
    if (Array.isArray(value) && value.every(isRecord)) lists.push({ path, rows: value });
  }
  return lists;
}

/** The list at that path; none where there is no list. */
export function rowsAt(answer: unknown, path: string): readonly unknown[] {
  let value = answer;
  for (const name of path === '' ? [] : path.split('.')) value = isRecord(value) ? value[name] : undefined;
  return Array.isArray(value) ? value : [];
}

/** What tells a row from others; null for a row that says nothing of the kind. */
export function rowId(row: unknown): string | null {
  if (!isRecord(row)) return null;
  const id = row['id'] ?? row['_id'];
  const isId = typeof id === 'string' || typeof id === 'number' || isExactNumber(id);
  return isId ? plainText(id) : null;
}

/** How many rows the whole list has, as the answer counts them. */
export function totalOf(answer: unknown): number | null {
  const total = said(answer, ['total', 'totalCount', 'totalRecords', 'totalItems', 'totalResults']);
  return typeof total === 'number' && Number.isSafeInteger(total) && total >= 0 ? total : null;
}

export type PageRead = {
  readonly answer: unknown;
  readonly rows: readonly unknown[];
  /** The fields it was asked for with. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** Rows of this list that were read so far, this page's included, repeated ones too. */
  readonly rowsRead: number;
  /** From the oldest to the newest. */
  readonly ascending: boolean;
};

/** What asks for the first page, beside its size. */
export function firstFields(style: PageStyle): Record<string, unknown> {
  if (style === 'offset' || style === 'skip') return { [style]: 0 };
  return style === 'page' || style === 'searchAfter' ? { page: 1 } : {};
}

/** What asks for the page after this one; null where the list ends with it. */
export function nextFields(style: PageStyle, page: PageRead): Record<string, unknown> | null {
  const { answer, rows, asked, rowsRead } = page;
  if (rows.length === 0) return null;
  const last = rows.at(-1);
  switch (style) {
    case 'offset':
    case 'skip':
      return { [style]: rowsRead };
    case 'page':
      return { page: Number(asked['page'] ?? 1) + 1 };
    case 'startAfterId':
      if (said(answer, ['nextPage']) === null || said(answer, ['nextPageUrl']) === null) return null;
      return given({
        startAfter: said(answer, ['startAfter']) ?? instantOf(last, ['dateAdded', 'createdAt']),
        startAfterId: said(answer, ['startAfterId']) ?? rowId(last),
      });
    case 'startAfterDate': {
      const date = instantOf(last, ['lastMessageDate', 'dateUpdated', 'dateAdded']);
      // The list goes on beyond the date: rows of the same instant would be left out, so the page reaches one further.
      return date === null ? null : { startAfterDate: page.ascending ? date - 1 : date + 1 };
    }
    case 'startAfter':
      // Alone it is the id of the last row; an answer that has such a field means a date.
      return given({ startAfter: rowId(last) });
    case 'lastMessageId':
    case 'lastKnowledgeBaseId':
    case 'lastFaqId':
      if (said(answer, ['nextPage', 'hasMore']) === false) return null;
      return given({ [style]: said(answer, [style]) ?? rowId(last) });
    case 'cursor':
      return given({ cursor: said(answer, ['nextCursor', 'cursor']) });
    case 'pageToken':
      return given({ pageToken: said(answer, ['nextPageToken']) });
    case 'searchAfter': {
      const after = isRecord(last) ? (last['searchAfter'] ?? last['sort']) : undefined;
      // HighLevel takes the number of a page or what it comes after, never both.
      return Array.isArray(after) ? { searchAfter: after } : { page: Number(asked['page'] ?? 1) + 1 };
    }
  }
}

/** Null where the one that names the page is missing: the list has ended. */
function given(fields: Record<string, unknown>): Record<string, unknown> | null {
  const known = Object.entries(fields).filter(([, value]) => isSaid(value));
  return known.length === 0 ? null : Object.fromEntries(known);
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function instantOf(row: unknown, names: readonly string[]): number | null {
  if (!isRecord(row)) return null;
  const value = names
    .map((name) => row[name])
    .find((one) => typeof one === 'number' || typeof one === 'string');
  const instant = typeof value === 'string' ? Date.parse(value) : value;
  return typeof instant === 'number' && Number.isFinite(instant) ? instant : null;
}

/** The first of these fields in an answer, the outermost first; undefined where it says none. */
function said(answer: unknown, names: readonly string[]): unknown {
  for (const { value } of levels(answer)) {
    const name = isRecord(value) ? names.find((one) => Object.hasOwn(value, one)) : undefined;
    if (name !== undefined && isRecord(value)) return value[name];
  }
  return undefined;
}

const levelsDown = 3;

/** An answer and what it holds, level by level; not what is within its lists. */
function* levels(answer: unknown): Generator<{ path: string; value: unknown }> {
  let level: { path: string; value: unknown }[] = [{ path: '', value: answer }];
  for (let depth = 0; depth <= levelsDown; depth += 1) {
    yield* level;
    level = level.flatMap(({ path, value }) =>
      isRecord(value)
        ? Object.entries(value).map(([name, inner]) => ({
            path: path === '' ? name : `${path}.${name}`,
            value: inner,
          }))
        : [],
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value);
}
