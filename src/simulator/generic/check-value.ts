import type { Field, ReadShape, Shape } from '../../shared/highlevel/operations/shapes/index.ts';
import { read } from './shape-reader.ts';

/** What HighLevel's validator says of a value that breaks its shape, one sentence a rule; empty where it fits. */
export function checkValue(shape: Shape, value: unknown, name: string): string[] {
  const rules = read(shape);
  if (value === null) return rules.nullable || isAny(rules) ? [] : [`${name} should not be null`];
  switch (rules.kind) {
    case 'value':
      return checkPlain(rules.type, rules.bounds, value, name);
    case 'enum':
      return rules.values.some(
        (allowed) => allowed === value || (typeof value === 'string' && String(allowed) === value),
      )
        ? []
        : [`${name} must be one of the following values: ${rules.values.join(', ')}`];
    case 'list':
      if (!Array.isArray(value)) return [`${name} must be an array`];
      return [
        ...checkBounds(rules.bounds, value.length, name, 'elements'),
        ...value.flatMap((item: unknown, index) => checkValue(rules.item, item, `${name}.${index}`)),
      ];
    case 'object':
      if (!isRecord(value)) return [`${name} must be an object`];
      return checkFields(rules.fields, rules.others, value, `${name}.`);
    case 'choice':
      return checkChoice(rules.choices, value, name);
  }
}

/** `prefix` stands before the names in messages: empty, or that of the object with a dot. */
export function checkFields(
  fields: readonly Field[],
  others: Shape | null,
  values: Readonly<Record<string, unknown>>,
  prefix: string,
): string[] {
  const messages: string[] = [];
  const names = new Set(fields.map((field) => field.name));
  for (const [name, value] of Object.entries(values)) {
    if (names.has(name)) continue;
    if (others === null) messages.push(`${prefix}property ${name} should not exist`);
    else messages.push(...checkValue(others, value, prefix + name));
  }
  for (const { name, required, shape } of fields) {
    const value = values[name];
    const broken = value === undefined ? [] : checkValue(shape, value, prefix + name);
    if (required && (value === undefined || value === ''))
      messages.push(`${prefix}${name} should not be empty`);
    messages.push(...broken);
  }
  return messages;
}

function checkPlain(
  type: string,
  bounds: { readonly min?: number; readonly max?: number; readonly pattern?: string },
  value: unknown,
  name: string,
): string[] {
  switch (type) {
    case 'string':
      if (typeof value !== 'string') return [`${name} must be a string`];
      return checkText(bounds, value, name);
    case 'date-time':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
        ? []
        : [`${name} must be a valid ISO 8601 date string`];
    case 'number':
      return typeof value === 'number'
        ? checkBounds(bounds, value, name, '')
        : [`${name} must be a number conforming to the specified constraints`];
    case 'integer':
      return Number.isInteger(value)
        ? checkBounds(bounds, Number(value), name, '')
        : [`${name} must be an integer number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${name} must be a boolean value`];
    default:
      return [];
  }
}

function checkText(
  { min, max, pattern }: { readonly min?: number; readonly max?: number; readonly pattern?: string },
  value: string,
  name: string,
): string[] {
  const messages: string[] = [];
  if (min !== undefined && value.length < min)
    messages.push(`${name} must be longer than or equal to ${min} characters`);
  if (max !== undefined && value.length > max)
    messages.push(`${name} must be shorter than or equal to ${max} characters`);
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    messages.push(`${name} must match ${pattern} regular expression`);
  return messages;
}

function checkBounds(
  { min, max }: { readonly min?: number; readonly max?: number },
  value: number,
  name: string,
  unit: '' | 'elements',
): string[] {
  if (min !== undefined && value < min) {
    return [
      unit === '' ? `${name} must not be less than ${min}` : `${name} must contain at least ${min} elements`,
    ];
  }
  if (max !== undefined && value > max) {
    return [
      unit === ''
        ? `${name} must not be greater than ${max}`
        : `${name} must contain no more than ${max} elements`,
    ];
  }
  return [];
}

/** Of several choices that all fail, the one with the least to say is the one that was meant. */
function checkChoice(choices: readonly Shape[], value: unknown, name: string): string[] {
  let fewest: string[] = [];
  for (const [index, choice] of choices.entries()) {
    const messages = checkValue(choice, value, name);
    if (messages.length === 0) return [];
    if (index === 0 || messages.length < fewest.length) fewest = messages;
  }
  return fewest;
}

function isAny(rules: ReadShape): boolean {
  return rules.kind === 'value' && rules.type === 'any';
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
