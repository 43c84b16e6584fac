import { expect, test } from 'vitest';
import { matching, rowKey, rowsOf } from '../../src/renderer/features/collections/tree-rows.ts';
import { collection, type CollectionItem } from '../../src/shared/model/collection.ts';

const item = (kind: CollectionItem['kind'], path: string, name: string): CollectionItem => ({
  kind,
  path,
  folder: path.split('/').slice(0, -1).join('/'),
  name,
  id: null,
  method: kind === 'request' ? 'GET' : null,
  requestPath: kind === 'request' ? `/${name.toLowerCase()}` : null,
  checks: 0,
  revision: null,
  problem: null,
});

const contacts = collection.parse({
  id: '0123456789abcdef',
  name: 'Contacts API',
  description: '',
  own: true,
  location: '/somewhere',
  problem: null,
  items: [
    item('folder', 'a', 'Sales'),
    item('folder', 'a/b', 'Deep'),
    item('request', 'a/b/one.request.yaml', 'One'),
    item('request', 'a/two.request.yaml', 'Two'),
    item('request', 'three.request.yaml', 'Three'),
  ],
});

const shown = (closed: readonly string[] = []) =>
  rowsOf([contacts], new Set(closed.map((path) => rowKey(contacts.id, path)))).map((row) => [
    row.level,
    row.item?.name ?? row.collection.name,
  ]);

test('folders that are folded up hide what is in them, however deep', () => {
  expect(shown()).toEqual([
    [1, 'Contacts API'],
    [2, 'Sales'],
    [3, 'Deep'],
    [4, 'One'],
    [3, 'Two'],
    [2, 'Three'],
  ]);
  expect(shown(['a']).map(([, name]) => name)).toEqual(['Contacts API', 'Sales', 'Three']);
  expect(shown(['a/b']).map(([, name]) => name)).toEqual(['Contacts API', 'Sales', 'Deep', 'Two', 'Three']);
  expect(shown([''])).toEqual([[1, 'Contacts API']]);
});

test('a search keeps what holds every word, with the folders around it', () => {
  const found = (text: string): string[] =>
    matching([contacts], text).flatMap(({ items }) => items.map(({ name }) => name));
  expect(found('')).toHaveLength(5);
  expect(found('one')).toEqual(['Sales', 'Deep', 'One']);
  expect(found('sales GET two')).toEqual(['Sales', 'Two']);
  expect(found('/three')).toEqual(['Three']);
  expect(found('contacts deep')).toEqual(['Sales', 'Deep', 'One']);
  expect(found('nothing')).toEqual([]);
});
