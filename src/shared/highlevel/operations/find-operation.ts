import type { Operation } from './operation.ts';

/** Finds the operation of a request by method and concrete path; null when none fits. */
export type OperationFinder = (method: string, path: string) => Operation | null;

type Candidate = { operation: Operation; template: readonly string[] };

/**
 * Makes a finder over a list of operations. It takes paths with or without host, query and trailing slash.
 * A literal segment beats a parameter at the first place where two fitting templates differ.
 */
export function createOperationFinder(operations: readonly Operation[]): OperationFinder {
  const candidates = new Map<string, Candidate[]>();
  for (const operation of operations) {
    const template = segmentsOf(operation.path);
    const key = `${operation.method} ${template.length}`;
    const list = candidates.get(key) ?? [];
    list.push({ operation, template });
    candidates.set(key, list);
  }
  for (const list of candidates.values()) list.sort((a, b) => byLiterals(a.template, b.template));

  return (method, path) => {
    const concrete = segmentsOf(path);
    const list = candidates.get(`${method.toUpperCase()} ${concrete.length}`) ?? [];
    return list.find(({ template }) => fits(template, concrete))?.operation ?? null;
  };
}

/** The values that a concrete path gives to the parameters of a template that fits it, decoded. */
export function pathValuesOf(template: string, path: string): Record<string, string> {
  const concrete = segmentsOf(path);
  return Object.fromEntries(
    segmentsOf(template).flatMap((segment, index) =>
      isParam(segment) ? [[segment.slice(1, -1), decoded(concrete[index] ?? '')]] : [],
    ),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign: as it was typed.
    return text;
  }
}

function segmentsOf(path: string): string[] {
  const [withoutQuery = ''] = path.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/);
  return withoutQuery.split('/').filter((segment) => segment !== '');
}

function fits(template: readonly string[], concrete: readonly string[]): boolean {
  return template.every((segment, index) => isParam(segment) || segment === concrete[index]);
}

/** Templates with an earlier literal come first, so that the first one that fits is the most specific. */
function byLiterals(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((segment, index) => isParam(segment) !== isParam(b[index] ?? ''));
  if (differing === -1) return 0;
  return isParam(a[differing] ?? '') ? 1 : -1;
}

function isParam(segment: string): boolean {
  return segment.startsWith('{');
}
