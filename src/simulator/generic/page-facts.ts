import type { Page, PageRequest } from '../api/pagination.ts';
import { pageOf } from '../api/pagination.ts';
import type { CheckedCall } from './check-call.ts';
import type { Item } from './collections.ts';

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 100;

const LIMIT_NAMES = ['limit', 'pageSize', 'pageLimit', 'pageLength'];
const OFFSET_NAMES = ['offset', 'skip'];
const PAGE_NAMES = ['page', 'pageNumber'];
/** The last id of the page before; a list ends with it. */
const AFTER_NAMES = [
  'startAfterId',
  'lastMessageId',
  'lastKnowledgeBaseId',
  'lastFaqId',
  'lastDoc',
  'cursor',
  'pageToken',
  'next',
  'searchAfter',
];
/** The last date of the page before, or its last id. */
const OLDER_NAMES = ['startAfter', 'startAfterDate'];

/** Cuts the page a call asks for, in the style its fields are of. */
export function pageFor(
  items: readonly Item[],
  { query, body }: CheckedCall,
): Page<Item> & { limit: number } {
  const asked = (names: readonly string[]): unknown => {
    const found = names.map((name) => query[name] ?? body[name]).find((value) => value !== undefined);
    const value: unknown = Array.isArray(found) ? found.at(-1) : found;
    return value === '' ? undefined : value;
  };
  const limit = Math.min(Math.max(wholeNumber(asked(LIMIT_NAMES)) ?? DEFAULT_LIMIT, 1), LARGEST_LIMIT);
  const older = asked(OLDER_NAMES);
  const olderThan = wholeNumber(older);
  const after = asked(AFTER_NAMES) ?? (olderThan === undefined ? older : undefined);
  const request: PageRequest = {
    limit,
    offset: wholeNumber(asked(OFFSET_NAMES)),
    page: wholeNumber(asked(PAGE_NAMES)),
    afterId: typeof after === 'string' ? after : undefined,
    olderThan,
  };
  return { ...pageOf(items, request), limit };
}

/** Said of a field that an answer leaves out: a made-up cursor would lead nowhere, for ever. */
export const NOTHING = Symbol('nothing');

/** What an answer says about its page, by the names that HighLevel's answers use. */
export function pageFacts(
  page: Page<Item> & { limit: number },
  url: (afterId: string) => string,
): Map<string, unknown> {
  const number = Math.floor(page.start / page.limit) + 1;
  const facts = new Map<string, unknown>();
  const say = (names: readonly string[], value: unknown): void => {
    for (const name of names) facts.set(name, value);
  };
  say(['total', 'totalCount', 'totalItems', 'totalRecords', 'totalResults'], page.total);
  say(['count'], page.items.length);
  say(['limit', 'pageSize', 'perPage'], page.limit);
  say(['skip', 'offset'], page.start);
  say(['page', 'currentPage', 'pageNumber'], number);
  say(['totalPages', 'pages'], Math.ceil(page.total / page.limit));
  say(['hasMore', 'hasNext', 'hasNextPage'], page.hasMore);
  const next = page.hasMore ? page.last : undefined;
  say(['prevPage'], number > 1 ? number - 1 : NOTHING);
  say(['nextPage'], next === undefined ? NOTHING : number + 1);
  say(['nextPageToken', 'nextCursor', 'cursor', 'startAfterId', 'nextPageStartAfterId'], next?.id ?? NOTHING);
  say(['lastKnowledgeBaseId', 'lastFaqId', 'lastMessageId', 'lastId'], page.last?.id ?? NOTHING);
  say(['nextPageUrl', 'nextLink'], next === undefined ? NOTHING : url(next.id));
  say(['startAfter'], next?.createdAt ?? NOTHING);
  return facts;
}

function wholeNumber(value: unknown): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}
