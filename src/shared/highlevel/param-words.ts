/** What parameters mean that many operations share, in a sentence each (HighLevel's published operations). */
const words: Readonly<Record<string, string>> = {
  locationId: 'The id of the sub-account it is about; the token of that sub-account is used.',
  companyId: 'The id of the agency.',
  altId:
    'The id of what altType names; for "location" that of the sub-account. Stands in the place of locationId.',
  altType: 'What altId is the id of, mostly "location".',
  limit: 'Rows of a page.',
  pageSize: 'Rows of a page.',
  pageLimit: 'Rows of a page.',
  offset: 'Rows to pass over before the first; with limit, a page after the other.',
  skip: 'Rows to pass over before the first; with limit, a page after the other.',
  page: 'Number of the page, the first is 1.',
  startAfter: 'Where the page before ended: meta.startAfter of its answer, together with startAfterId.',
  startAfterId: 'Where the page before ended: meta.startAfterId of its answer, together with startAfter.',
  startAfterDate: 'Where the page before ended: the date of its last row.',
  lastMessageId: 'Where the page before ended: lastMessageId of its answer.',
  cursor: 'Where the page before ended: nextCursor of its answer.',
  pageToken: 'Where the page before ended: nextPageToken of its answer.',
};

/** A sentence about a parameter or field of this name; undefined where none is known. */
export function paramWords(name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
