/** Which rows of a page did not come before. */
import { createHash } from 'node:crypto';
import { rowId } from '../../../shared/highlevel/paging.ts';

export type NewRows = {
  /** As JSON. */
  readonly lines: readonly string[];
  /** A hash of each row of the page. */
  readonly hashes: readonly string[];
  /** How many of the new ones have no id. */
  readonly unidentified: number;
};

/**
 * A row that has an id is new when the id is. One that has none is left out only where pages are known to overlap: then
 * the rows that end the last page and begin this one, in the same order, are the same. Elsewhere two equal rows may well
 * be two rows of the list.
 *
 * @param seen ids that came before; those of the page are added
 * @param lastHashes of the page before
 * @param overlaps whether pages of this style reach back over the page before
 */
export function newRows(
  rows: readonly unknown[],
  seen: Set<string>,
  lastHashes: readonly string[],
  overlaps: boolean,
): NewRows {
  const texts = rows.map((row) => JSON.stringify(row));
  const hashes = texts.map((text) => createHash('sha256').update(text).digest('base64url').slice(0, 16));
  const known = overlaps ? overlap(lastHashes, hashes) : 0;
  const lines: string[] = [];
  let unidentified = 0;
  for (const [index, row] of rows.entries()) {
    const id = rowId(row);
    if (id === null ? index < known : seen.has(id)) continue;
    if (id === null) unidentified += 1;
    else seen.add(id);
    lines.push(texts[index] ?? '');
  }
  return { lines, hashes, unidentified };
}

/** How many at the end of one list are those at the beginning of the next. */
function overlap(last: readonly string[], next: readonly string[]): number {
  for (let count = Math.min(last.length, next.length); count > 0; count -= 1) {
    if (last.slice(-count).every((hash, index) => hash === next[index])) return count;
  }
  return 0;
}
