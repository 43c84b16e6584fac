import { readShape } from './read-shape.ts';
import type { Field, ReadShape } from './read-shape.ts';
import type { Shape } from './shape.ts';

/** The part of JSON Schema (draft 2020-12) that shapes need. */
export type JsonSchema = {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array';
  readonly format?: 'date-time' | 'binary';
  readonly enum?: readonly (string | number)[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly nullable?: boolean;
  /** A value that an imported document gives. */
  readonly example?: unknown;
};

/** Shapes contain themselves; nobody writes a body deeper than this by hand. */
const deepest = 7;

/** A shape as JSON Schema without references. `named` gives the shape behind a `#Name`. */
export function toJsonSchema(shape: Shape, named: (name: string) => Shape, depth = 0): JsonSchema {
  if (depth > deepest) return {};
  const read = readShape(shape, named);
  const inner = (one: Shape): JsonSchema => toJsonSchema(one, named, depth + 1);
  const schema = schemaOf(read, inner);
  return read.nullable ? { ...schema, nullable: true } : schema;
}

function schemaOf(read: ReadShape, inner: (shape: Shape) => JsonSchema): JsonSchema {
  switch (read.kind) {
    case 'value':
      return valueSchema(read.type, read.bounds);
    case 'enum':
      return { enum: read.values };
    case 'list':
      return { type: 'array', items: inner(read.item), ...bounded(read.bounds, 'minItems', 'maxItems') };
    case 'choice':
      return { anyOf: read.choices.map(inner) };
    case 'object':
      return objectSchema(read.fields, read.others, inner);
  }
}

function objectSchema(
  fields: readonly Field[],
  others: Shape | null,
  inner: (shape: Shape) => JsonSchema,
): JsonSchema {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, shape }) => [name, inner(shape)])),
    ...(required.length > 0 && { required }),
    ...(others !== null && { additionalProperties: inner(others) }),
  };
}

type Bounds = { readonly min?: number; readonly max?: number; readonly pattern?: string };

function valueSchema(type: string, bounds: Bounds): JsonSchema {
  switch (type) {
    case 'number':
    case 'integer':
      return { type, ...bounded(bounds, 'minimum', 'maximum') };
    case 'boolean':
      return { type };
    case 'date-time':
      return { type: 'string', format: 'date-time' };
    case 'file':
      return { type: 'string', format: 'binary' };
    case 'string': {
      const { pattern } = bounds;
      return {
        type,
        ...bounded(bounds, 'minLength', 'maxLength'),
        ...(pattern !== undefined && { pattern }),
      };
    }
    default:
      return {};
  }
}

type Bound = 'minimum' | 'maximum' | 'minLength' | 'maxLength' | 'minItems' | 'maxItems';

function bounded({ min, max }: Bounds, least: Bound, most: Bound): JsonSchema {
  return { ...(min !== undefined && { [least]: min }), ...(max !== undefined && { [most]: max }) };
}
