/** Follows `$ref` inside one document. Nothing else is ever read: no file beside it, no address. */
import type { DocumentProblem } from './types.ts';
import { isObject, type JsonObject } from './json-value.ts';

/** Collects what is wrong; each thing is said once. */
export type Problems = {
  add(where: string, problem: string): void;
  list(): DocumentProblem[];
};

const mostProblems = 500;

export function createProblems(): Problems {
  const found = new Map<string, DocumentProblem>();
  return {
    add(where, problem) {
      if (found.size < mostProblems) found.set(`${where}\n${problem}`, { where, problem });
    },
    list: () => [...found.values()],
  };
}

export type References = {
  /** What stands behind a JSON pointer such as `#/components/schemas/Contact`; undefined, and said, where nothing does. */
  at(ref: string): unknown;
  /** A value, or what its `$ref` leads to; undefined where it leads nowhere. */
  follow(value: unknown): unknown;
};

/** A reference to a reference to itself would otherwise be followed for ever. */
const longestChain = 20;

export function createReferences(document: JsonObject, problems: Problems): References {
  const known = new Map<string, unknown>();

  const look = (ref: string): unknown => {
    if (!ref.startsWith('#')) {
      problems.add(
        ref,
        'It refers to another document, which is not read; what it stands for may be anything.',
      );
      return undefined;
    }
    let value: unknown = document;
    for (const step of stepsOf(ref)) value = child(value, step);
    if (value === undefined)
      problems.add(ref, 'The reference leads to nothing; what it stands for may be anything.');
    return value;
  };

  const at = (ref: string): unknown => {
    if (!known.has(ref)) known.set(ref, look(ref));
    return known.get(ref);
  };

  return {
    at,
    follow(value) {
      let reached = value;
      for (let step = 0; step < longestChain; step += 1) {
        const ref = isObject(reached) ? reached['$ref'] : undefined;
        if (typeof ref !== 'string') return reached;
        reached = at(ref);
      }
      problems.add(String((value as JsonObject)['$ref']), 'The reference leads back to itself.');
      return undefined;
    },
  };
}

function stepsOf(ref: string): string[] {
  return ref
    .slice(1)
    .split('/')
    .slice(1)
    .map((step) => decoded(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function child(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return (value as unknown[])[Number(step)];
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
