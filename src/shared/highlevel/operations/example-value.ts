import { exampleText } from './example.ts';
import type { JsonSchema } from './shapes/json-schema.ts';

/** A JSON value of an example body. */
export type ExampleValue = string | number | boolean | ExampleValue[] | { [name: string]: ExampleValue };

/** Optional fields worth having in an example: without them a contact would have no name, a message no text. */
const welcomeFields: ReadonlySet<string> = new Set(['firstName', 'lastName', 'email', 'phone', 'message']);

/** What the request builder fills in with the developer's own. */
export const accountFields: ReadonlySet<string> = new Set(['locationId', 'companyId', 'userId', 'altId']);

/** Text for patterns that HighLevel publishes; the first that fits is taken. */
const patterned = ['10:00', '10:30', '#336699', '+15555550100', '2026-01-15', '100', 'A'];

/**
 * A value that fits a schema: required fields, those that make a person recognisable, and the least a list must hold.
 * `name` is that of the field it stands in. The same one every time.
 */
export function exampleValue(schema: JsonSchema, name: string): ExampleValue {
  // A document's own example says more than we can guess, except where it would name somebody else's account.
  if (schema.example !== undefined && !accountFields.has(name)) return schema.example as ExampleValue;
  const [first] = schema.enum ?? [];
  if (first !== undefined) return first;
  const [choice] = schema.anyOf ?? [];
  if (choice !== undefined) return exampleValue(choice, name);
  switch (schema.type) {
    case 'object':
      return exampleObject(schema);
    case 'array':
      return exampleList(schema, name);
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return exampleNumber(schema, name);
    case 'string':
    case undefined:
    default:
      return exampleString(schema, name);
  }
}

function exampleObject({ properties = {}, required = [] }: JsonSchema): ExampleValue {
  const chosen = Object.entries(properties).filter(
    ([name, { type }]) => required.includes(name) || (welcomeFields.has(name) && type === 'string'),
  );
  return Object.fromEntries(chosen.map(([name, schema]) => [name, exampleValue(schema, name)]));
}

function exampleList({ items = {}, minItems = 1 }: JsonSchema, name: string): ExampleValue {
  const one = exampleValue(items, name.replace(/Ids$/, 'Id'));
  return Array.from({ length: Math.max(1, minItems) }, () => one);
}

function exampleNumber({ minimum, maximum }: JsonSchema, name: string): number {
  const wanted = Number(exampleText(name));
  const number = Number.isFinite(wanted) ? wanted : 1;
  return Math.min(Math.max(number, minimum ?? number), maximum ?? Infinity);
}

function exampleString({ format, pattern, minLength = 0, maxLength }: JsonSchema, name: string): string {
  if (format === 'date-time') return '2026-01-15T10:00:00Z';
  if (format === 'binary') return '';
  const text = exampleText(name);
  if (pattern !== undefined) {
    const rule = new RegExp(pattern);
    return [text, ...patterned].find((one) => rule.test(one)) ?? text;
  }
  return text.startsWith('{{') ? text : text.padEnd(minLength, 'x').slice(0, maxLength);
}
