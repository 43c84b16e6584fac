/** From a schema of OpenAPI 3.0, 3.1 or 3.2 to the form that is kept. Descriptions are left behind. */
import type { JsonSchema } from '../../../../shared/highlevel/operations/shapes/json-schema.ts';
import { isObject, listOf, type JsonObject } from './json-value.ts';
import type { Problems, References } from './references.ts';
import type { KeptSchema, SchemaTable } from './types.ts';

export type SchemaKeeper = {
  keep(schema: unknown): KeptSchema;
  /** Every schema that a kept one refers to; it grows with what is kept. */
  table(): SchemaTable;
};

type Type = NonNullable<JsonSchema['type']>;

const types: readonly string[] = ['string', 'number', 'integer', 'boolean', 'object', 'array'];
const longestPattern = 500;
/** A repetition of a repetition, which may take for ever to find that a text does not fit. */
const nested = /\((?:[^()\\]|\\.)*(?:[+*]|\{\d+,)(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,)/;
/** Nobody nests schemas deeper than this in one place; a YAML alias can make one contain itself. */
const deepest = 60;

export function createSchemaKeeper(references: References, problems: Problems): SchemaKeeper {
  // Without a prototype: a reference may have any name.
  const table = Object.create(null) as Record<string, KeptSchema>;
  const waiting: string[] = [];

  /** Read later: schemas lead from one to the next further than calls can lie in each other. */
  const keepRef = (ref: string): KeptSchema => {
    if (!(ref in table)) {
      table[ref] = {};
      waiting.push(ref);
    }
    return { ref };
  };

  const keepWaiting = (): void => {
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      const schema = references.at(ref);
      if (schema !== undefined) table[ref] = keep(schema, 0);
    }
  };

  const keep = (raw: unknown, depth: number): KeptSchema => {
    // `true` and `false` are schemas since 3.1: anything, and nothing.
    if (!isObject(raw) || depth > deepest) return {};
    const inner = (schema: unknown): KeptSchema => keep(schema, depth + 1);
    const ref = raw['$ref'];
    if (typeof ref === 'string') {
      const { $ref: _ref, ...beside } = raw;
      // In 3.1 further rules may stand beside a reference.
      const further = inner(beside);
      return isEmpty(further) ? keepRef(ref) : combine([keepRef(ref), further], exampleOf(raw));
    }
    // Real documents wrap a schema a second time now and then.
    if (isObject(raw['schema']) && raw['type'] === undefined) return inner(raw['schema']);
    const { types: named, nullable } = typesOf(raw);
    const part = partOf(raw, named, inner);
    const parts = listOf(raw['allOf']).map(inner);
    const choices = choicesOf(raw, inner);
    if (choices !== null) parts.push(choices.schema);
    const all = parts.length === 0 ? part : combine(isEmpty(part) ? parts : [...parts, part], {});
    const isNullable = nullable || choices?.nullable === true;
    return { ...all, ...(isNullable && { nullable: true }), ...exampleOf(raw) };
  };

  const partOf = (
    raw: JsonObject,
    named: readonly Type[],
    inner: (schema: unknown) => KeptSchema,
  ): KeptSchema => {
    const values = valuesOf(raw);
    const [type, ...others] = named;
    if (values !== null) {
      if (type === 'array') return { type, items: { enum: values } };
      return { enum: values };
    }
    if (others.length > 0) return { anyOf: named.map((one) => ofType(one, raw, inner)) };
    return ofType(type ?? impliedType(raw), raw, inner);
  };

  const ofType = (type: Type | null, raw: JsonObject, inner: (schema: unknown) => KeptSchema): KeptSchema => {
    switch (type) {
      case null:
        return {};
      case 'object':
        return objectOf(raw, inner);
      case 'array':
        return { type, items: itemsOf(raw, inner), ...numbers(raw, ['minItems', 'maxItems']) };
      case 'string':
        return {
          type,
          ...formatOf(raw),
          ...numbers(raw, ['minLength', 'maxLength']),
          ...patternOf(raw, problems),
        };
      case 'number':
      case 'integer':
        return { type, ...boundsOf(raw) };
      case 'boolean':
        return { type };
    }
  };

  return {
    keep(schema) {
      const kept = keep(schema, 0);
      keepWaiting();
      return kept;
    },
    table: () => table,
  };
}

function typesOf(raw: JsonObject): { types: Type[]; nullable: boolean } {
  const named = (Array.isArray(raw['type']) ? (raw['type'] as unknown[]) : [raw['type']]).map((one) =>
    one === 'file' ? 'string' : one,
  );
  return {
    types: named.filter((one): one is Type => typeof one === 'string' && types.includes(one)),
    nullable: raw['nullable'] === true || named.includes('null') || listOf(raw['enum']).includes(null),
  };
}

function impliedType(raw: JsonObject): Type | null {
  if (isObject(raw['properties']) || isObject(raw['additionalProperties'])) return 'object';
  return raw['items'] !== undefined || raw['prefixItems'] !== undefined ? 'array' : null;
}

/** Null where any value will do. Some documents nest the list of values in another list. */
function valuesOf(raw: JsonObject): (string | number)[] | null {
  const given = raw['const'] === undefined ? listOf(raw['enum']).flat(2) : [raw['const']];
  const values = given.filter((one) => typeof one === 'string' || typeof one === 'number');
  return values.length > 0 && given.every((one) => one === null || typeof one !== 'object') ? values : null;
}

function choicesOf(
  raw: JsonObject,
  inner: (schema: unknown) => KeptSchema,
): { schema: KeptSchema; nullable: boolean } | null {
  const given = [...listOf(raw['oneOf']), ...listOf(raw['anyOf'])];
  const choices = given.filter((one) => !(isObject(one) && one['type'] === 'null'));
  const [only] = choices;
  if (only === undefined) return null;
  return {
    schema: choices.length === 1 ? inner(only) : { anyOf: choices.map(inner) },
    nullable: choices.length < given.length,
  };
}

function objectOf(raw: JsonObject, inner: (schema: unknown) => KeptSchema): KeptSchema {
  const given = isObject(raw['properties']) ? Object.entries(raw['properties']) : [];
  const properties: [string, KeptSchema][] = given.map(([name, schema]) => [name, inner(schema)]);
  // Only bodies of requests are read, and what is read-only is not sent.
  const names = listOf(raw['required']).filter((name): name is string => typeof name === 'string');
  const fixed = new Set(
    given.filter(([, one]) => isObject(one) && one['readOnly'] === true).map(([name]) => name),
  );
  const required = names.filter((name) => !fixed.has(name));
  for (const name of required) {
    if (!properties.some(([known]) => known === name)) properties.push([name, {}]);
  }
  const more = raw['additionalProperties'];
  const others = isObject(more)
    ? inner(more)
    : more === true || (more === undefined && properties.length === 0);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    ...(others !== false && { additionalProperties: others === true ? {} : others }),
  };
}

function itemsOf(raw: JsonObject, inner: (schema: unknown) => KeptSchema): KeptSchema {
  const places = listOf(raw['prefixItems'] ?? (Array.isArray(raw['items']) ? raw['items'] : undefined));
  if (places.length === 0) return inner(raw['items']);
  return places.length === 1 ? inner(places[0]) : { anyOf: places.map(inner) };
}

function formatOf(raw: JsonObject): KeptSchema {
  if (raw['format'] === 'date-time') return { format: 'date-time' };
  const isFile =
    raw['format'] === 'binary' ||
    raw['type'] === 'file' ||
    raw['contentMediaType'] === 'application/octet-stream';
  return isFile ? { format: 'binary' } : {};
}

function patternOf(raw: JsonObject, problems: Problems): KeptSchema {
  const { pattern } = raw;
  if (typeof pattern !== 'string') return {};
  try {
    if (pattern.length > longestPattern || nested.test(pattern)) throw new Error('it may run very long');
    void new RegExp(pattern);
    return { pattern };
  } catch {
    problems.add(
      `pattern ${pattern.slice(0, 60)}`,
      'It is no regular expression, or one that may run very long; it is left out.',
    );
    return {};
  }
}

function boundsOf(raw: JsonObject): KeptSchema {
  const [least, most] = [raw['exclusiveMinimum'], raw['exclusiveMaximum']];
  return {
    ...(typeof least === 'number' && { minimum: least }),
    ...(typeof most === 'number' && { maximum: most }),
    ...numbers(raw, ['minimum', 'maximum']),
  };
}

type Bound = 'minimum' | 'maximum' | 'minLength' | 'maxLength' | 'minItems' | 'maxItems';

function numbers(raw: JsonObject, names: readonly Bound[]): KeptSchema {
  return Object.fromEntries(
    names.flatMap((name) => (typeof raw[name] === 'number' ? [[name, raw[name]]] : [])),
  );
}

function exampleOf(raw: JsonObject): Pick<KeptSchema, 'example'> {
  const { example = listOf(raw['examples'])[0] ?? raw['default'] } = raw;
  return example === undefined || example === null ? {} : { example };
}

function combine(parts: readonly KeptSchema[], beside: Pick<KeptSchema, 'example'>): KeptSchema {
  const [only, second] = parts;
  if (only !== undefined && second === undefined) return { ...only, ...beside };
  return { allOf: parts, ...beside };
}

function isEmpty(schema: KeptSchema): boolean {
  return Object.keys(schema).length === 0;
}
