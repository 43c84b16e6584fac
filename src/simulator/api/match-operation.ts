import type { Contract } from '../../shared/highlevel/operations/shapes/index.ts';
import type { Operation } from './operation.ts';

/** An operation and, where HighLevel publishes it, what it takes and answers. */
export interface Route {
  readonly operation: Operation;
  readonly contract?: Contract | undefined;
}

export interface Match extends Route {
  readonly params: ReadonlyMap<string, string>;
}

interface Compiled extends Route {
  readonly segments: readonly string[];
}

/** Finds routes by path. A trailing slash makes no difference, and a fixed segment wins over a parameter. */
export interface OperationMatcher {
  /** Every route for this method and path, the most exact first; of equals, the one that was given first. */
  match(method: string, path: string): readonly Match[];
  methodsOf(path: string): readonly string[];
}

export function createOperationMatcher(routes: readonly Route[]): OperationMatcher {
  const byShape = new Map<string, Compiled[]>();
  for (const route of routes) {
    const segments = segmentsOf(route.operation.path);
    for (const key of [keyOf(segments, route.operation.method), keyOf(segments, '*')]) {
      const group = byShape.get(key) ?? [];
      group.push({ ...route, segments });
      byShape.set(key, group);
    }
  }
  for (const group of byShape.values()) group.sort(byLiterals);

  function match(method: string, path: string): Match[] {
    const segments = segmentsOf(path);
    const found: Match[] = [];
    for (const { operation, contract, segments: pattern } of byShape.get(keyOf(segments, method)) ?? []) {
      const params = matchSegments(pattern, segments);
      if (params !== undefined) found.push({ operation, contract, params });
    }
    return found;
  }

  return {
    match,
    methodsOf: (path) => [...new Set(match('*', path).map((found) => found.operation.method))],
  };
}

/** The first segment is a fixed one in every path. */
function keyOf(segments: readonly string[], method: string): string {
  return `${method} ${segments.length} ${segments[0] ?? ''}`;
}

function byLiterals(a: Compiled, b: Compiled): number {
  for (const [index, segment] of a.segments.entries()) {
    const order = Number(isParam(segment)) - Number(isParam(b.segments[index] ?? ''));
    if (order !== 0) return order;
  }
  return 0;
}

function isParam(segment: string): boolean {
  return segment.startsWith('{');
}

export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function matchSegments(
  pattern: readonly string[],
  actual: readonly string[],
): Map<string, string> | undefined {
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
