import { stringify } from 'csv-stringify/sync';
import type { ReportFormat, RowReport } from '../../../shared/model/data-run.ts';
import { inPieces } from '../runs/export-rows.ts';
import type { DataRow } from './types.ts';

const columns = ['row', 'outcome', 'status', 'ms', 'checks', 'error', 'exchange', 'sent'] as const;

/**
 * The report of every row, settled or not, with the fields it was sent with, in pieces of a file. In CSV the fields
 * stand behind the report, under the names they have in the file.
 *
 * @param rows in the order of the file
 */
export function exportReport(
  format: ReportFormat,
  fields: readonly string[],
  rows: AsyncIterable<DataRow>,
  reportOf: (row: number) => RowReport | null,
): AsyncGenerator<string, void> {
  return inPieces(format === 'csv' ? csv(fields, rows, reportOf) : ndjson(rows, reportOf));
}

async function* csv(
  fields: readonly string[],
  rows: AsyncIterable<DataRow>,
  reportOf: (row: number) => RowReport | null,
): AsyncGenerator<string, void> {
  yield stringify([[...columns, ...fields]]);
  let number = 0;
  for await (const row of rows) {
    number += 1;
    const told = cells(number, reportOf(number));
    yield stringify([[...told, ...fields.map((name) => row[name] ?? '')]]);
  }
}

function cells(row: number, report: RowReport | null): (string | number | null)[] {
  if (report === null) return [row, 'open', null, null, null, null, null, 0];
  const { outcome, status, ms, checks, error, exchangeId, sent } = report;
  return [row, outcome, status, ms, `${checks.passed}/${checks.of}`, error, exchangeId, sent];
}

async function* ndjson(
  rows: AsyncIterable<DataRow>,
  reportOf: (row: number) => RowReport | null,
): AsyncGenerator<string, void> {
  let number = 0;
  for await (const fields of rows) {
    number += 1;
    yield `${JSON.stringify({ ...(reportOf(number) ?? { row: number, outcome: 'open' }), fields })}\n`;
  }
}
