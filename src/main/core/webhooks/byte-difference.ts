/** Where two byte sequences part. */
import type { ByteDifference } from '../../../shared/model/webhook.ts';
import { jsonTokens, pathAt } from './json-tokens.ts';

const BEFORE = 16;
const AFTER = 24;

/**
 * The first byte in which two bodies differ, with a snippet of each around it, or null when they are the same.
 *
 * @param received what came; its JSON path is named where it is JSON
 * @param other what it is compared with
 */
export function firstDifference(received: Uint8Array, other: Uint8Array): ByteDifference | null {
  const offset = differsAt(received, other);
  if (offset === null) return null;
  return {
    offset,
    path: pathOf(received, offset),
    received: snippet(received, offset),
    other: snippet(other, offset),
  };
}

/** Offset of the first byte that differs; the shorter length where one begins with the other. */
function differsAt(a: Uint8Array, b: Uint8Array): number | null {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) if (a[at] !== b[at]) return at;
  return a.length === b.length ? null : shorter;
}

function pathOf(bytes: Uint8Array, offset: number): string | null {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    JSON.parse(text);
  } catch {
    // Not JSON: there is no path to name.
    return null;
  }
  return pathAt(jsonTokens(text), Buffer.from(bytes.subarray(0, offset)).toString('utf8').length);
}

/** The bytes around a place as text, with what cannot be seen made visible; `[END]` marks the end of the body. */
function snippet(bytes: Uint8Array, offset: number): ByteDifference['received'] {
  const from = Math.max(0, offset - BEFORE);
  const to = Math.min(bytes.length, offset + AFTER);
  return {
    before: `${from > 0 ? '…' : ''}${visible(bytes.subarray(from, offset))}`,
    after: `${visible(bytes.subarray(offset, to))}${to < bytes.length ? '…' : '[END]'}`,
  };
}

function visible(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('utf8')
    .replaceAll('\r', '[CR]')
    .replaceAll('\n', '[LF]')
    .replaceAll('\t', '[TAB]')
    .replaceAll('\uFEFF', '[BOM]')
    .replaceAll('\0', '[NUL]');
}
