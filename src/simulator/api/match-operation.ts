import type { Operation } from './operation.ts';

export interface Match {
  readonly operation: Operation;
  readonly params: ReadonlyMap<string, string>;
}

interface Compiled {
  readonly operation: Operation;
  readonly segments: readonly string[];
}

/** Finds rows by path. A trailing slash makes no difference, and a fixed segment wins over a parameter. */
export interface OperationMatcher {
  /** Every row for this method and path, the most exact first. */
  match(method: string, path: string): readonly Match[];
  methodsOf(path: string): readonly string[];
}

export function createOperationMatcher(operations: readonly Operation[]): OperationMatcher {
  const rows = operations
    .map((operation): Compiled => ({ operation, segments: segmentsOf(operation.path) }))
    .toSorted((a, b) => parameterCount(a) - parameterCount(b));

  function matchAny(path: string): Match[] {
    const segments = segmentsOf(path);
    return rows.flatMap((row) => {
      const params = matchSegments(row.segments, segments);
      return params === undefined ? [] : [{ operation: row.operation, params }];
    });
  }

  return {
    match: (method, path) => matchAny(path).filter((found) => found.operation.method === method),
    methodsOf: (path) => [...new Set(matchAny(path).map((found) => found.operation.method))],
  };
}

function parameterCount(row: Compiled): number {
  return row.segments.filter((segment) => segment.startsWith('{')).length;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function matchSegments(
  pattern: readonly string[],
  actual: readonly string[],
): Map<string, string> | undefined {
  if (pattern.length !== actual.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const segment = actual[index] ?? '';
    if (expected.startsWith('{')) params.set(expected.slice(1, -1), decode(segment));
    else if (expected !== segment) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign names nothing that exists; looked up as written it is simply not found.
    return segment;
  }
}
