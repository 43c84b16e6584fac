/** Prints what was measured, with the bar and the yardstick beside each figure. */

export type Line = {
  readonly what: string;
  readonly measured: string;
  readonly yardstick: string;
  readonly bar: string;
  readonly met: boolean;
};

export function printTable(title: string, lines: readonly Line[]): void {
  const rows = [
    ['what', 'measured', 'yardstick', 'bar', ''],
    ...lines.map((line) => [
      line.what,
      line.measured,
      line.yardstick,
      line.bar,
      line.met ? 'met' : 'NOT MET',
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  console.log(`\n${title}`);
  for (const [index, row] of rows.entries()) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
    if (index === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')}/s`;
}
