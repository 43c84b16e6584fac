/** Finds `name=value` pairs in forms and URLs, every byte keeping its place. */
import { percentView } from './views.ts';

/** `start` and `end` enclose the value as it stands, still encoded. */
export type Pair = {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly encoded: boolean;
};

const ampersand = 0x26;
const equals = 0x3d;
const percent = 0x25;
const plus = 0x2b;
/** `?`, `#` and `;` beside `&`: a query, a fragment, and a URL that stands unencoded in another's query. */
const urlSeparators: ReadonlySet<number> = new Set([0x3f, 0x23, 0x3b, ampersand]);
const formSeparators: ReadonlySet<number> = new Set([ampersand]);

/** The fields of an `application/x-www-form-urlencoded` body. */
export function formPairs(bytes: Uint8Array): Generator<Pair> {
  return pairs(bytes, 0, formSeparators);
}

/** The parameters of a URL or request target, whether in its query or in its fragment. */
export function* urlPairs(bytes: Uint8Array): Generator<Pair> {
  const first = bytes.findIndex((byte) => urlSeparators.has(byte));
  if (first >= 0) yield* pairs(bytes, first + 1, urlSeparators);
}

function* pairs(bytes: Uint8Array, from: number, separators: ReadonlySet<number>): Generator<Pair> {
  let start = from;
  let nameEnd = -1;
  let encoded = false;
  for (let at = from; at <= bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === undefined || separators.has(byte)) {
      if (nameEnd >= 0) {
        const name = Buffer.from(percentView(bytes, start, nameEnd, true).bytes).toString('utf8');
        yield { name, start: nameEnd + 1, end: at, encoded };
      }
      start = at + 1;
      nameEnd = -1;
      encoded = false;
    } else if (byte === equals && nameEnd < 0) nameEnd = at;
    else if (nameEnd >= 0 && (byte === percent || byte === plus)) encoded = true;
  }
}
