import { describe, expect, it, test } from 'vitest';
import { entityObject } from '../../src/main/core/relations/entity-object.ts';
import { headerDifference } from '../../src/main/core/relations/header-difference.ts';
import { jsonDifference } from '../../src/main/core/relations/json-difference.ts';
import { jsonTree } from '../../src/main/core/relations/json-tree.ts';
import type { JsonNode } from '../../src/main/core/relations/json-tree.ts';
import { textDifference } from '../../src/main/core/relations/text-difference.ts';

async function tree(text: string): Promise<JsonNode> {
  const node = await jsonTree(text);
  if (node === null) throw new Error(`no JSON: ${text}`);
  return node;
}

async function changes(before: string, after: string): Promise<string[]> {
  const difference = jsonDifference(await tree(before), await tree(after));
  expect(difference.more).toBe(0);
  return difference.changes.map(
    ({ path, change, before: old, after: fresh }) => `${change} ${path} ${old ?? '-'} > ${fresh ?? '-'}`,
  );
}

describe('two JSON texts', () => {
  it.each([
    ['nothing', '{"a":1,"b":[1,2]}', '{ "b": [1, 2], "a": 1 }', []],
    ['a value', '{"a":1}', '{"a":2}', ['changed $.a 1 > 2']],
    ['the type of a value', '{"a":1}', '{"a":"1"}', ['changed $.a 1 > "1"']],
    ['null and absence', '{"a":null}', '{"b":null}', ['added $.b - > null', 'removed $.a null > -']],
    [
      'a nested value',
      '{"a":{"b c":[{"d":1}]}}',
      '{"a":{"b c":[{"d":2}]}}',
      ['changed $.a["b c"][0].d 1 > 2'],
    ],
    [
      'the last digit of a 64-bit integer',
      '{"id":9223372036854775807}',
      '{"id":9223372036854775806}',
      ['changed $.id 9223372036854775807 > 9223372036854775806'],
    ],
    [
      'digits beyond a double',
      '{"n":0.1000000000000000055}',
      '{"n":0.1000000000000000056}',
      ['changed $.n 0.1000000000000000055 > 0.1000000000000000056'],
    ],
    ['another spelling of a number', '{"n":100}', '{"n":1.0e2}', ['rewritten $.n 100 > 1.0e2']],
    [
      'another spelling of a text',
      String.raw`{"s":"\u00e9\/"}`,
      '{"s":"é/"}',
      [String.raw`rewritten $.s "\u00e9\/" > "é/"`],
    ],
    ['minus zero', '{"n":-0}', '{"n":0}', ['rewritten $.n -0 > 0']],
    ['the second of two equal keys', '{"a":1,"a":2}', '{"a":1,"a":3}', ['changed $.a#2 2 > 3']],
    ['a key that stands twice', '{"a":1}', '{"a":1,"a":1}', ['added $.a#2 - > 1']],
    ['an entry of a list', '{"t":["a","b"]}', '{"t":["a","x","b"]}', ['added $.t[1] - > "x"']],
    ['the first entry gone', '["a","b","c"]', '["b","c"]', ['removed $[0] "a" > -']],
    ['an entry replaced', '["a","b"]', '["a","c"]', ['changed $[1] "b" > "c"']],
    [
      'entries with ids, whatever their order',
      '[{"id":"x","v":1},{"id":"y","v":2}]',
      '[{"id":"y","v":2},{"id":"x","v":3},{"id":"z"}]',
      ['changed $[1].v 1 > 3', 'added $[2] - > {"id":"z"}', 'moved $ x, y > y, x'],
    ],
    ['a list and an object', '{"a":[]}', '{"a":{}}', ['changed $.a [] > {}']],
    ['a byte order mark', '\uFEFF{"a":1}', '{"a":1}', []],
  ] as const)('differ in %s', async (_what, before, after, expected) => {
    expect(await changes(before, after)).toEqual(expected);
  });

  it('are compared however deep they go', async () => {
    const deep = (leaf: string): string => `${'['.repeat(10_000)}${leaf}${']'.repeat(10_000)}`;
    const [change, ...others] = await changes(deep('1'), deep('2'));
    expect(others).toEqual([]);
    expect(change).toMatch(/^changed \$(\[0\]){100} /);
  });

  it('list five hundred changes and count the rest', async () => {
    const list = (text: string) =>
      `{${Array.from({ length: 700 }, (_, at) => `"k${at}":"${text}"`).join(',')}}`;
    const difference = jsonDifference(await tree(list('a')), await tree(list('b')));
    expect(difference.changes).toHaveLength(500);
    expect(difference.more).toBe(200);
  });

  it('are no trees where they are no JSON', async () => {
    expect(await jsonTree('{"a":1')).toBeNull();
    expect(await jsonTree('a=1&b=2')).toBeNull();
  });
});

test('the object of an entity is found in an answer', async () => {
  const answer = await tree('{"traceId":"t","contact":{"id":"c1","n":1},"old":{"contact":{"id":"c1"}}}');
  expect(entityObject(answer, 'c1')?.raw).toBe('{"id":"c1","n":1}');
  expect(entityObject(answer, 'c2')).toBeNull();
});

test('texts differ by line, with three lines around', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`);
  const before = lines.join('\n');
  const found = textDifference(before, before.replace('line 10\n', 'line ten\n'));
  expect(found?.more).toBe(0);
  expect(found?.lines.map(({ change, text }) => `${change} ${text}`)).toEqual([
    'same line 7',
    'same line 8',
    'same line 9',
    'removed line 10',
    'added line ten',
    'same line 11',
    'same line 12',
    'same line 13',
  ]);
  expect(found?.lines[3]).toMatchObject({ beforeLine: 10, afterLine: null });
});

test('headers differ by name, several values in their order', () => {
  const before = [
    ['Host', 'a'],
    ['X-Twice', '1'],
    ['x-twice', '2'],
    ['Gone', ''],
  ] as [string, string][];
  const after = [
    ['host', 'a'],
    ['X-Twice', '2'],
    ['X-Twice', '1'],
    ['New', 'n'],
  ] as [string, string][];
  expect(headerDifference(before, after)).toEqual([
    { name: 'X-Twice', before: '1\n2', after: '2\n1' },
    { name: 'Gone', before: '', after: null },
    { name: 'New', before: null, after: 'n' },
  ]);
  expect(headerDifference(null, [['A', 'b']])).toEqual([{ name: 'A', before: null, after: 'b' }]);
});
