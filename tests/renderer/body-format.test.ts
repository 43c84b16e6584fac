import { describe, expect, it } from 'vitest';
import { createBodyFormat, isText } from '../../src/renderer/lib/body-format.ts';
import { fromBase64, size } from '../../src/renderer/lib/bytes.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a body as text', () => {
  it('shows raw text as it came, characters cut between slices included', () => {
    const format = createBodyFormat('Raw');
    const all = bytes('{"name":"Zoë 😀"}');
    const shown = [...all]
      .map((_, at) => format.push(all.subarray(at, at + 1), at === all.length - 1))
      .join('');
    expect(shown).toBe('{"name":"Zoë 😀"}');
  });

  it('indents JSON and leaves other text alone', () => {
    expect(createBodyFormat('Pretty').push(bytes('{"a":1}'), true)).toBe('{\n  "a": 1\n}');
    expect(createBodyFormat('Pretty').push(bytes('a=1&b=[2]'), true)).toBe('a=1&b=[2]');
  });

  it('marks bytes that are not UTF-8 instead of failing', () => {
    expect(createBodyFormat('Raw').push(Uint8Array.of(0x61, 0xff, 0x62), true)).toBe('a\uFFFDb');
  });

  it('tells text, cut in the middle of a character or not, from other bytes', () => {
    const all = bytes('Zoë 😀');
    for (let end = 0; end <= all.length; end += 1) expect(isText(all.subarray(0, end))).toBe(true);
    expect(isText(Uint8Array.of(0x61, 0xff, 0x62))).toBe(false);
    expect(isText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe(false);
  });

  it('dumps bytes sixteen to a line, over slices of any length', () => {
    const all = Uint8Array.from({ length: 20 }, (_, index) => index + 60);
    const format = createBodyFormat('Hex');
    const shown = format.push(all.subarray(0, 7), false) + format.push(all.subarray(7), true);
    expect(shown.split('\n')).toEqual([
      '00000000  3c 3d 3e 3f 40 41 42 43  44 45 46 47 48 49 4a 4b  <=>?@ABCDEFGHIJK',
      '00000010  4c 4d 4e 4f                                       LMNO',
      '',
    ]);
  });
});

describe('sizes and base64', () => {
  it('says sizes in binary units', () => {
    expect([0, 1023, 1024, 20_480, 5_242_880, null].map(size)).toEqual([
      '0 B',
      '1023 B',
      '1.0 KiB',
      '20 KiB',
      '5.0 MiB',
      '–',
    ]);
  });

  it('gives back every byte', () => {
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(fromBase64(Buffer.from(all).toString('base64'))).toEqual(all);
  });
});
