/** The fields of a JSON body as paths with types. */
import type { FieldType } from '../../../shared/highlevel/event-fields.ts';

export type CameType = Exclude<FieldType, 'any'> | 'null';

/** Deeper and more numerous fields than any event has say nothing about its shape. */
const MOST_FIELDS = 5000;
const DEEPEST = 32;

/**
 * Every path of a body with the types found there, parents first: `customFields[].id`. The entries of an array are taken
 * together.
 */
export function fieldsOfBody(body: unknown): Map<string, Set<CameType>> {
  const fields = new Map<string, Set<CameType>>();
  walk(body, '', 0, fields);
  return fields;
}

function walk(value: unknown, path: string, depth: number, fields: Map<string, Set<CameType>>): void {
  if (path !== '' && !path.endsWith('[]')) {
    const types = fields.get(path) ?? new Set();
    types.add(typeOf(value));
    fields.set(path, types);
  }
  if (depth >= DEEPEST || fields.size >= MOST_FIELDS || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value) walk(entry, `${path}[]`, depth + 1, fields);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    walk(inner, path === '' ? key : `${path}.${key}`, depth + 1, fields);
  }
}

function typeOf(value: unknown): CameType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

/** The path of the object or array a field stands in; empty for a top-level field. */
export function parentOf(path: string): string {
  const cut = path.lastIndexOf('.');
  return cut < 0 ? '' : path.slice(0, cut).replace(/(\[\])+$/, '');
}
