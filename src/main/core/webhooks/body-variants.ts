/** The bodies a sender may have signed instead of the one that came: the same content, written otherwise. */
import { jsonTokens, textOf } from './json-tokens.ts';
import type { JsonToken } from './json-tokens.ts';

export type BodyVariant = {
  readonly kind: 'json' | 'newline' | 'text-encoding';
  /** Ends the sentence "The signature is over ". */
  readonly words: string;
  readonly bytes: Uint8Array;
};

type Style = {
  readonly words: string;
  readonly indent: string;
  readonly comma: string;
  readonly colon: string;
};

const STYLES: readonly Style[] = [
  { words: 'without any whitespace', indent: '', comma: ',', colon: ':' },
  { words: 'indented by two blanks', indent: '  ', comma: ',', colon: ': ' },
  { words: 'indented by four blanks', indent: '    ', comma: ',', colon: ': ' },
  { words: 'indented by tabs', indent: '\t', comma: ',', colon: ': ' },
  {
    words: 'with a blank after commas and colons, as Python writes it',
    indent: '',
    comma: ', ',
    colon: ': ',
  },
];

const ESCAPES: readonly { readonly words: string; readonly write: (text: string) => string }[] = [
  { words: '', write: (text) => JSON.stringify(text) },
  { words: ', everything but ASCII as \\u escapes', write: (text) => ascii(JSON.stringify(text)) },
  { words: ', slashes as \\/', write: (text) => JSON.stringify(text).replaceAll('/', '\\/') },
  {
    words: ', slashes as \\/ and everything but ASCII as \\u escapes, as PHP writes it',
    write: (text) => ascii(JSON.stringify(text)).replaceAll('/', '\\/'),
  },
];

/** Every variant that differs from the body itself, each content once. */
export function bodyVariants(body: Uint8Array): BodyVariant[] {
  const variants: BodyVariant[] = [];
  const add = (kind: BodyVariant['kind'], words: string, bytes: Uint8Array): void => {
    const known = [body, ...variants.map((variant) => variant.bytes)];
    if (!known.some((one) => Buffer.compare(one, bytes) === 0)) variants.push({ kind, words, bytes });
  };
  const buffer = Buffer.from(body);
  const text = buffer.toString('utf8');
  for (const [words, bytes] of newlines(text)) add('newline', words, Buffer.from(bytes));
  for (const [words, bytes] of encodings(buffer, text)) add('text-encoding', words, bytes);
  for (const [words, written] of rewritings(text)) add('json', words, Buffer.from(written));
  return variants;
}

function newlines(text: string): [words: string, text: string][] {
  return [
    ['this body with a newline at its end', `${text}\n`],
    ['this body with CR LF at its end', `${text}\r\n`],
    ['this body without the newline at its end', text.replace(/\r?\n$/, '')],
    ['this body without the whitespace around it', text.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')],
    ['this body with LF for every CR LF', text.replaceAll('\r\n', '\n')],
    ['this body with CR LF for every LF', text.replaceAll(/\r?\n/g, '\r\n')],
  ];
}

function rewritings(text: string): [words: string, text: string][] {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Not JSON: nobody can have written it again.
    return [];
  }
  const tokens = jsonTokens(json).filter(({ kind }) => kind !== 'space');
  const found: [string, string][] = [
    ['what JSON.stringify writes after parsing this body', JSON.stringify(value)],
    ['the same JSON with its keys sorted', JSON.stringify(sorted(value))],
  ];
  const texts = tokens.map(({ kind, raw }) => (kind === 'key' || kind === 'string' ? textOf(raw) : null));
  for (const { words, write } of ESCAPES) {
    const pieces = texts.map((text, at) => (text === null ? (tokens[at]?.raw ?? '') : write(text)));
    for (const style of STYLES) {
      found.push([`the same JSON written ${style.words}${words}`, layOut(tokens, pieces, style)]);
    }
  }
  return found;
}

function encodings(buffer: Buffer, text: string): [words: string, bytes: Uint8Array][] {
  return [
    ['this body without its byte order mark', Buffer.from(text.replace(/^\uFEFF/, ''))],
    ['this body behind a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['this text in Latin-1 instead of UTF-8', Buffer.from(text, 'latin1')],
    ['this text in UTF-8 instead of Latin-1', Buffer.from(buffer.toString('latin1'))],
    ['this text in UTF-16', Buffer.from(text, 'utf16le')],
  ];
}

function ascii(written: string): string {
  return written.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The pieces in another layout. @param pieces each token as it is to be written; numbers stay as they were */
function layOut(tokens: readonly JsonToken[], pieces: readonly string[], style: Style): string {
  let out = '';
  let depth = 0;
  const line = (): string => (style.indent === '' ? '' : `\n${style.indent.repeat(depth)}`);
  for (const [at, { kind, raw }] of tokens.entries()) {
    if (kind !== 'punctuation') out += pieces[at] ?? raw;
    else if (raw === '{' || raw === '[') {
      depth += 1;
      const next = tokens[at + 1]?.raw;
      out += next === '}' || next === ']' ? raw : raw + line();
    } else if (raw === '}' || raw === ']') {
      depth -= 1;
      const last = tokens[at - 1]?.raw;
      out += last === '{' || last === '[' ? raw : line() + raw;
    } else if (raw === ',') out += style.indent === '' ? style.comma : style.comma + line();
    else out += style.colon;
  }
  return out;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
