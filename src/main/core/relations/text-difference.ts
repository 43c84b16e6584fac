/** What differs between two texts, line by line. */
import { diffLines } from 'diff';
import type { LineChange } from '../../../shared/model/relations.ts';

export type TextDifference = { readonly lines: readonly LineChange[]; readonly more: number };

const MOST_LINES = 1000;
const LONGEST_LINE = 2000;
/** Unchanged lines shown around a change. */
const AROUND = 3;
const MOST_EDITS = 2000;

/** Changed lines with three unchanged ones around; null where the texts differ in too many lines to be compared so. */
export function textDifference(before: string, after: string): TextDifference | null {
  const runs = diffLines(before, after, { maxEditLength: MOST_EDITS }) as
    | { value: string; added: boolean; removed: boolean }[]
    | undefined;
  if (runs === undefined) return null;
  const lines: LineChange[] = [];
  let old = 1;
  let fresh = 1;
  for (const { value, added, removed } of runs) {
    for (const text of linesOf(value)) {
      lines.push({
        change: added ? 'added' : removed ? 'removed' : 'same',
        beforeLine: added ? null : old,
        afterLine: removed ? null : fresh,
        text: text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text,
      });
      if (!added) old += 1;
      if (!removed) fresh += 1;
    }
  }
  const shown = nearChanges(lines);
  return { lines: shown.slice(0, MOST_LINES), more: Math.max(0, shown.length - MOST_LINES) };
}

function linesOf(value: string): string[] {
  const lines = value.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function nearChanges(lines: readonly LineChange[]): LineChange[] {
  const near = new Set<number>();
  for (const [at, { change }] of lines.entries()) {
    if (change === 'same') continue;
    for (let place = at - AROUND; place <= at + AROUND; place += 1) near.add(place);
  }
  return lines.filter((_line, at) => near.has(at));
}
