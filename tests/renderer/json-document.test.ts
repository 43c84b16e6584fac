import { describe, expect, it } from 'vitest';
import { createJsonDocument } from '../../src/renderer/lib/json/document.ts';
import { jsonPath } from '../../src/renderer/lib/json/path.ts';

async function opened(text: string, piece = 7) {
  const bytes = new TextEncoder().encode(text);
  const document = createJsonDocument({ bytes: bytes.length, codings: [], encoding: 'utf-8' });
  for (let at = 0; at < bytes.length; at += piece)
    await document.push(bytes.slice(at, at + piece), at + piece >= bytes.length);
  expect(document.isJson()).toBe(true);
  return document;
}

type Document = Awaited<ReturnType<typeof opened>>;

/** Every line, as `depth name text`. */
async function lines(document: Document): Promise<string[]> {
  const { lines: found } = await document.view(0, 10_000);
  return found.map(({ depth, name, text }) => `${depth} ${name ?? '$'} ${text}`);
}

describe('the tree of a JSON body', () => {
  const text = String.raw`{"a":[1,{"b":"x\"y"},[]],"a":9007199254740993,"é \u00e9":{"deep":{"er":null}},"end":true}`;

  it('shows what is open, every digit and every repeated name of it', async () => {
    const document = await opened(text);
    expect(await lines(document)).toEqual([
      `0 $ ${text}`,
      String.raw`1 a [1,{"b":"x\"y"},[]]`,
      '1 a 9007199254740993',
      '1 é é {"deep":{"er":null}}',
      '1 end true',
    ]);
  });

  it('opens and closes, and tells parents and paths', async () => {
    const document = await opened(text);
    await document.setOpen(3, true, 0, 10);
    await document.setOpen(4, true, 0, 10);
    const { total } = await document.setOpen(1, true, 0, 10);
    expect(total).toBe(10);
    expect((await lines(document)).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '0 $',
      '1 a',
      '2 0',
      '2 1',
      '2 2',
      '1 a',
      '1 é',
      '2 deep',
      '3 er',
      '1 end',
    ]);
    expect(await document.parentOf(8)).toBe(7);
    expect(await document.path(8)).toBe(String.raw`$['é é'].deep.er`);
    await document.setOpen(6, false, 0, 10);
    expect((await document.setOpen(6, true, 0, 10)).total).toBe(9);
    expect(await document.path(8)).toBe('$.end');
  });

  it('copies strings without their quotes and everything else as it was written', async () => {
    const document = await opened(text);
    await document.setOpen(1, true, 0, 10);
    await document.setOpen(3, true, 0, 10);
    expect(await document.value(4)).toBe('x"y');
    expect(await document.path(4)).toBe('$.a[1].b');
    expect(await document.value(6)).toBe('9007199254740993');
  });

  it('finds names and values, and opens what encloses a hit', async () => {
    const document = await opened(text);
    expect(await document.find('ER')).toEqual({ count: 1, more: false });
    const line = await document.reveal(0);
    expect(await document.path(line)).toBe(String.raw`$['é é'].deep.er`);
    expect(await document.find('x"y')).toEqual({ count: 1, more: false });
    expect(await document.path(await document.reveal(0))).toBe('$.a[1].b');
    expect(await document.find('nowhere')).toEqual({ count: 0, more: false });
  });

  it('reads any window of a long list as it reads the whole', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => ({
      id: at,
      words: 'w'.repeat(at % 97),
      list: [at],
    }));
    const document = await opened(JSON.stringify({ rows }, null, 1), 50_000);
    await document.setOpen(1, true, 0, 1);
    for (const line of [2902, 1502, 2, 12]) await document.setOpen(line, true, 0, 1);
    const whole = (await document.view(0, 10_000)).lines;
    expect(whole).toHaveLength(3002 + 4 * 3);
    for (const from of [0, 1, 3, 14, 700, 1500, 2999]) {
      const part = await document.view(from, from + 40);
      expect(part.lines).toEqual(whole.slice(part.from, part.from + 40));
    }
  });

  it('shows a list too long to be drawn in ranges', async () => {
    const document = await opened(`[${Array.from({ length: 250_001 }, (_, at) => at).join(',')}]`, 1_000_000);
    const { total, lines: shown } = await document.view(0, 10);
    expect(total).toBe(4);
    expect(shown.map(({ name }) => name)).toEqual([
      null,
      '[0 … 99,999]',
      '[100,000 … 199,999]',
      '[200,000 … 250,000]',
    ]);
    await document.find('200123');
    const line = await document.reveal(0);
    expect(await document.path(line)).toBe('$[200123]');
    expect(await document.value(line)).toBe('200123');
  });

  it('follows a text that breaks off as far as it goes', async () => {
    const document = await opened('{"a":[1,2,{"b":"brok');
    await document.setOpen(1, true, 0, 10);
    expect(await document.value(4)).toContain('brok');
    expect((await document.view(0, 10)).total).toBe(5);
  });

  it.each(['[]', '{}', '7', '"text"', 'null'])('has one line for %s', async (alone) => {
    const document = await opened(alone);
    expect(await lines(document)).toEqual([`0 $ ${alone}`]);
  });
});

describe('the table of a JSON body', () => {
  it('takes the longest list of objects, a column for each name', async () => {
    const document = await opened(
      '{"meta":{"tags":[{"t":1}]},"contacts":[{"id":"c1","n":1.0},{"id":"c2","tags":["a","b"],"note":null}]}',
    );
    expect(await document.table()).toEqual({
      path: '$.contacts',
      rows: 2,
      columns: ['id', 'n', 'tags', 'note'],
      moreColumns: 0,
    });
    expect(await document.rows(1, 2)).toEqual([
      [
        { kind: 'string', text: 'c2' },
        null,
        { kind: 'list', text: '["a","b"]' },
        { kind: 'literal', text: 'null' },
      ],
    ]);
    expect(await (await document.separated(',')).text()).toBe(
      'id,n,tags,note\nc1,1.0,,\nc2,,"[""a"",""b""]",\n',
    );
    expect(await (await document.separated('\t')).text()).toContain('c1\t1.0\t\t\n');
  });

  it('is not there without a list of objects', async () => {
    expect(await (await opened('{"a":[1,2],"b":{"c":[]}}')).table()).toBeNull();
  });
});

it('JSON paths are written as RFC 9535 has them', () => {
  expect(jsonPath([])).toBe('$');
  expect(jsonPath(['a', 0, 'b_1', 'ü', '2x', "it's", 'a"b', 'a\nb'])).toBe(
    String.raw`$.a[0].b_1.ü['2x']['it\'s']['a"b']['a\nb']`,
  );
});
