/** The list of objects in a JSON text as a table: a row an object, a column for each name that any of them has. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import { jsonPath } from './path.ts';
import {
  entriesOf,
  isContainer,
  kindAt,
  scanContents,
  type Contents,
  type Entry,
  type JsonKind,
} from './scan.ts';
import { lineAt, nameOf, plainAt } from './text.ts';
import type { Patience } from './tree.ts';

export type TableCell = { readonly kind: JsonKind; readonly text: string } | null;

export type TableInfo = {
  /** Where the list stands. */
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** Columns beyond those. */
  readonly moreColumns: number;
};

/** Objects this far down are looked into for a list. */
const levelsDown = 3;
/** An object with more entries is a map, and no place for lists. */
const mostLookedAt = 500;
const mostColumns = 300;
/** Rows worked on between two pauses. */
const rowsAStretch = 500;
const cellLength = 200;

type Place = { readonly start: number; readonly steps: readonly (string | number)[] };
type List = Place & { readonly contents: Contents };

/** The longest list of objects within three levels; null where there is none. */
async function findList(bytes: Uint8Array, start: number, patience: Patience): Promise<List | null> {
  let longest: List | null = null;
  let level: Place[] = [{ start, steps: [] }];
  for (let depth = 0; depth <= levelsDown && level.length > 0; depth += 1) {
    const next: Place[] = [];
    for (const place of level) {
      if (!isContainer(kindAt(bytes, place.start))) continue;
      const contents = await patience(scanContents(bytes, place.start));
      if (contents.kind === 'object') {
        if (contents.count > mostLookedAt) continue;
        for (const entry of entriesOf(bytes, contents, 0))
          next.push({ start: entry.start, steps: [...place.steps, nameOf(bytes, entry)] });
        continue;
      }
      const [first] = entriesOf(bytes, contents, 0, 1);
      if (first?.kind === 'object' && contents.count > (longest?.contents.count ?? 0))
        longest = { ...place, contents };
    }
    level = next;
  }
  return longest;
}

function* columnsOf(bytes: Uint8Array, contents: Contents): Generator<undefined, string[]> {
  const names = new Set<string>();
  for (const row of entriesOf(bytes, contents, 0)) {
    if (row.number % rowsAStretch === rowsAStretch - 1) yield undefined;
    for (const cell of cellsOf(bytes, row)) names.add(String(nameOf(bytes, cell)));
  }
  return [...names];
}

function* cellsOf(bytes: Uint8Array, row: Entry): Generator<Entry> {
  if (row.kind !== 'object') return;
  const scan = scanContents(bytes, row.start);
  let step = scan.next();
  while (step.done !== true) step = scan.next();
  yield* entriesOf(bytes, step.value, 0);
}

export async function createTable(bytes: Uint8Array, start: number, patience: Patience) {
  const list = await findList(bytes, start, patience);
  if (list === null) return null;
  const { contents, steps } = list;
  const names = await patience(columnsOf(bytes, contents));
  const columns = names.slice(0, mostColumns);
  const info: TableInfo = {
    path: jsonPath(steps),
    rows: contents.count,
    columns,
    moreColumns: names.length - columns.length,
  };

  /** By column; a name that comes twice has its last value, as JSON.parse reads it. */
  const rowOf = (row: Entry): Map<string, Entry> =>
    new Map([...cellsOf(bytes, row)].map((cell) => [String(nameOf(bytes, cell)), cell]));

  function* separated(delimiter: ',' | '\t'): Generator<undefined, Blob> {
    const parts: string[] = [stringify([names], { delimiter })];
    let batch: string[][] = [];
    const flush = (): void => {
      parts.push(stringify(batch, { delimiter }));
      batch = [];
    };
    for (const row of entriesOf(bytes, contents, 0)) {
      const cells = rowOf(row);
      batch.push(names.map((name) => csvCell(bytes, cells.get(name))));
      if (batch.length < rowsAStretch) continue;
      flush();
      yield undefined;
    }
    flush();
    return new Blob(parts, { type: delimiter === ',' ? 'text/csv' : 'text/tab-separated-values' });
  }

  return {
    info,
    rows(from: number, to: number): TableCell[][] {
      return [...entriesOf(bytes, contents, from, to)].map((row) => {
        const cells = rowOf(row);
        return columns.map((name) => {
          const cell = cells.get(name);
          return cell === undefined ? null : { kind: cell.kind, text: cellText(bytes, cell) };
        });
      });
    },
    /** Every row and every column; what is within a field stands there as JSON. */
    separated: (delimiter: ',' | '\t') => patience(separated(delimiter)),
  };
}

export type Table = NonNullable<Awaited<ReturnType<typeof createTable>>>;

function cellText(bytes: Uint8Array, { kind, start }: Entry): string {
  const line = lineAt(bytes, start);
  const text = kind === 'string' && line.endsWith('"') ? plainAt(bytes, start) : line;
  return text.length > cellLength ? `${text.slice(0, cellLength)}…` : text;
}

function csvCell(bytes: Uint8Array, cell: Entry | undefined): string {
  if (cell === undefined) return '';
  const text = plainAt(bytes, cell.start);
  return text === 'null' && cell.kind === 'literal' ? '' : text;
}
