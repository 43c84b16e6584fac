import type { Operation } from '../operation.ts';
import type { Contract } from './shape.ts';

export type ContractFinder = (operation: Pick<Operation, 'method' | 'path' | 'version'>) => Contract | null;

/**
 * Makes a finder of what an operation takes and answers. Where `v3` differs from the versions before it, the row of
 * the `Version` that the operation is sent with is taken.
 */
export function createContractFinder(contracts: readonly Contract[]): ContractFinder {
  const rows = new Map<string, Contract[]>();
  for (const contract of contracts)
    rows.set(keyOf(contract), [...(rows.get(keyOf(contract)) ?? []), contract]);
  return (operation) => {
    const found = rows.get(keyOf(operation)) ?? [];
    const other = operation.version === 'v3' ? 'before v3' : 'v3';
    return found.find(({ surface }) => surface !== other) ?? found[0] ?? null;
  };
}

/** Both lists name some parameters differently, and end some paths with a slash or without. */
function keyOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, '{}').replace(/\/+$/, '')}`;
}
