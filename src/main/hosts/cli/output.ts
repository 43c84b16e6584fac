import { once } from 'node:events';
import type { Failure } from './failures.ts';

export type Output = {
  /** One JSON object on a line with `--json`; the readable lines otherwise. Waits for a slow reader. */
  print(value: object, readable: () => string): Promise<void>;
  /** For people, on standard error. */
  say(sentence: string): void;
  fail(failure: Failure): void;
};

/** A reader that goes away (`hlc exchanges | head`, `hlc --help | head`) ends the program, quietly. */
export function endWithReader(): void {
  const gone = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  };
  process.stdout.on('error', gone);
  process.stderr.on('error', gone);
}

/** Standard output for results, standard error for everything else. */
export function createOutput(json: boolean): Output {
  const write = async (line: string): Promise<void> => {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  };

  return {
    print: (value, readable) => write(json ? JSON.stringify(value) : readable()),
    say: (sentence) => void process.stderr.write(`${sentence}\n`),
    fail({ code, message, remedy }) {
      if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
      process.stderr.write(`${message}${remedy === null ? '' : ` ${remedy}`}\n`);
    },
  };
}

/** Rows in columns, each as wide as its widest cell; the last one takes what it needs. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))),
    )
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n');
}
