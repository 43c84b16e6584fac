/** Looks for a text in the bytes of a JSON text, names and values alike. */

const stretch = 4_194_304;

export type Hits = {
  /** Where they begin. */
  readonly offsets: readonly number[];
  /** There are more than are kept. */
  readonly more: boolean;
};

/** Upper and lower case of the letters A to Z are alike; everything else is found as JSON writes it. Pauses at each `yield`. */
export function* findAll(bytes: Uint8Array, text: string, most: number): Generator<undefined, Hits> {
  const needle = new TextEncoder().encode(JSON.stringify(text).slice(1, -1)).map(lower);
  const offsets: number[] = [];
  const first = needle[0];
  if (first === undefined) return { offsets, more: false };
  const upper = first >= 0x61 && first <= 0x7a ? first - 0x20 : first;
  const last = bytes.length - needle.length;
  let pauseAt = stretch;
  for (let at = 0; at <= last; at += 1) {
    if (at >= pauseAt) {
      pauseAt += stretch;
      yield undefined;
    }
    const byte = bytes[at];
    if ((byte !== first && byte !== upper) || !matches(bytes, at, needle)) continue;
    if (offsets.length === most) return { offsets, more: true };
    offsets.push(at);
    at += needle.length - 1;
  }
  return { offsets, more: false };
}

function matches(bytes: Uint8Array, at: number, needle: Uint8Array): boolean {
  for (let index = 1; index < needle.length; index += 1)
    if (lower(bytes[at + index] ?? 0) !== needle[index]) return false;
  return true;
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
