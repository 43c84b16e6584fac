import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createBodyFormat } from '../../src/renderer/lib/body-format.ts';
import { fromBase64, size } from '../../src/renderer/lib/bytes.ts';
import { codingsOf, undoCodings } from '../../src/renderer/lib/content-coding.ts';
import { hexDump, offsetOf } from '../../src/renderer/lib/hex-dump.ts';
import { encodingOf, isText } from '../../src/renderer/lib/text-encoding.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const raw = { pretty: false, encoding: 'utf-8', contentType: null };
const pretty = { ...raw, pretty: true };

/** The text of a body that comes one byte at a time. */
function byteByByte(body: Uint8Array, options: Parameters<typeof createBodyFormat>[0]): string {
  const format = createBodyFormat(options);
  return [...body].map((_, at) => format.push(body.subarray(at, at + 1), at === body.length - 1)).join('');
}

describe('a body as text', () => {
  it('shows raw text as it came, characters cut between slices included', () => {
    const shown = byteByByte(bytes('{"name":"Zoë 😀"}'), raw);
    expect(shown).toBe('{"name":"Zoë 😀"}');
  });

  it('indents JSON and leaves other text alone', () => {
    expect(createBodyFormat(pretty).push(bytes('{"a":1}'), true)).toBe('{\n  "a": 1\n}');
    expect(createBodyFormat(pretty).push(bytes('a=1&b=[2]'), true)).toBe('a=1&b=[2]');
  });

  it('marks bytes that are not UTF-8 instead of failing', () => {
    expect(createBodyFormat(raw).push(Uint8Array.of(0x61, 0xff, 0x62), true)).toBe('a\uFFFDb');
  });

  it('tells text, cut in the middle of a character or not, from other bytes', () => {
    const all = bytes('Zoë 😀');
    for (let end = 0; end <= all.length; end += 1) expect(isText(all.subarray(0, end))).toBe(true);
    expect(isText(Uint8Array.of(0x61, 0xff, 0x62))).toBe(false);
    expect(isText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe(false);
  });

  it('dumps bytes sixteen to a line, with the place of each', () => {
    const all = Uint8Array.from({ length: 20 }, (_, index) => index + 60);
    const shown = hexDump(all.subarray(0, 16), 0) + hexDump(all.subarray(16), 16);
    expect(shown.split('\n')).toEqual([
      '00000000  3c 3d 3e 3f 40 41 42 43  44 45 46 47 48 49 4a 4b  <=>?@ABCDEFGHIJK',
      '00000010  4c 4d 4e 4f                                       LMNO',
      '',
    ]);
  });
});

describe('what is no JSON', () => {
  it('is indented as XML, elements with text in them on one line', () => {
    const xml =
      '<?xml version="1.0"?>\n<a b="1>2"><!-- <x> --><c>text &amp; more</c><d/><e></e><f><![CDATA[<no>]]></f></a>';
    const expected = [
      '<?xml version="1.0"?>',
      '<a b="1>2">',
      '  <!-- <x> -->',
      '  <c>text &amp; more</c>',
      '  <d/>',
      '  <e></e>',
      '  <f><![CDATA[<no>]]></f>',
      '</a>',
    ];
    const options = { ...pretty, contentType: 'text/xml; charset=utf-8' };
    expect(createBodyFormat(options).push(bytes(xml), true).split('\n')).toEqual(expected);
    expect(byteByByte(bytes('<a><b>1</b></a>'), options)).toBe('<a>\n  <b>1</b>\n</a>');
    expect(createBodyFormat(options).push(bytes('<a><b'), true)).toBe('<a><b');
  });

  it('is one pair a line where it is a form', () => {
    const options = { ...pretty, contentType: 'application/x-www-form-urlencoded' };
    const form = bytes('name=Zo%C3%AB+B&empty=&flag&bad=%zz&a%5B%5D=1');
    const expected = 'name = Zoë B\nempty = \nflag\nbad = %zz\na[] = 1\n';
    expect(createBodyFormat(options).push(form, true)).toBe(expected);
    expect(byteByByte(form, options)).toBe(expected);
  });

  it('is left alone where nothing fits', () => {
    const text = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
    const options = { ...pretty, contentType: 'multipart/form-data; boundary=x' };
    expect(createBodyFormat(options).push(bytes(text), true)).toBe(text);
  });
});

describe('encodings', () => {
  it.each([
    [null, [0x7b], 'utf-8'],
    ['application/json', [0xff, 0xfe, 0x7b, 0], 'utf-16le'],
    ['application/json; charset=utf-8', [0xfe, 0xff, 0, 0x7b], 'utf-16be'],
    ['text/plain; charset="ISO-8859-1"', [0xe9], 'windows-1252'],
    ['text/plain;charset=no-such', [0x61], 'utf-8'],
  ] as const)('%s, beginning with %j, is %s', (contentType, start, encoding) => {
    expect(encodingOf(contentType, Uint8Array.from(start))).toBe(encoding);
  });

  it('are decoded over slices, the mark of UTF-16 left out', () => {
    const utf16 = Buffer.from('\uFEFF{"é":"😀"}', 'utf16le');
    expect(byteByByte(utf16, { ...raw, encoding: 'utf-16le' })).toBe('{"é":"😀"}');
    expect(byteByByte(Uint8Array.of(0xe9), { ...raw, encoding: 'windows-1252' })).toBe('é');
  });

  it('do not make text of what is mostly control characters', () => {
    expect(isText(new Uint8Array(1000))).toBe(false);
    expect(isText(bytes(`${'text '.repeat(40)}\0`))).toBe(true);
  });
});

describe('Content-Encoding', () => {
  const undo = async (
    codings: string[],
    body: Uint8Array<ArrayBuffer>,
  ): Promise<{ text: string; failed: boolean }> => {
    const out: Uint8Array[] = [];
    let failed = false;
    const undoing = undoCodings(
      codings,
      async (piece) => void out.push(piece),
      () => (failed = true),
    );
    for (let at = 0; at < body.length; at += 10)
      await undoing.push(body.slice(at, at + 10), at + 10 >= body.length);
    return { text: Buffer.concat(out).toString(), failed };
  };
  const text = 'the same words again and again. '.repeat(200);

  it('is undone piece by piece, the last one first', async () => {
    expect(codingsOf(' GZIP, identity ,deflate')).toEqual(['gzip', 'deflate']);
    expect(await undo(['gzip'], new Uint8Array(gzipSync(text)))).toEqual({ text, failed: false });
    const twice = new Uint8Array(gzipSync(deflateSync(text)));
    expect(await undo(['deflate', 'gzip'], twice)).toEqual({ text, failed: false });
  });

  it('says where the bytes do not fit, or end early', async () => {
    expect(await undo(['gzip'], new Uint8Array(bytes('no gzip at all')))).toEqual({ text: '', failed: true });
    const cut = await undo(['gzip'], new Uint8Array(gzipSync(text)).slice(0, -9));
    expect(cut.failed).toBe(true);
  });
});

describe('sizes and base64', () => {
  it('reads places in a body', () => {
    expect(['0x10', ' 16 ', '20', 'x', ''].map((place) => offsetOf(place, 20))).toEqual([
      16,
      16,
      null,
      null,
      null,
    ]);
  });

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
