import { editDistance } from '../highlevel/link-lint/nearest.ts';
import { tokensOf, type Condition, type Token } from './condition.ts';
import { fieldKeys, fieldOf, fields, type FieldKey } from './fields.ts';

export type Parsed = {
  readonly conditions: readonly Condition[];
  /** One sentence on each piece that was not understood. The rest holds nevertheless. */
  readonly problems: readonly string[];
};

/** The name that was most likely meant: the nearest, not more than a third of its letters away. */
function nearest(name: string, candidates: readonly string[]): string | null {
  const meant = name.toLowerCase();
  const distances = candidates.map((candidate) => ({
    candidate,
    distance: editDistance(meant, candidate.toLowerCase()),
  }));
  const [best] = distances.toSorted((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(meant.length / 3))
    ? best.candidate
    : null;
}

/** The piece as it was typed. */
const written = (token: Token): string =>
  `${token.not ? '-' : ''}${token.key}:${token.quoted ? `"${token.value}"` : token.value}`;

function text(token: Token, value = token.value): Condition {
  return {
    kind: 'text',
    not: token.not,
    text: value,
    match: token.open ? 'start' : token.whole ? 'word' : 'part',
  };
}

/** A key nobody knows is text, such as a header's name or a URL; a sentence only where a field may have been meant. */
function unknownKey(token: Token, key: string, problems: string[]): Condition[] {
  const meant = nearest(key, fieldKeys);
  const isUrl = token.value.startsWith('//');
  if (!isUrl && !key.includes('-'))
    problems.push(
      meant === null
        ? `There is no field "${key}"; "${key}:${token.value}" is searched for as text.`
        : `There is no field "${key}", did you mean "${meant}"? "${key}:${token.value}" is searched for as text.`,
    );
  // The text in quotes is searched for apart from what stands before it.
  const pieces = token.quoted ? [`${key}:`, token.value] : [`${key}:${token.value}`];
  return pieces
    .filter((piece) => piece !== '')
    .map((piece) => text({ ...token, open: false, whole: false }, piece));
}

function knownKey(token: Token, key: FieldKey, problems: string[]): Condition[] {
  const field = fields[key];
  if (token.value === '') return [];
  const values = field.choices.map((choice) => choice.value);
  const value = values.find((one) => one.toLowerCase() === token.value.toLowerCase()) ?? token.value;
  const meant = values.includes(value) ? null : nearest(value, values);
  if (!field.isOpen && !values.includes(value)) {
    problems.push(
      `"${value}" is no value of "${key}"; ${meant === null ? `it takes ${values.join(', ')}` : `did you mean "${meant}"?`}`.replace(
        /([^?])$/,
        '$1.',
      ),
    );
    return [];
  }
  if (token.not && !field.canExclude) {
    problems.push(`"${written(token)}" cannot be turned round; "${key}" is taken without the "-".`);
    return [{ kind: 'field', not: false, key, value }];
  }
  const draft = { filter: {}, except: {} };
  const { refused } = field.take(draft, value, token.not, { now: 0, apps: [] });
  if (refused !== undefined) {
    problems.push(
      `"${value}" ${refused}${meant === null ? '' : `, did you mean "${meant}"`}.`.replace(/"\.$/, '"?'),
    );
    return [];
  }
  if (meant !== null && key !== 'answer' && key !== 'method' && key !== 'last')
    problems.push(`No documented ${key} is called "${value}", did you mean "${meant}"?`);
  return [{ kind: 'field', not: token.not, key, value }];
}

/**
 * Reads a query. It never fails: what is not understood is named in `problems`, and text is always something to
 * search for.
 */
export function parseQuery(query: string): Parsed {
  const problems: string[] = [];
  const conditions = tokensOf(query).flatMap((token): Condition[] => {
    if (token.key === null) return token.value === '' ? [] : [text(token)];
    const key = fieldOf(token.key);
    return key === null ? unknownKey(token, token.key, problems) : knownKey(token, key, problems);
  });
  return { conditions: conditions.filter(isFirst), problems: [...new Set(problems)] };
}

const keyOf = (condition: Condition): string => JSON.stringify(condition, Object.keys(condition).toSorted());

function isFirst(condition: Condition, index: number, all: readonly Condition[]): boolean {
  return all.findIndex((other) => keyOf(other) === keyOf(condition)) === index;
}

/** Whether two conditions ask for the same. */
export const sameCondition = (a: Condition, b: Condition): boolean => keyOf(a) === keyOf(b);
