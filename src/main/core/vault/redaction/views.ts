/** Bytes as an encoding hides them: decoded, with the way back to where each byte stood. */

/** `offsets[i]` is where byte `i` began in the parent, `offsets[bytes.length]` where the last one ended. */
export type View = { readonly bytes: Uint8Array; readonly offsets: Uint32Array };

const backslash = 0x5c;
const percent = 0x25;
const plus = 0x2b;

const hexDigit = (byte: number | undefined) => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

function hex(bytes: Uint8Array, start: number, digits: number, end: number): number {
  if (start + digits > end) return -1;
  let value = 0;
  for (let index = start; index < start + digits; index += 1) {
    const digit = hexDigit(bytes[index]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

const simpleEscapes = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

type Decoded = { readonly bytes: Uint8Array; readonly length: number };

/** The escape at `at` in a JSON string: what it stands for and how many bytes it takes. An unfinished one is itself. */
function jsonEscape(bytes: Uint8Array, at: number, end: number): Decoded {
  const next = bytes[at + 1];
  if (next === undefined || at + 1 >= end) return { bytes: bytes.subarray(at, at + 1), length: 1 };
  if (next !== 0x75) return { bytes: Uint8Array.of(simpleEscapes.get(next) ?? next), length: 2 };
  const unit = hex(bytes, at + 2, 4, end);
  if (unit < 0) return { bytes: bytes.subarray(at, at + 2), length: 2 };
  if (unit >= 0xd800 && unit < 0xdc00 && bytes[at + 6] === backslash && bytes[at + 7] === 0x75) {
    const low = hex(bytes, at + 8, 4, end);
    if (low >= 0xdc00 && low < 0xe000) {
      return { bytes: Buffer.from(String.fromCharCode(unit, low)), length: 12 };
    }
  }
  return { bytes: Buffer.from(String.fromCharCode(unit)), length: 6 };
}

function decode(bytes: Uint8Array, start: number, end: number, escape: (at: number) => Decoded | null): View {
  const out = new Uint8Array(end - start);
  const offsets = new Uint32Array(end - start + 1);
  let length = 0;
  let at = start;
  while (at < end) {
    const decoded = escape(at);
    if (decoded === null) {
      out[length] = bytes[at] ?? 0;
      offsets[length] = at;
      length += 1;
      at += 1;
    } else {
      // No escape is shorter than what it stands for, so `out` always has room.
      out.set(decoded.bytes, length);
      offsets.fill(at, length, length + decoded.bytes.length);
      length += decoded.bytes.length;
      at += decoded.length;
    }
  }
  offsets[length] = end;
  return { bytes: out.subarray(0, length), offsets: offsets.subarray(0, length + 1) };
}

/** The text between the quotes of a JSON string. */
export function jsonStringView(bytes: Uint8Array, start: number, end: number): View {
  return decode(bytes, start, end, (at) => (bytes[at] === backslash ? jsonEscape(bytes, at, end) : null));
}

/** A percent-encoded name or value; with `form`, plus signs are spaces. */
export function percentView(bytes: Uint8Array, start: number, end: number, form: boolean): View {
  const space = Uint8Array.of(0x20);
  return decode(bytes, start, end, (at) => {
    if (bytes[at] === plus && form) return { bytes: space, length: 1 };
    if (bytes[at] !== percent) return null;
    const value = hex(bytes, at + 1, 2, end);
    return value < 0 ? null : { bytes: Uint8Array.of(value), length: 3 };
  });
}
