/** A stored body as text, piece by piece: indented, as it came, or as a hex dump. */
import { createReindenter, looksLikeJson } from './json-reindent.ts';

export const bodyModes = ['Pretty', 'Raw', 'Hex'] as const;
export type BodyMode = (typeof bodyModes)[number];

export type BodyFormat = {
  push(chunk: Uint8Array, last: boolean): string;
};

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexLine(offset: number, bytes: Uint8Array): string {
  let left = '';
  let right = '';
  for (let at = 0; at < 16; at += 1) {
    const byte = bytes[at];
    if (at === 8) left += ' ';
    left += byte === undefined ? '   ' : `${hex[byte] ?? ''} `;
    if (byte !== undefined) right += byte > 31 && byte < 127 ? String.fromCodePoint(byte) : '·';
  }
  return `${offset.toString(16).padStart(8, '0')}  ${left} ${right}\n`;
}

function createHexFormat(): BodyFormat {
  let offset = 0;
  let rest = new Uint8Array(0);
  return {
    push(chunk, last) {
      const bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
      const end = last ? bytes.length : bytes.length - (bytes.length % 16);
      let out = '';
      for (let at = 0; at < end; at += 16) {
        out += hexLine(offset, bytes.subarray(at, Math.min(at + 16, end)));
        offset += 16;
      }
      rest = bytes.slice(end);
      return out;
    },
  };
}

function createTextFormat(pretty: boolean): BodyFormat {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const reindenter = createReindenter();
  let indented: boolean | null = pretty ? null : false;
  return {
    push(chunk, last) {
      const text = decoder.decode(chunk, { stream: !last });
      indented ??= looksLikeJson(text);
      return indented ? reindenter.push(text) : text;
    },
  };
}

/** Whether these first bytes of a body are UTF-8; a character may be cut at their end. */
export function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    // The decoder throws for nothing else.
    return false;
  }
}

export function createBodyFormat(mode: BodyMode): BodyFormat {
  return mode === 'Hex' ? createHexFormat() : createTextFormat(mode === 'Pretty');
}
