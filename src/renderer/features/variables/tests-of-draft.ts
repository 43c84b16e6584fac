/** What is done with an answer, as it is being written: rows that may still be incomplete. */
import type { RequestCapture, RequestCheck } from '../../../shared/model/request.ts';
import { requestCapture, requestCheck } from '../../../shared/model/request.ts';

/** `test` of a check: `status`, `time`, or a test on the JSON at `path`. */
export type CheckTest = 'status' | 'time' | (RequestCheck & { kind: 'json' })['test'];

export type CheckRow = {
  readonly key: number;
  readonly on: boolean;
  readonly test: CheckTest;
  readonly path: string;
  readonly value: string;
};
export type CaptureRow = {
  readonly key: number;
  readonly on: boolean;
  readonly variable: string;
  readonly path: string;
};

let nextKey = 0;
const key = (): number => (nextKey += 1);

export const captureRow = (variable = '', path = ''): CaptureRow => ({
  key: key(),
  on: true,
  variable,
  path,
});
export const checkRow = (test: CheckTest = 'status', path = '', value = '2xx'): CheckRow => ({
  key: key(),
  on: true,
  test,
  path,
  value,
});

/** A name for what is at a JSON path: `contactId` for `$.contact.id`, `$.contacts[0].id` and the like. */
export function variableFor(path: string): string {
  const names = [...path.matchAll(/[A-Za-z_][\w-]*/g)].map(([name]) => name);
  const last = names.at(-1) ?? 'value';
  const holder = names.at(-2);
  if (!/^_?id$/i.test(last) || holder === undefined) return last;
  return `${holder.replace(/s$/, '')}Id`;
}

export const rowOfCheck = (check: RequestCheck): CheckRow => {
  switch (check.kind) {
    case 'status':
      return checkRow('status', '', check.value);
    case 'time':
      return checkRow('time', '', String(check.withinMs));
    case 'json':
      return checkRow(check.test, check.path, check.value);
  }
};

function draftOfCheck({ test, path, value }: CheckRow): unknown {
  if (test === 'status') return { kind: 'status', value: value.trim().toLowerCase() };
  if (test === 'time') return { kind: 'time', withinMs: Number(value) };
  return { kind: 'json', path: path.trim(), test, value };
}

/** Why a row is left out; null for one that is whole, or that nothing is written in yet. */
export function rowProblem(row: CheckRow | CaptureRow): string | null {
  if (row.path === '' && ('variable' in row ? row.variable === '' : row.value === '')) return null;
  const read =
    'variable' in row ? requestCapture.safeParse(trimmed(row)) : requestCheck.safeParse(draftOfCheck(row));
  if (!read.success) {
    const [issue] = read.error.issues;
    if (issue?.path[0] === 'path') return 'It needs a JSON path such as $.contact.id.';
    if (issue?.path[0] === 'variable') return 'A variable is named with letters, digits, - and _.';
    if (issue?.path[0] === 'withinMs') return 'It needs a number of milliseconds.';
    return 'A status is written as 200 or 2xx.';
  }
  const path = 'path' in read.data ? read.data.path : '$';
  return path.startsWith('$') ? null : 'A JSON path begins with $.';
}

const trimmed = ({ variable, path }: CaptureRow): RequestCapture => ({
  variable: variable.trim(),
  path: path.trim(),
});

export function capturesOf(rows: readonly CaptureRow[]): RequestCapture[] {
  return rows.flatMap((row) => {
    const read = requestCapture.safeParse(trimmed(row));
    return row.on && read.success ? [read.data] : [];
  });
}

export function checksOf(rows: readonly CheckRow[]): RequestCheck[] {
  return rows.flatMap((row) => {
    const read = requestCheck.safeParse(draftOfCheck(row));
    return row.on && read.success ? [read.data] : [];
  });
}
