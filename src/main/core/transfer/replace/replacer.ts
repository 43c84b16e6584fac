/** Finds personal data in texts, JSON, forms and URLs, and puts other data in its place. */
import type { HeaderPairs } from '../../../../shared/model/exchange.ts';
import type { ReplacedKind } from '../../../../shared/model/transfer.ts';
import { isUrlHeader } from '../../vault/redaction/redact-header.ts';
import { placeholder } from '../../vault/redaction/cuts.ts';
import { jsonTokens, textOf } from '../../webhooks/json-tokens.ts';
import type { Fakes } from './fakes.ts';
import { kindOfField } from './field-kinds.ts';

export type Replacer = {
  /** A body or any other text, by what it looks like. */
  body(text: string, contentType: string | null): string;
  /** Absolute, or the target of a request. */
  url(url: string): string;
  headers(pairs: HeaderPairs): HeaderPairs;
  /** The value of a field of this name. */
  field(name: string, value: string): string;
  ip(address: string): string;
};

/** Hears of each place. */
export type OnReplaced = (kind: ReplacedKind, before: string, after: string) => void;

/** Ids that stood in a field of that name are known by their value elsewhere, as in a path. */
const MOST_LEARNED = 100_000;

const EMAIL = /[\p{L}\d._%+'-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
const PHONE = /\+\d[\d ().-]{6,18}\d/g;
const DATE = /\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?\b/g;
const UUID = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi;
/** Ids of the platform: 20 letters and digits (Firestore) or 24 hexadecimal ones (MongoDB). */
const ID = /(?<![\w-])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])(?:[\da-f]{24}|[A-Za-z\d]{20})(?![\w-])/g;
const addressHeaders = new Set(['x-forwarded-for', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip']);
const IP = /\d+(?:\.\d+){3}|[\da-f]*:[\da-f:]+/gi;

export function createReplacer(
  fakes: Fakes,
  kinds: ReadonlySet<ReplacedKind>,
  onReplaced: OnReplaced,
): Replacer {
  const learned = new Set<string>();

  const put = (kind: ReplacedKind, before: string, make: (text: string) => string | null): string => {
    // What was cut out as a secret says nothing any more.
    if (!kinds.has(kind) || before.trim() === '' || before.includes(placeholder)) return before;
    const after = make(before) ?? before;
    if (after !== before) onReplaced(kind, before, after);
    return after;
  };
  const email = (text: string): string => put('emails', text, fakes.email);
  const phone = (text: string): string => put('phones', text, fakes.phone);
  const date = (text: string): string => put('dates', text, fakes.date);
  const ip = (text: string): string => put('addresses', text, fakes.ip);
  const id = (text: string): string => {
    if (kinds.has('ids') && learned.size < MOST_LEARNED) learned.add(text);
    return put('ids', text, fakes.id);
  };

  const PATTERNS: readonly (readonly [RegExp, (found: string) => string])[] = [
    [EMAIL, email],
    [UUID, id],
    [ID, id],
    [DATE, date],
    [PHONE, phone],
  ];
  /** What is unmistakable wherever it stands; `rest` gets what is between. */
  const patterns = (text: string, rest: (between: string) => string = (same) => same, from = 0): string => {
    const pattern = PATTERNS[from];
    if (pattern === undefined) return text === '' ? '' : rest(text);
    const [expression, replace] = pattern;
    let result = '';
    let at = 0;
    for (const { 0: found, index } of text.matchAll(expression)) {
      result += patterns(text.slice(at, index), rest, from + 1) + replace(found);
      at = index + found.length;
    }
    return result + patterns(text.slice(at), rest, from + 1);
  };
  const wordy = (kind: ReplacedKind, text: string): string =>
    put(kind, text, (given) => patterns(given, fakes.words));

  const field = (name: string, value: string): string => {
    switch (kindOfField(name)) {
      case 'names':
        return wordy('names', value);
      case 'addresses':
        return /^\d+(\.\d+){3}$/.test(value) ? ip(value) : wordy('addresses', value);
      case 'text':
        return wordy('text', value);
      case 'emails':
        return patterns(value);
      case 'phones':
        return phone(value);
      case 'ids':
        return id(value);
      case 'birthdays':
        return put('birthdays', value, (given) => fakes.date(given) ?? fakes.words(given));
      case 'dates':
      case null:
        return learned.has(value) ? id(value) : patterns(value);
    }
  };

  const jsonText = (text: string): string =>
    jsonTokens(text)
      .map(({ kind, raw, path }) => {
        if (kind === 'string') {
          const before = textOf(raw);
          const after = isJson(before) ? jsonText(before) : field(lastName(path), before);
          return after === before ? raw : JSON.stringify(after);
        }
        if (kind === 'key') {
          const before = textOf(raw);
          const after = patterns(before);
          return after === before ? raw : JSON.stringify(after);
        }
        return kind === 'number' ? number(lastName(path), raw) : raw;
      })
      .join('');

  /** A whole number that is an id, a phone number or a time; what has a fraction is none of these. */
  const number = (name: string, raw: string): string => {
    if (!/^\d+$/.test(raw)) return raw;
    const kind = kindOfField(name);
    // A phone number of digits alone is kept a JSON number, without a zero in front.
    if (kind === 'ids') return id(raw);
    if (kind === 'phones') return put('phones', raw, fakes.id);
    if (kind === 'birthdays') return put('birthdays', raw, (given) => fakes.date(given));
    return raw.length === 13 && /date|time|at$/i.test(name) ? date(raw) : raw;
  };

  const form = (text: string): string =>
    text
      .split('&')
      .map((pair) => {
        const equals = pair.indexOf('=');
        if (equals < 0) return pair;
        const name = decoded(pair.slice(0, equals));
        const before = decoded(pair.slice(equals + 1));
        const after = field(name, before);
        return after === before ? pair : `${pair.slice(0, equals + 1)}${encodeURIComponent(after)}`;
      })
      .join('&');

  const segment = (text: string): string => {
    const before = decoded(text);
    const after = learned.has(before) ? id(before) : patterns(before);
    return after === before ? text : encodeURIComponent(after);
  };
  const url = (text: string): string => {
    const [, origin = '', path = '', query, fragment] =
      /^([a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(text) ?? [];
    const segments = path.split('/').map(segment).join('/');
    return `${origin}${segments}${query === undefined ? '' : `?${form(query.slice(1))}`}${fragment ?? ''}`;
  };

  return {
    field,
    url,
    ip,
    body(text, contentType) {
      const plain = text.replace(/^\uFEFF/, '');
      if (isJson(plain)) return text.slice(0, text.length - plain.length) + jsonText(plain);
      const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
      return type === 'application/x-www-form-urlencoded' ? form(text) : wordy('text', text);
    },
    headers: (pairs) =>
      pairs.map(([name, value]) => {
        const lower = name.toLowerCase();
        if (addressHeaders.has(lower)) return [name, value.replaceAll(IP, ip)];
        if (isUrlHeader(name)) return [name, url(value)];
        // A signature, or a digest of the body, is no id.
        return [name, /signature|digest|etag|hash/.test(lower) ? value : patterns(value)];
      }),
  };
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Looks like it and is none: plain text, then.
    return false;
  }
}

/** The last name in a path as `jsonTokens` writes them: of `$.contact.tags[0]` it is `tags`. */
function lastName(path: string): string {
  const plain = path.replace(/(\[\d+\])+$/, '');
  const quoted = /\["((?:[^"\\]|\\.)*)"\]$/.exec(plain)?.[1];
  return quoted ?? /[^.]*$/.exec(plain)?.[0] ?? '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // No valid percent-encoding: it is compared as it stands.
    return text;
  }
}
