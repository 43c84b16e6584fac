/** The rows of a CSV or NDJSON file, field by field as text. */
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { isExactNumber, parseExact, plainText } from '../../../shared/highlevel/exact-numbers.ts';
import type { DataFile } from '../../../shared/model/data-run.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { DataRow } from './types.ts';

export type RowsRead = {
  readonly format: 'csv' | 'ndjson';
  /** In the order of the file. */
  readonly columns: readonly string[];
  readonly rows: readonly DataRow[];
};

/** So long pieces are read at once, that others have their turn in between. */
const pieceLength = 65_536;

/** @throws AppError `bad_input` naming the line that is wrong, or a file without rows */
export async function readRows(file: DataFile): Promise<RowsRead> {
  const text = file.text.startsWith('\uFEFF') ? file.text.slice(1) : file.text;
  const format = file.format ?? formatOf(file.name, text);
  const { columns, rows } = format === 'csv' ? await csvRows(text) : await ndjsonRows(text);
  if (rows.length === 0) throw new AppError('bad_input', `The file "${file.name}" holds no rows.`);
  return { format, columns, rows };
}

function formatOf(name: string, text: string): 'csv' | 'ndjson' {
  if (/\.csv$|\.tsv$/i.test(name)) return 'csv';
  if (/\.(?:ndjson|jsonl)$/i.test(name)) return 'ndjson';
  return text.trimStart().startsWith('{') ? 'ndjson' : 'csv';
}

type Rows = { readonly columns: readonly string[]; readonly rows: DataRow[] };

async function csvRows(text: string): Promise<Rows> {
  let columns: string[] = [];
  const rows: DataRow[] = [];
  const parser = Readable.from(pieces(text)).pipe(
    parse({
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      columns: (names: string[]) => {
        columns = names.map((name) => name.trim());
        requireNames(columns);
        return columns;
      },
    }),
  );
  try {
    for await (const row of parser) rows.push(row as DataRow);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? ` at line ${error.lines}` : '';
    throw new AppError('bad_input', `The file cannot be read as CSV${line}: ${csvProblem(error.code)}.`);
  }
  return { columns, rows };
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength);
}

function requireNames(columns: readonly string[]): void {
  const unnamed = columns.indexOf('');
  if (unnamed !== -1) throw new AppError('bad_input', `Column ${unnamed + 1} of the file has no name.`);
  const seen = new Set<string>();
  for (const name of columns) {
    if (seen.has(name)) throw new AppError('bad_input', `The file has two columns named "${name}".`);
    seen.add(name);
  }
}

/** The one of comma, semicolon and tab that its first line has most of. */
function delimiterOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const counts = [',', ';', '\t'].map((one) => ({ one, count: first.split(one).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).one;
}

function csvProblem(code: string): string {
  if (code.startsWith('CSV_RECORD_INCONSISTENT'))
    return 'it has another number of fields than the first line';
  return code.includes('QUOTE') ? 'a quotation mark is out of place or never closed' : code;
}

async function ndjsonRows(text: string): Promise<Rows> {
  const columns = new Set<string>();
  const rows: DataRow[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (index % 1000 === 999) await new Promise((resolve) => setImmediate(resolve));
    if (line.trim() === '') continue;
    const row = objectOf(line);
    if (row === null) {
      throw new AppError('bad_input', `Line ${index + 1} of the file is not a JSON object.`);
    }
    for (const name of Object.keys(row)) columns.add(name);
    rows.push(row);
  }
  return { columns: [...columns], rows };
}

function objectOf(line: string): DataRow | null {
  try {
    const value = parseExact(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value) || isExactNumber(value))
      return null;
    // What is null has no value: it stays empty.
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [name, field === null ? '' : plainText(field)]),
    );
  } catch {
    return null;
  }
}
