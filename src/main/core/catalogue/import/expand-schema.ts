import type { JsonSchema } from '../../../../shared/highlevel/operations/shapes/json-schema.ts';
import type { KeptSchema, SchemaTable } from './types.ts';

/** As deep as the schemas of HighLevel's own operations are shown. */
const deepest = 7;
const shallowest = 2;
/** Schemas that hold each other can grow without end; a form of this many fields is none any more. */
const mostParts = 4000;
const longestChain = 20;

/** A kept schema without references and `allOf`, as deep as it stays small enough to be shown, `most` at most. */
export function expandSchema(schema: KeptSchema, table: SchemaTable, most = deepest): JsonSchema {
  for (let depth = most; depth > shallowest; depth -= 1) {
    const expanded = expandTo(schema, table, depth);
    if (expanded !== null) return expanded;
  }
  return expandTo(schema, table, shallowest) ?? {};
}

/** Null when it has too many parts. */
function expandTo(whole: KeptSchema, table: SchemaTable, limit: number): JsonSchema | null {
  let parts = 0;

  const expand = (schema: KeptSchema, depth: number): JsonSchema => {
    parts += 1;
    if (depth > limit || parts > mostParts) return {};
    const { ref, allOf, properties, additionalProperties, items, anyOf, ...rest } = followed(schema, table);
    if (ref !== undefined) return rest;
    const own: JsonSchema = {
      ...rest,
      ...(properties !== undefined && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, one]) => [name, expand(one, depth + 1)]),
        ),
      }),
      ...(additionalProperties !== undefined && {
        additionalProperties: expand(additionalProperties, depth + 1),
      }),
      ...(items !== undefined && { items: expand(items, depth + 1) }),
      ...(anyOf !== undefined && { anyOf: anyOf.map((one) => expand(one, depth + 1)) }),
    };
    return allOf === undefined ? own : merged([...allOf.map((one) => expand(one, depth)), own]);
  };

  const expanded = expand(whole, 0);
  return parts > mostParts && limit > shallowest ? null : expanded;
}

/** What is said beside a reference counts before what it leads to. */
function followed(schema: KeptSchema, table: SchemaTable): KeptSchema {
  let reached = schema;
  for (let step = 0; step < longestChain && reached.ref !== undefined; step += 1) {
    const { ref, ...beside } = reached;
    reached = { ...table[ref], ...beside };
  }
  return reached;
}

/** All parts at once: the fields of each, and of everything else what the last one says. */
function merged(parts: readonly JsonSchema[]): JsonSchema {
  const properties = Object.fromEntries(parts.flatMap((part) => Object.entries(part.properties ?? {})));
  const required = [...new Set(parts.flatMap((part) => part.required ?? []))];
  const isObject = parts.some((part) => part.properties !== undefined);
  const { additionalProperties, ...all } = Object.assign({}, ...parts) as JsonSchema;
  // An object of which one part says everything takes no further fields because another part says nothing.
  const open = parts
    .filter((part) => part.properties !== undefined)
    .every((part) => part.additionalProperties);
  return {
    ...all,
    ...(isObject && { type: 'object' as const, properties }),
    ...(required.length > 0 && { required }),
    ...(additionalProperties !== undefined && (!isObject || open) && { additionalProperties }),
  };
}
