import { describe, expect, it } from 'vitest';
import { createReindenter, looksLikeJson } from '../../src/renderer/lib/json-reindent.ts';

const whole = (text: string): string => createReindenter().push(text);

/** In pieces of one character: what is cut in the middle must come out the same. */
const inPieces = (text: string): string => {
  const reindenter = createReindenter();
  return text
    .split('')
    .map((character) => reindenter.push(character))
    .join('');
};

const withoutSpace = (text: string): string => text.replaceAll(/\s/g, '');

describe('indenting a body', () => {
  it('agrees with JSON.stringify where JSON.parse loses nothing', () => {
    const value = { a: 1, b: [true, null, 'x, y: {z}'], c: {}, d: [], e: { f: [[1], [2, 3]] } };
    expect(whole(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it('keeps big integers, long decimals, escapes and duplicate keys as they were spelled', () => {
    const body = String.raw`{"id":12345678901234567890,"price":1.50,"e":1E+2,"name":"N\u00e4me \"x\" \\","id":2}`;
    expect(whole(body)).toBe(
      String.raw`{
  "id": 12345678901234567890,
  "price": 1.50,
  "e": 1E+2,
  "name": "N\u00e4me \"x\" \\",
  "id": 2
}`,
    );
  });

  it('indents again what was indented otherwise', () => {
    expect(whole('{\r\n\t"a" :\t[ 1 ,2 ] }')).toBe('{\n  "a": [\n    1,\n    2\n  ]\n}');
  });

  it('gives the same text in pieces as in one', () => {
    const body = String.raw`[{"a":"\\\"{","b":[]},-1.5e3,"\ud83d"]`;
    expect(inPieces(body)).toBe(whole(body));
  });

  it('loses no character of a body that is cut off or broken', () => {
    for (const body of ['{"a":[1,2', '{"a":"unfinished', '[1,,]}}}', '{a:1}', '{"a" "b"}'])
      expect(withoutSpace(whole(body))).toBe(withoutSpace(body));
  });

  it('puts each value of newline-delimited JSON on lines of its own', () => {
    expect(whole('{"a":1}\n{"a":2}\n')).toBe('{\n  "a": 1\n}\n{\n  "a": 2\n}');
  });

  it('does not indent beyond reason', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    expect(withoutSpace(whole(deep))).toBe(deep);
  });
});

describe('looksLikeJson', () => {
  it('goes by the first character', () => {
    expect([' {', '\uFEFF[', 'a=b&c=d', '"text"', '<html>', ''].map(looksLikeJson)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
