/** What a call asks for, in whichever of HighLevel's styles. */
export interface PageRequest {
  readonly limit: number;
  /** `offset` or `skip`. */
  readonly offset?: number | undefined;
  /** Counted from 1. */
  readonly page?: number | undefined;
  /** The id after which the page begins: `startAfterId`, `lastMessageId`, `cursor`, `pageToken` and the like. */
  readonly afterId?: string | undefined;
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

/** Cuts a page out of items that are in their order. An unknown id to begin after gives an empty page. */
export function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  { limit, offset, page, afterId }: PageRequest,
): Page<Item> {
  const start = startOf(items, limit, { offset, page, afterId });
  const slice = items.slice(start, start + limit);
  return {
    items: slice,
    total: items.length,
    start,
    hasMore: start + slice.length < items.length,
    last: slice.at(-1),
  };
}

function startOf(
  items: readonly { readonly id: string }[],
  limit: number,
  { offset, page, afterId }: Omit<PageRequest, 'limit'>,
): number {
  if (afterId !== undefined) {
    const index = items.findIndex((item) => item.id === afterId);
    return index === -1 ? items.length : index + 1;
  }
  if (offset !== undefined) return offset;
  return page === undefined ? 0 : (page - 1) * limit;
}
