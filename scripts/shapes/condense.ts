import type { Fields, Shape, SpecialShape } from '../../src/shared/highlevel/operations/shapes/shape.ts';
import type { Schema } from './openapi.ts';

/** Turns a `$ref` into the name of a shape. */
export type NameOf = (ref: string) => string;

/** A schema's facts: types, required names, enums, bounds. Descriptions, examples and defaults are left behind. */
export function condense(schema: Schema, nameOf: NameOf): Shape {
  const shape = condenseType(schema, nameOf);
  return schema.nullable === true ? orNull(shape) : shape;
}

function condenseType(schema: Schema, nameOf: NameOf): Shape {
  if (schema.$ref !== undefined) return `#${nameOf(schema.$ref)}`;
  // Two fields of one document wrap their schema a second time.
  if (schema.schema !== undefined) return condense(schema.schema, nameOf);
  if (schema.allOf !== undefined) return combined('$all', schema.allOf, nameOf);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return combined('$one', choices, nameOf);
  if (schema.enum !== undefined) return condenseEnum(schema);
  if (schema.type === 'array') return bounded([condense(schema.items ?? {}, nameOf)], schema);
  if (schema.type === 'object' || schema.properties !== undefined) return condenseObject(schema, nameOf);
  return bounded(word(schema), schema);
}

function word(schema: Schema): string {
  if (schema.type === 'string') {
    if (schema.format === 'date-time') return 'date-time';
    return schema.format === 'binary' ? 'file' : 'string';
  }
  return schema.type ?? 'any';
}

function condenseEnum(schema: Schema): Shape {
  // One document nests the list of values in another list.
  const values = (schema.enum ?? []).flat(2);
  return schema.type === 'array' ? [{ $enum: values }] : { $enum: values };
}

function condenseObject(schema: Schema, nameOf: NameOf): Shape {
  const required = new Set(schema.required);
  const fields: Record<string, Shape> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    fields[required.has(name) ? `${name}!` : name] = condense(field, nameOf);
    required.delete(name);
  }
  for (const name of required) fields[`${name}!`] = 'any';
  const isEmpty = Object.keys(fields).length === 0;
  const { additionalProperties: more } = schema;
  if (typeof more === 'object' || (more === true && !isEmpty)) {
    const map = more === true ? 'any' : condense(more, nameOf);
    return isEmpty ? { $map: map } : { $map: map, $is: fields };
  }
  return isEmpty ? 'object' : fields;
}

function combined(kind: '$all' | '$one', parts: readonly Schema[], nameOf: NameOf): Shape {
  const shapes = parts.map((part) => condense(part, nameOf));
  const [only, second] = shapes;
  if (only !== undefined && second === undefined) return only;
  return kind === '$all' ? { $all: shapes } : { $one: shapes };
}

function bounded(shape: Shape, schema: Schema): Shape {
  const $min = schema.minimum ?? schema.minLength ?? schema.minItems;
  const $max = schema.maximum ?? schema.maxLength ?? schema.maxItems;
  const bounds = {
    ...($min !== undefined && { $min }),
    ...($max !== undefined && { $max }),
    ...(schema.pattern !== undefined && { $pattern: schema.pattern }),
  };
  return Object.keys(bounds).length === 0 ? shape : { $is: shape, ...bounds };
}

function orNull(shape: Shape): Shape {
  if (typeof shape === 'string') return `${shape}?`;
  const isSpecial = !Array.isArray(shape) && Object.keys(shape).some((key) => key.startsWith('$'));
  return isSpecial ? { ...(shape as SpecialShape), $null: true } : { $is: shape, $null: true };
}

/** Fields of one place of a request: its query, or its path. */
export function fieldsOf(
  params: readonly { name: string; required?: boolean; schema?: Schema }[],
  nameOf: NameOf,
): Fields {
  return Object.fromEntries(
    params.map(({ name, required, schema }) => [
      required === true ? `${name}!` : name,
      condense(schema ?? {}, nameOf),
    ]),
  );
}
