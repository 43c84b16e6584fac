/** Replacing secrets by a placeholder, all other bytes as they were. */
import type { SecretMark } from '../../../../shared/model/exchange.ts';

export const placeholder = '********';
const placeholderBytes = Buffer.from(placeholder);

/** Bytes to cut, `end` exclusive. */
export type Cut = {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly reference: string | null;
};

/** Sorted, none overlapping; of two that overlap the one that begins first, then the longer one, names the whole. */
export function merge(cuts: readonly Cut[]): Cut[] {
  const merged: Cut[] = [];
  for (const cut of [...cuts].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || cut.start >= last.end) merged.push(cut);
    else {
      merged[merged.length - 1] = {
        ...last,
        end: Math.max(last.end, cut.end),
        reference: last.reference ?? cut.reference,
      };
    }
  }
  return merged;
}

/** @returns the bytes with every cut replaced, and a mark for each at its offset in them. */
export function applyCuts(
  bytes: Uint8Array,
  cuts: readonly Cut[],
): { bytes: Uint8Array; marks: SecretMark[] } {
  const parts: Uint8Array[] = [];
  const marks: SecretMark[] = [];
  let from = 0;
  let offset = 0;
  for (const { start, end, kind, reference } of merge(cuts)) {
    parts.push(bytes.subarray(from, start), placeholderBytes);
    offset += start - from;
    marks.push({ offset, length: end - start, kind, reference });
    offset += placeholderBytes.length;
    from = end;
  }
  if (marks.length === 0) return { bytes, marks };
  parts.push(bytes.subarray(from));
  return { bytes: Buffer.concat(parts), marks };
}
