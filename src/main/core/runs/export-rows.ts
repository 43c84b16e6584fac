import { stringify } from 'csv-stringify/sync';
import { isExactNumber, parseExact, plainText } from '../../../shared/highlevel/exact-numbers.ts';
import type { RowsFormat } from '../../../shared/model/run.ts';

/** About so many characters a piece. */
const pieceLength = 262_144;

/**
 * Rows as a file, in pieces. CSV has a column for each field of any row, in the order they first come; what is within a
 * field stands there as JSON. So its rows are read twice.
 *
 * @param rows reads them anew, as JSON
 */
export function exportRows(
  format: RowsFormat,
  rows: () => AsyncIterable<string>,
): AsyncGenerator<string, void> {
  switch (format) {
    case 'ndjson':
      return inPieces(lines(rows()));
    case 'json':
      return inPieces(array(rows()));
    case 'csv':
      return inPieces(csv(rows));
  }
}

export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function* lines(rows: AsyncIterable<string>): AsyncGenerator<string, void> {
  for await (const row of rows) yield `${row}\n`;
}

async function* array(rows: AsyncIterable<string>): AsyncGenerator<string, void> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + row;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* csv(rows: () => AsyncIterable<string>): AsyncGenerator<string, void> {
  const columns = new Set<string>();
  for await (const row of rows()) for (const name of Object.keys(fieldsOf(row))) columns.add(name);
  const names = [...columns];
  if (names.length === 0) return;
  yield stringify([names]);
  for await (const row of rows()) {
    const fields = fieldsOf(row);
    yield stringify([names.map((name) => cell(fields[name]))]);
  }
}

function fieldsOf(row: string): Record<string, unknown> {
  const value = parseExact(row);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !isExactNumber(value) ? { ...value } : { value };
}

function cell(value: unknown): string {
  return value === null ? '' : plainText(value);
}
