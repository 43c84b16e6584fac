import type { z } from 'zod';
import { queryNumber } from '../api/validation.ts';

/** How a list is cut into pages: the names of HighLevel's query fields. */
export type PageStyle = 'skip' | 'offset' | 'page' | 'whole';

interface PageQuery {
  readonly limit?: number | undefined;
  readonly skip?: number | undefined;
  readonly offset?: number | undefined;
  readonly page?: number | undefined;
}

const whole = (): z.ZodType<number | undefined> => queryNumber(0, Number.MAX_SAFE_INTEGER).optional();

/** Fields of a query for one page of a list. */
export const pageFields = { limit: whole(), skip: whole(), offset: whole(), page: whole() };

/**
 * The rows of the page that a query names.
 *
 * @param limit how many a page has unless the query says
 */
export function pageOf<T>(rows: readonly T[], query: PageQuery, style: PageStyle, limit = 20): readonly T[] {
  if (style === 'whole') return rows;
  const size = query.limit ?? limit;
  const start =
    style === 'page'
      ? (Math.max(query.page ?? 1, 1) - 1) * size
      : ((style === 'skip' ? query.skip : query.offset) ?? 0);
  return rows.slice(start, start + size);
}

/** `page` and the ones beside it, as HighLevel writes them for numbered pages. */
export function pageMeta(total: number, page: number, limit: number): Record<string, unknown> {
  return {
    total,
    currentPage: page,
    nextPage: page * limit < total ? page + 1 : null,
    prevPage: page > 1 ? page - 1 : null,
  };
}

/**
 * Where the page after a row begins, among rows from the newest to the oldest.
 *
 * @param at when a row came to be, in ms
 * @param after the `startAfter` of the last row seen, in ms
 * @param afterId its id
 */
export function indexAfter<T extends { readonly id: string }>(
  rows: readonly T[],
  at: (row: T) => number,
  after: number | undefined,
  afterId: string | undefined,
): number {
  if (after === undefined && afterId === undefined) return 0;
  if (after === undefined) return rows.findIndex((row) => row.id === afterId) + 1;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    const seen =
      row !== undefined &&
      (at(row) > after || (at(row) === after && (afterId === undefined || row.id <= afterId)));
    if (seen) low = middle + 1;
    else high = middle;
  }
  return low;
}
