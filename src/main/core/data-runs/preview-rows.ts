/** What a run over a file would send, before anything is sent. */
import { AppError } from '../../../shared/model/app-error.ts';
import {
  repeatableMethods,
  type DataColumn,
  type DataFile,
  type DataPreview,
} from '../../../shared/model/data-run.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { Requests } from '../services.ts';
import { readRows, type RowsRead } from './read-rows.ts';
import { variableOf, variablesIn, variablesOfRow } from './row-variables.ts';
import type { DataRow } from './types.ts';

export type RowsPlanned = RowsRead & {
  readonly dataColumns: DataColumn[];
  /** Variables of the request that nothing gives. */
  readonly missing: string[];
};

type PlanDeps = { readonly requests: Pick<Requests, 'preview' | 'variables'> };

/** Rejects with `bad_input` for a file that is none. */
export async function planRows(
  draft: ResolvedRequestDraft,
  file: DataFile,
  { requests }: PlanDeps,
): Promise<RowsPlanned> {
  const read = await readRows(file);
  const asked = variablesIn(draft);
  const given = new Set(read.columns.map(variableOf));
  const dataColumns = read.columns.map((name) => {
    const variable = variableOf(name);
    return { name, variable, used: asked.includes(variable) };
  });
  const others = await requests.variables(draft);
  for (const { name, value } of others) if (value !== null) given.add(name);
  return { ...read, dataColumns, missing: asked.filter((name) => !given.has(name)) };
}

const firstRows = 3;
/** Of a body this much is shown. */
const shownBody = 4000;

export async function previewRows(
  draft: ResolvedRequestDraft,
  file: DataFile,
  deps: PlanDeps,
): Promise<DataPreview> {
  const { format, rows, dataColumns, missing } = await planRows(draft, file, deps);
  const first = await Promise.all(
    rows.slice(0, firstRows).map((row, index) => previewRow(draft, row, index + 1, deps)),
  );
  return {
    format,
    columns: dataColumns,
    rows: rows.length,
    missing,
    repeatable: repeatableMethods.has(draft.method),
    first,
  };
}

async function previewRow(
  draft: ResolvedRequestDraft,
  fields: DataRow,
  row: number,
  { requests }: PlanDeps,
): Promise<DataPreview['first'][number]> {
  try {
    const { url, body } = await requests.preview(draft, { row: variablesOfRow(fields) });
    return { row, url, body: body?.slice(0, shownBody) ?? null, problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { row, url: null, body: null, problem: error.message };
  }
}
