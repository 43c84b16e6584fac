import type { Page, PageRequest } from '../api/pagination.ts';
import { pageOf } from '../api/pagination.ts';
import type { CheckedCall } from './check-call.ts';
import type { Item } from './collections.ts';

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 100;

const LIMIT_NAMES = ['limit', 'pageSize', 'pageLimit'];
const OFFSET_NAMES = ['offset', 'skip'];
const PAGE_NAMES = ['page', 'pageNumber'];
const AFTER_NAMES = [
  'startAfterId',
  'lastMessageId',
  'lastKnowledgeBaseId',
  'lastFaqId',
  'lastId',
  'cursor',
  'pageToken',
  'nextPageToken',
  'after',
  'next',
];

/** Cuts the page a call asks for, in the style its fields are of. */
export function pageFor(
  items: readonly Item[],
  { query, body }: CheckedCall,
): Page<Item> & { limit: number } {
  const asked = (names: readonly string[]): unknown =>
    names.map((name) => query[name] ?? body[name]).find((value) => value !== undefined && value !== '');
  const limit = Math.min(Math.max(wholeNumber(asked(LIMIT_NAMES)) ?? DEFAULT_LIMIT, 1), LARGEST_LIMIT);
  const after = asked(AFTER_NAMES);
  const request: PageRequest = {
    limit,
    offset: wholeNumber(asked(OFFSET_NAMES)),
    page: wholeNumber(asked(PAGE_NAMES)),
    afterId: typeof after === 'string' ? after : undefined,
  };
  return { ...pageOf(items, request), limit };
}

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
  say(['prevPage'], number > 1 ? number - 1 : undefined);
  if (page.hasMore && page.last !== undefined) {
    say(['nextPage'], number + 1);
    say(['nextPageToken', 'nextCursor', 'cursor', 'startAfterId', 'lastId'], page.last.id);
    say(['nextPageUrl'], url(page.last.id));
    say(['startAfter'], page.last.createdAt);
  }
  return facts;
}

function wholeNumber(value: unknown): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}
