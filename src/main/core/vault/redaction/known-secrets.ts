/** The values redaction looks for wherever they stand. */

export type KnownSecrets = {
  /** `reference` is the vault's name for it. Values shorter than four bytes are not looked for: they would be found everywhere. */
  add(reference: string, values: readonly string[]): void;
  /** The vault's name for exactly this value. */
  referenceOf(value: string): string | null;
  /** Bytes of the longest spelling that is looked for. */
  longest(): number;
  /** Every place where a known value begins, by itself or as JSON and URLs spell it; longest first where two begin together. */
  find(bytes: Uint8Array): Found[];
};

export type Found = { readonly start: number; readonly end: number; readonly reference: string };

type Pattern = { readonly bytes: Buffer; readonly reference: string };

/** Patterns that begin alike, as all JSON Web Tokens do. */
type Family = { readonly start: Buffer; readonly patterns: readonly Pattern[] };

const shortest = 4;

const anyAddress = 'http://localhost/';

/** How JSON, query strings, forms and paths write a value; for most tokens these are one and the same. */
function spellings(value: string): Set<string> {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value.toWellFormed());
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  const asTyped = new URL(anyAddress + value);
  asTyped.hash = '';
  return new Set([
    value,
    json,
    json.replaceAll('/', '\\/'),
    url,
    url.replaceAll('%20', '+'),
    form,
    ...(asTyped.href.length - anyAddress.length < shortest ? [] : [asTyped.href.slice(anyAddress.length)]),
  ]);
}

export function createKnownSecrets(): KnownSecrets {
  const references = new Map<string, string>();
  /** By their first bytes. The engine's own search for what a family has in common skips most of a body. */
  const families = new Map<string, Family>();
  let longest = 0;

  function addPattern(pattern: Pattern): void {
    const key = pattern.bytes.toString('latin1', 0, shortest);
    const family = families.get(key);
    longest = Math.max(longest, pattern.bytes.length);
    families.set(key, {
      start: family === undefined ? pattern.bytes : commonStart(family.start, pattern.bytes),
      patterns: [...(family?.patterns ?? []), pattern].sort((a, b) => b.bytes.length - a.bytes.length),
    });
  }

  return {
    add(reference, values) {
      for (const value of values) {
        if (Buffer.byteLength(value) < shortest || references.has(value)) continue;
        references.set(value, reference);
        for (const spelling of spellings(value)) addPattern({ bytes: Buffer.from(spelling), reference });
      }
    },
    longest: () => longest,
    referenceOf: (value) => references.get(value) ?? null,
    find(bytes) {
      const found: Found[] = [];
      const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (const { start: needle, patterns } of families.values()) {
        for (let at = body.indexOf(needle); at >= 0; at = body.indexOf(needle, at + 1)) {
          const match = patterns.find((pattern) =>
            body.subarray(at, at + pattern.bytes.length).equals(pattern.bytes),
          );
          if (match !== undefined)
            found.push({ start: at, end: at + match.bytes.length, reference: match.reference });
        }
      }
      return found;
    },
  };
}

function commonStart(a: Buffer, b: Buffer): Buffer {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return a.subarray(0, length);
}
