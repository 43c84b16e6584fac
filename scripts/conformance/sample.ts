import type { Schema } from '../shapes/openapi.ts';

export type Sources = {
  /** Finds the schema behind a `$ref`. */
  readonly resolve: (ref: string) => Schema;
  /** Gives the value for a field of this name where one is known: ids that exist, the account. */
  readonly known: (name: string) => string | undefined;
};

/** A valid value of a schema: fields that are required or known, first enum values, lower bounds. */
export function sample(schema: Schema, name: string, from: Sources, depth = 0): unknown {
  if (schema.$ref !== undefined) return sample(from.resolve(schema.$ref), name, from, depth + 1);
  if (schema.schema !== undefined) return sample(schema.schema, name, from, depth);
  if (schema.allOf !== undefined) return sampleAll(schema.allOf, name, from, depth);
  const [choice] = schema.oneOf ?? schema.anyOf ?? [];
  if (choice !== undefined) return sample(choice, name, from, depth);
  const [value] = (schema.enum ?? []).flat(2);
  if (value !== undefined)
    return schema.type === 'array' ? [value] : (knownOneOf(schema, name, from) ?? value);
  if (schema.type === undefined && schema.properties !== undefined)
    return sampleObject(schema, name, from, depth);
  switch (schema.type) {
    case 'array':
      return sampleList(schema, name, from, depth);
    case 'number':
    case 'integer':
      return sampleNumber(schema, name);
    case 'boolean':
      return true;
    case 'string':
      return sampleText(schema, name, from);
    case 'object':
      return sampleObject(schema, name, from, depth);
    case undefined:
    default:
      return from.known(name) ?? 'sample';
  }
}

function knownOneOf(schema: Schema, name: string, from: Sources): string | undefined {
  const value = from.known(name);
  return value !== undefined && schema.enum?.includes(value) === true ? value : undefined;
}

function sampleAll(parts: readonly Schema[], name: string, from: Sources, depth: number): unknown {
  const values = parts.map((part) => sample(part, name, from, depth));
  const [only] = values;
  return values.length === 1 ? only : Object.assign({}, ...values);
}

function sampleList(schema: Schema, name: string, from: Sources, depth: number): unknown[] {
  const singular = name.replace(/s$/, '');
  const length = Math.max(schema.minItems ?? 1, 1);
  return Array.from({ length }, () => sample(schema.items ?? {}, singular, from, depth + 1));
}

function sampleObject(
  { properties = {}, required = [] }: Schema,
  owner: string,
  from: Sources,
  depth: number,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(properties)) {
    const isWanted = required.includes(name) || (depth < 2 && isAccount(name));
    // `contactDetails.id` is the id of a contact.
    const meaning = name === 'id' && owner !== '' ? `${owner.replace(/(Details|Info|Dto)$/i, '')}Id` : name;
    if (isWanted && depth < 12) object[name] = sample(field, meaning, from, depth + 1);
  }
  return object;
}

/** Fields that say whose the data is are sent wherever they may be. */
export function isAccount(name: string): boolean {
  return ['locationId', 'companyId', 'altId', 'altType', 'location_id'].includes(name);
}

function sampleNumber({ minimum, maximum }: Schema, name: string): number {
  const wanted = wantedNumber(name);
  return Math.min(Math.max(wanted, minimum ?? wanted), maximum ?? wanted);
}

function wantedNumber(name: string): number {
  if (/limit|pageSize/i.test(name)) return 10;
  if (!/(date|time)$/i.test(name) || /^(wait|duration)/i.test(name)) return 1;
  return Date.UTC(2026, 2, isEnd(name) ? 2 : 1);
}

function isEnd(name: string): boolean {
  return /^(end|to|until|expir)/i.test(name);
}

const TEXTS: readonly [RegExp, string][] = [
  [/email/i, 'ada.lovelace@customers.example'],
  [/phone|^number$/i, '+15555550100'],
  [/url|link|website/i, 'https://files.example/sample'],
  [/^(limit|pageSize)$/i, '10'],
  [/^(skip|offset)$/i, '0'],
  [/^page$/i, '1'],
  [/^(start|from).*(date|time)$|^startsAt$/i, '2026-03-01T10:00:00Z'],
  [/date|time$|(At|On)$/i, '2026-03-01T11:00:00Z'],
  [/timezone/i, 'America/Chicago'],
  [/currency/i, 'USD'],
  [/country/i, 'US'],
  [/colou?r/i, '#336699'],
];

/** For fields that say what their text looks like. */
const WRITTEN = ['10:00', '#336699', '100', '+15555550100', '2026-03-01'];

function sampleText(schema: Schema, name: string, from: Sources): string {
  const value = from.known(name);
  if (value !== undefined) return value;
  const { pattern } = schema;
  const written = pattern === undefined ? undefined : WRITTEN.find((text) => new RegExp(pattern).test(text));
  if (written !== undefined) return written;
  if (schema.format === 'date-time')
    return isEnd(name) ? '2026-03-01T11:00:00.000Z' : '2026-03-01T10:00:00.000Z';
  const text = TEXTS.find(([pattern]) => pattern.test(name))?.[1] ?? 'sample';
  return text.padEnd(schema.minLength ?? 0, 'x').slice(0, schema.maxLength ?? text.length);
}
