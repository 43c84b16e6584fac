/**
 * How many letters must be added, dropped, changed or swapped with their neighbour to turn one text into the other
 * (optimal string alignment).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (current[column - 1] ?? 0) + 1,
        (last[column] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && swapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** The name that was probably meant: the nearest one, no more than a sixth of its letters away; null when none is near. */
export function nearestScope(name: string, candidates: Iterable<string>): string | null {
  const meant = likeness(name);
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(meant.length / 6)) + 1;
  for (const candidate of candidates) {
    const target = likeness(candidate);
    if (Math.abs(target.length - meant.length) >= least) continue;
    const distance = editDistance(meant, target);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Without what people write in several ways: case, `.read` for `.readonly`, a colon or backslash for a slash or dot. */
function likeness(name: string): string {
  return name
    .toLowerCase()
    .replace(/[.:/]read(?:-?only)?$/, '.readonly')
    .replaceAll(/[:\\]/g, '/');
}
