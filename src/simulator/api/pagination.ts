/** What a call asks for, in whichever of HighLevel's styles. */
export interface PageRequest {
  readonly limit: number;
  /** `offset` or `skip`. */
  readonly offset?: number | undefined;
  /** Counted from 1. */
  readonly page?: number | undefined;
  /** The id after which the page begins: `startAfterId`, `lastMessageId`, `cursor`, `pageToken` and the like. */
  readonly afterId?: string | undefined;
  /** `startAfter` and `startAfterDate`: the page begins with what is older, in milliseconds since 1970. */
  readonly olderThan?: number | undefined;
}

/** What a list has to tell of its items. */
export interface Paged {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  /** Where the page begins, counted from 0. */
  readonly start: number;
  readonly hasMore: boolean;
  /** The last one of the page, which the next page begins after. */
  readonly last: Item | undefined;
}

/** Cuts a page out of items, newest first. An unknown id to begin after gives an empty page. */
export function pageOf<Item extends Paged>(items: readonly Item[], request: PageRequest): Page<Item> {
  const { limit } = request;
  const start = startOf(items, request);
  const slice = items.slice(start, start + limit);
  return {
    items: slice,
    total: items.length,
    start,
    hasMore: start + slice.length < items.length,
    last: slice.at(-1),
  };
}

function startOf(items: readonly Paged[], { limit, offset, page, afterId, olderThan }: PageRequest): number {
  if (afterId !== undefined) {
    const index = items.findIndex((item) => item.id === afterId);
    return index === -1 ? items.length : index + 1;
  }
  if (olderThan !== undefined) {
    const index = items.findIndex((item) => item.createdAt < olderThan);
    return index === -1 ? items.length : index;
  }
  if (offset !== undefined) return offset;
  return page === undefined ? 0 : (page - 1) * limit;
}
