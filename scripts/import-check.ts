/**
 * Imports every OpenAPI document below a folder as the companion does, and prints what came of each:
 * `scripts/import-check FOLDER [--problems]`. With `--problems` every fault of the documents is printed. Ends with status
 * 1 where a document cannot be imported.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { expandSchema } from '../src/main/core/catalogue/import/expand-schema.ts';
import { readOpenApi } from '../src/main/core/catalogue/import/read-openapi.ts';
import type { ReadDocument } from '../src/main/core/catalogue/import/types.ts';

type Row = { readonly file: string } & (
  | { readonly document: ReadDocument; readonly ms: number }
  | { readonly failure: string }
);

function documentsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|ya?ml)$/i.test(name))
    .sort();
}

function rowOf(folder: string, file: string): Row {
  try {
    const text = readFileSync(join(folder, file), 'utf8');
    const start = performance.now();
    const document = readOpenApi(text, file);
    for (const { body } of document.operations)
      if (body !== null) expandSchema(body.schema, document.schemas);
    return { file, document, ms: performance.now() - start };
  } catch (error) {
    return { file, failure: error instanceof Error ? error.message : String(error) };
  }
}

function cellsOf({ document, ms }: { document: ReadDocument; ms: number }): string[] {
  const { operations, openapi, problems } = document;
  const params = operations.reduce((sum, operation) => sum + operation.params.length, 0);
  const bodies = operations.filter(({ body }) => body !== null).length;
  return [openapi, ...[operations.length, params, bodies, problems.length, Math.round(ms)].map(String)];
}

const head = ['document', 'openapi', 'operations', 'params', 'bodies', 'problems', 'ms'];

function print(rows: readonly Row[], withProblems: boolean): void {
  const table = rows.map((row) => ('failure' in row ? [row.file] : [row.file, ...cellsOf(row)]));
  const read = table.filter((cells) => cells.length > 1);
  const total = [2, 3, 4, 5, 6].map((at) => String(read.reduce((sum, cells) => sum + Number(cells[at]), 0)));
  const lines = [head, ...table, [`${rows.length} documents`, '', ...total]];
  const widths = head.map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)));
  for (const [index, cells] of lines.entries()) {
    const row = rows[index - 1];
    const padded = cells.map((cell, at) =>
      at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    );
    console.log(
      row !== undefined && 'failure' in row ? `${padded[0]}  FAILED: ${row.failure}` : padded.join('  '),
    );
    if (!withProblems || row === undefined || 'failure' in row) continue;
    for (const { where, problem } of row.document.problems) console.log(`    ${where}: ${problem}`);
  }
}

const { values, positionals } = parseArgs({
  options: { problems: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('Usage: scripts/import-check FOLDER [--problems], a folder of OpenAPI documents.');
  process.exitCode = 2;
} else {
  const files = documentsBelow(folder);
  const rows = files.map((file) => rowOf(folder, file));
  print(rows, values.problems);
  const failed = rows.filter((row) => 'failure' in row).length;
  const empty = rows.filter((row) => 'document' in row && row.document.operations.length === 0).length;
  const parts = empty === 0 ? '' : ` ${empty} of them hold parts for other documents alone.`;
  console.log(
    failed === 0
      ? `All ${rows.length} imported.${parts}`
      : `${failed} of ${rows.length} could not be imported.`,
  );
  if (failed > 0 || rows.length === 0) process.exitCode = 1;
}
