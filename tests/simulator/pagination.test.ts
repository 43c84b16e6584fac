import { expect, it } from 'vitest';
import type { PageRequest } from '../../src/simulator/api/pagination.ts';
import { pageOf } from '../../src/simulator/api/pagination.ts';

const items = ['e', 'd', 'c', 'b', 'a'].map((id, index) => ({ id, createdAt: 500 - index * 100 }));
const idsOf = (request: PageRequest): string =>
  pageOf(items, request)
    .items.map(({ id }) => id)
    .join('');

it.each<[string, PageRequest, string]>([
  ['the first page', { limit: 2 }, 'ed'],
  ['offset or skip', { limit: 2, offset: 3 }, 'ba'],
  ['page', { limit: 2, page: 3 }, 'a'],
  ['the last id of the page before', { limit: 2, afterId: 'd' }, 'cb'],
  ['the last date of the page before', { limit: 2, olderThan: 300 }, 'ba'],
  ['an id that nobody knows', { limit: 2, afterId: 'x' }, ''],
  ['an offset past the end', { limit: 2, offset: 9 }, ''],
])('cuts a page by %s', (_style, request, expected) => {
  expect(idsOf(request)).toBe(expected);
});

it('says where the page stands and whether there is more', () => {
  expect(pageOf(items, { limit: 2, page: 2 })).toMatchObject({
    total: 5,
    start: 2,
    hasMore: true,
    last: { id: 'b' },
  });
  expect(pageOf(items, { limit: 2, page: 3 })).toMatchObject({ start: 4, hasMore: false, last: { id: 'a' } });
});
