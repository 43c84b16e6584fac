import { indexAfter } from '../collections/pages.ts';
import type { Contact } from './contact.ts';
import { toContactAnswer } from './contact.ts';

interface PageQuery {
  readonly locationId: string;
  readonly query?: string | undefined;
  readonly startAfter?: number | undefined;
  readonly startAfterId?: string | undefined;
  readonly limit: number;
}

/** The page after the contact that `startAfter` (when it was added, in ms) and `startAfterId` name. */
export function pageContacts(
  found: readonly Contact[],
  page: PageQuery,
  origin: string,
): Record<string, unknown> {
  const start = indexAfter(found, addedAt, page.startAfter, page.startAfterId);
  const contacts = found.slice(start, start + page.limit);
  const last = contacts.at(-1);
  const more = start + contacts.length < found.length;
  const currentPage = Math.floor(start / page.limit) + 1;
  return {
    contacts: contacts.map(toContactAnswer),
    meta: {
      total: found.length,
      nextPageUrl: more && last !== undefined ? nextPageUrl(origin, page, last) : null,
      startAfterId: last?.id ?? null,
      startAfter: last === undefined ? null : addedAt(last),
      currentPage,
      nextPage: more ? currentPage + 1 : null,
      prevPage: currentPage > 1 ? currentPage - 1 : null,
    },
  };
}

function nextPageUrl(origin: string, page: PageQuery, last: Contact): string {
  const query = new URLSearchParams({
    locationId: page.locationId,
    ...(page.query !== undefined && { query: page.query }),
    limit: String(page.limit),
    startAfter: String(addedAt(last)),
    startAfterId: last.id,
  });
  return `${origin}/contacts/?${query.toString()}`;
}

interface SearchPage {
  readonly page: number;
  readonly pageLimit: number;
  readonly searchAfter?: readonly [number, string] | undefined;
}

/** The page by number, or after the `searchAfter` of the last contact seen. */
export function searchContacts(found: readonly Contact[], page: SearchPage): Record<string, unknown> {
  const start =
    page.searchAfter === undefined
      ? (page.page - 1) * page.pageLimit
      : indexAfter(found, addedAt, page.searchAfter[0], page.searchAfter[1]);
  const contacts = found
    .slice(start, start + page.pageLimit)
    .map((contact) => ({ ...toContactAnswer(contact), searchAfter: [addedAt(contact), contact.id] }));
  return { contacts, total: found.length };
}

function addedAt(contact: Contact): number {
  return Date.parse(contact.dateAdded);
}
