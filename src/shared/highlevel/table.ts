/** Splits a committed table of facts into rows of cells; blank lines are skipped. */
export function rowsOf(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/ +/));
}
