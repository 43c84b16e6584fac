/** Columns of a file as variables of a request, and the variables that a request asks for. */
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { DataRow } from './types.ts';

/** What a column is written as: what a variable cannot be named with becomes `_`. */
export function variableOf(column: string): string {
  const name = column.trim().replaceAll(/[^\w-]/g, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/** A row as variables; of two columns that are written alike the first counts. */
export function variablesOfRow(row: DataRow): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [column, value] of Object.entries(row)) {
    const name = variableOf(column);
    if (!Object.hasOwn(variables, name)) variables[name] = value;
  }
  return variables;
}

const pattern = /\{\{\s*([\w-]+)\s*\}\}/g;

/** The names a draft asks for, each once; a path parameter without a value is filled in by its own name. */
export function variablesIn(draft: ResolvedRequestDraft): string[] {
  const { path, pathParams, query, headers, body, parts, checks } = draft;
  const texts = [
    path,
    ...Object.values(pathParams),
    ...query.map(({ value }) => value),
    ...headers.map(({ value }) => value),
    body ?? '',
    ...parts.map(({ value }) => value),
    ...checks.map((check) => (check.kind === 'json' ? check.value : '')),
  ];
  const named = texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));
  const unfilled = [...path.matchAll(/(?<!\{)\{(\w+)\}(?!\})/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => (pathParams[name] ?? '').trim() === '');
  return [...new Set([...named, ...unfilled])];
}
