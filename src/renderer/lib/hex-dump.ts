/** Bytes as a hex dump, sixteen to a line. */

export const bytesALine = 16;

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `00000010  4c 4d …  LM`, without a line break. @param bytes at most sixteen */
export function hexLine(offset: number, bytes: Uint8Array): string {
  let left = '';
  let right = '';
  for (let at = 0; at < bytesALine; at += 1) {
    const byte = bytes[at];
    if (at === 8) left += ' ';
    left += byte === undefined ? '   ' : `${hex[byte] ?? ''} `;
    if (byte !== undefined) right += byte > 31 && byte < 127 ? String.fromCodePoint(byte) : '·';
  }
  return `${offset.toString(16).padStart(8, '0')}  ${left} ${right}`;
}

/** @param offset of the first byte in the body */
export function hexDump(bytes: Uint8Array, offset: number): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += bytesALine)
    out += `${hexLine(offset + at, bytes.subarray(at, at + bytesALine))}\n`;
  return out;
}

/** `1024`, `0x400`; null for what is no place in a body of that length. */
export function offsetOf(text: string, total: number): number | null {
  const trimmed = text.trim();
  const offset = /^(0x[\da-f]+|\d+)$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
  return offset < total ? offset : null;
}
