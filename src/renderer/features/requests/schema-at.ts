/** A JSON Schema, asked what it says of one place in a body. */
import type { JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';

export type JsonPath = readonly (string | number)[];

/** The schemas that a place may have: several where there is a choice, none where nothing is known of it. */
export function schemasAt(schema: JsonSchema, path: JsonPath): JsonSchema[] {
  const [first, ...rest] = path;
  const choices = choicesOf(schema);
  if (first === undefined) return choices;
  return choices.flatMap((one) => {
    const inner =
      typeof first === 'number' ? one.items : (one.properties?.[first] ?? one.additionalProperties);
    return inner === undefined ? [] : schemasAt(inner, rest);
  });
}

export function choicesOf(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(choicesOf);
}

/** A few words on what a value is to be: `one of open, won`, `list`, `text`. */
export function wordsFor(schema: JsonSchema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  if (schema.anyOf !== undefined) return schema.anyOf.map(wordsFor).join(' or ');
  switch (schema.type) {
    case 'array':
      return 'list';
    case 'string':
      return schema.format === 'date-time' ? 'time (ISO 8601)' : 'text';
    case 'integer':
      return 'whole number';
    case 'boolean':
      return 'true or false';
    case 'number':
    case 'object':
      return schema.type;
    case undefined:
    default:
      return 'anything';
  }
}
