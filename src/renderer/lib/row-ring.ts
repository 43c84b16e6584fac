/**
 * Rows newest first, grown at both ends without copying: what arrives is pushed on one array, what is loaded of the
 * past on another.
 */
import type { ExchangeRow } from './exchange-row.ts';

export type RowRing = {
  readonly length: number;
  at(index: number): ExchangeRow | undefined;
  /** Index of the row with this sequence number, or of the first older one; `length` when all are newer. */
  indexOf(seq: number): number;
  /** Rows older than everything held, newest first. */
  append(rows: readonly ExchangeRow[]): void;
  /** Puts these, oldest first, in the place of every row from `fromSeq` to `toSeq`. */
  replace(fromSeq: number, toSeq: number, rows: readonly ExchangeRow[]): void;
  clear(): void;
};

export function createRowRing(): RowRing {
  let newer: ExchangeRow[] = [];
  let older: ExchangeRow[] = [];

  const at = (index: number): ExchangeRow | undefined =>
    index < newer.length ? newer[newer.length - 1 - index] : older[index - newer.length];

  function indexOf(seq: number): number {
    let low = 0;
    let high = newer.length + older.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at(middle)?.seq ?? 0) > seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get length() {
      return newer.length + older.length;
    },
    at,
    indexOf,
    append(rows) {
      for (const row of rows) older.push(row);
    },
    replace(fromSeq, toSeq, rows) {
      const kept: ExchangeRow[] = [];
      for (let last = newer.at(-1); last !== undefined && last.seq >= fromSeq; last = newer.at(-1)) {
        newer.pop();
        if (last.seq > toSeq) kept.push(last);
      }
      if ((older[0]?.seq ?? 0) >= fromSeq) {
        const cut = older.findIndex((row) => row.seq < fromSeq);
        const above = cut === -1 ? older : older.slice(0, cut);
        older = cut === -1 ? [] : older.slice(cut);
        for (const row of above) if (row.seq > toSeq) kept.push(row);
      }
      for (const row of rows) newer.push(row);
      for (const row of kept.toReversed()) newer.push(row);
    },
    clear() {
      newer = [];
      older = [];
    },
  };
}
