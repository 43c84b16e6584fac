import { z } from 'zod';
import { refuse } from '../http/refusal.ts';

/** A schema for a body or a query; unknown names are refused. */
export type Fields = z.ZodType<object>;

/**
 * Checks fields as HighLevel does.
 * @throws Refusal 422 with one message per broken rule, in the words of its validator.
 */
export function validate<T extends object>(
  schema: z.ZodType<T>,
  value: Readonly<Record<string, unknown>>,
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refuse(422, validationMessages(result.error, value));
}

export function validationMessages(error: z.ZodError, value: Readonly<Record<string, unknown>>): string[] {
  return error.issues.flatMap((issue) => {
    const name = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      const prefix = name === '' ? '' : `${name}.`;
      return issue.keys.map((key) => `${prefix}property ${key} should not exist`);
    }
    const missing = [undefined, null, ''].includes(lookUp(value, issue.path));
    const rule = `${name} ${broken(issue)}`;
    return missing ? [rule, `${name} should not be empty`] : [rule];
  });
}

function lookUp(value: unknown, path: readonly PropertyKey[]): string | null | undefined {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return typeof current === 'string' || current === null || current === undefined ? current : 'present';
}

function broken(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return TYPE_RULES[issue.expected] ?? `must be ${issue.expected}`;
  if (issue.code === 'invalid_value') return 'must be a valid enum value';
  if (issue.code === 'invalid_format') {
    return issue.format === 'email' ? 'must be an email' : 'must be a valid ISO 8601 date string';
  }
  if (issue.code === 'too_small') {
    return issue.origin === 'string' ? 'must be a string' : `must not be less than ${issue.minimum}`;
  }
  if (issue.code === 'too_big') return `must not be greater than ${issue.maximum}`;
  return 'is invalid';
}

const TYPE_RULES: Readonly<Record<string, string>> = {
  string: 'must be a string',
  boolean: 'must be a boolean value',
  number: 'must be a number conforming to the specified constraints',
  array: 'must be an array',
  object: 'must be an object',
};

/** A string that must be there and may not be empty. */
export const requiredText = z.string().min(1);

/** A whole number written in a query string. */
export function queryNumber(minimum: number, maximum: number): z.ZodType<number> {
  return z.preprocess(
    (text) => (typeof text === 'string' && text.trim() !== '' ? Number(text) : text),
    z.number().min(minimum).max(maximum),
  );
}
