/**
 * Finds its way in the bytes of a JSON text without parsing it: digits, escapes and repeated keys stay as they were
 * sent, and a text that breaks off is followed as far as it goes.
 */
export type JsonKind = 'object' | 'list' | 'string' | 'number' | 'literal';

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const colon = 0x3a;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** Bytes read between two pauses; some 10 ms. */
const stretch = 2_097_152;
/** A place in a container is noted whenever this many bytes have passed since the last. */
const markEvery = 2048;
/** Strings longer than this are searched for their end by the engine itself. */
const shortString = 48;

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

/** By its first byte. */
export function kindAt(bytes: Uint8Array, at: number): JsonKind {
  const byte = bytes[at] ?? 0;
  if (byte === openObject) return 'object';
  if (byte === openList) return 'list';
  if (byte === quote) return 'string';
  return byte === minus || (byte >= 0x30 && byte <= 0x39) ? 'number' : 'literal';
}

export const isContainer = (kind: JsonKind): kind is 'object' | 'list' =>
  kind === 'object' || kind === 'list';

/** The index after the closing quote of the string that begins at `start`, or the end of the text. */
export function endOfString(bytes: Uint8Array, start: number): number {
  const soon = Math.min(bytes.length, start + shortString);
  let at = start + 1;
  for (; at < soon; at += 1) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) at += 1;
  }
  for (let end = bytes.indexOf(quote, at); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (end - escapes > at && bytes[end - escapes - 1] === backslash) escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
  return bytes.length;
}

/** The index after a number, a literal, or whatever else stands where a value should. */
export function endOfPlain(bytes: Uint8Array, start: number): number {
  let at = start;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (isSpace(byte) || byte === comma || byte === closeObject || byte === closeList) break;
  }
  return at;
}

/** What a container holds, found without keeping a place for each of its entries. */
export type Contents = {
  readonly kind: 'object' | 'list';
  /** Of its opening bracket, and the index after its closing one. */
  readonly start: number;
  readonly end: number;
  /** How many entries it has. */
  readonly count: number;
  /** False where the text ends first. */
  readonly closed: boolean;
  /** Entries whose place is known: their numbers, and where they begin. */
  readonly marks: { readonly entries: readonly number[]; readonly offsets: readonly number[] };
};

/** Pauses at each `yield`, so that a long text does not hold up what else its thread has to do. */
export function* scanContents(bytes: Uint8Array, start: number): Generator<undefined, Contents> {
  const entries: number[] = [];
  const offsets: number[] = [];
  let count = 0;
  let depth = 1;
  let awaited = true;
  let at = start + 1;
  let pauseAt = at + stretch;
  const begin = (): void => {
    awaited = false;
    if (at - (offsets.at(-1) ?? -markEvery) >= markEvery) {
      entries.push(count);
      offsets.push(at);
    }
    count += 1;
  };
  while (at < bytes.length) {
    if (at >= pauseAt) {
      pauseAt = at + stretch;
      yield undefined;
    }
    const byte = bytes[at] ?? 0;
    if (byte === closeObject || byte === closeList) {
      depth -= 1;
      at += 1;
      if (depth === 0) break;
      continue;
    }
    if (byte === comma) {
      if (depth === 1) awaited = true;
    } else if (!isSpace(byte) && byte !== colon) {
      if (awaited && depth === 1) begin();
      if (byte === quote) {
        at = endOfString(bytes, at);
        continue;
      }
      if (byte === openObject || byte === openList) depth += 1;
    }
    at += 1;
  }
  const kind = bytes[start] === openList ? 'list' : 'object';
  return { kind, start, end: at, count, closed: depth === 0, marks: { entries, offsets } };
}

/** The index after the value that begins at `start`. */
export function endOfValue(bytes: Uint8Array, start: number): number {
  const kind = kindAt(bytes, start);
  if (kind === 'string') return endOfString(bytes, start);
  return isContainer(kind) ? finish(scanContents(bytes, start)).end : endOfPlain(bytes, start);
}

/** Without pauses: for what is known to be short. */
export function finish<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** One entry of a container: `key` encloses the quotes of its name; null in a list. */
export type Entry = {
  readonly number: number;
  readonly key: { readonly start: number; readonly end: number } | null;
  readonly start: number;
  readonly kind: JsonKind;
};

/** The entries from one number up to another, or to the last. */
export function* entriesOf(
  bytes: Uint8Array,
  contents: Contents,
  from: number,
  to = contents.count,
): Generator<Entry, void> {
  const { entries, offsets } = contents.marks;
  let mark = lastAtMost(entries, from);
  let number = entries[mark] ?? 0;
  let at = offsets[mark] ?? contents.end;
  while (number < Math.min(to, contents.count)) {
    const entry = entryAt(bytes, contents.kind, number, skipSpace(bytes, at));
    if (number >= from) yield entry;
    number += 1;
    if (entries[mark + 1] === number) {
      mark += 1;
      at = offsets[mark] ?? contents.end;
    } else if (number < contents.count) {
      at = skipSpace(bytes, endOfValue(bytes, entry.start));
      // Only a comma can stand here in a text that is JSON.
      if (bytes[at] === comma) at += 1;
    }
  }
}

/** The number of the entry that a byte belongs to. */
export function entryNumberAt(bytes: Uint8Array, contents: Contents, offset: number): number {
  const { entries, offsets } = contents.marks;
  let found = entries[lastAtMost(offsets, offset)] ?? 0;
  for (const entry of entriesOf(bytes, contents, found)) {
    if ((entry.key?.start ?? entry.start) > offset) break;
    found = entry.number;
  }
  return found;
}

function entryAt(bytes: Uint8Array, kind: Contents['kind'], number: number, at: number): Entry {
  if (kind === 'list') return { number, key: null, start: at, kind: kindAt(bytes, at) };
  const end = bytes[at] === quote ? endOfString(bytes, at) : at;
  let start = skipSpace(bytes, end);
  if (bytes[start] === colon) start = skipSpace(bytes, start + 1);
  return { number, key: { start: at, end }, start, kind: kindAt(bytes, start) };
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
