import type { JsonSchema } from '../../../../shared/highlevel/operations/shapes/json-schema.ts';
import type { KeptSchema, SchemaTable } from './types.ts';

/** As deep as the schemas of HighLevel's own operations are shown. */
const deepest = 7;
/** Schemas that hold each other can grow without end; a form of this many fields is none any more. */
const mostParts = 2000;
/** References to references, and `allOf` in `allOf`. */
const longestChain = 20;

/**
 * A kept schema without references and `allOf`, as deep as it stays small enough to be shown, `most` at most. Of what
 * lies at the deepest place its type is said, not what is in it.
 */
export function expandSchema(schema: KeptSchema, table: SchemaTable, most = deepest): JsonSchema {
  return expandTo(schema, table, Math.min(most, depthThatFits(schema, table)));
}

/** How deep a schema can be expanded before it has too many parts. */
export function depthThatFits(schema: KeptSchema, table: SchemaTable): number {
  let level: readonly KeptSchema[] = [schema];
  let parts = 0;
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: KeptSchema[] = [];
    for (const one of level) {
      next.push(...flattened(one, table).flatMap(childrenOf));
      if (parts + next.length > mostParts) return Math.max(depth, 1);
    }
    parts += next.length;
    level = next;
  }
  return deepest;
}

export function expandTo(whole: KeptSchema, table: SchemaTable, limit: number): JsonSchema {
  const expand = (schema: KeptSchema, depth: number): JsonSchema => {
    const parts = flattened(schema, table).map((part) => expandPart(part, depth));
    const [only, second] = parts;
    return only !== undefined && second === undefined ? only : merged(parts);
  };

  const expandPart = (part: KeptSchema, depth: number): JsonSchema => {
    const {
      ref: _ref,
      allOf: _all,
      properties,
      required,
      additionalProperties,
      items,
      anyOf,
      ...rest
    } = part;
    if (depth >= limit) return rest;
    return {
      ...rest,
      ...(properties !== undefined && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, one]) => [name, expand(one, depth + 1)]),
        ),
      }),
      ...(required !== undefined && { required }),
      ...(additionalProperties !== undefined && {
        additionalProperties: expand(additionalProperties, depth + 1),
      }),
      ...(items !== undefined && { items: expand(items, depth + 1) }),
      ...(anyOf !== undefined && { anyOf: anyOf.map((one) => expand(one, depth + 1)) }),
    };
  };

  return expand(whole, 0);
}

/** What a schema says all at once: itself, behind its reference, and each part of its `allOf`. */
function flattened(schema: KeptSchema, table: SchemaTable, chain = 0): KeptSchema[] {
  if (chain > longestChain) return [];
  const { allOf, ...own } = followed(schema, table);
  if (allOf === undefined) return [own];
  const parts = allOf.flatMap((one) => flattened(one, table, chain + 1));
  return Object.keys(own).length === 0 ? parts : [...parts, own];
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

function childrenOf({ properties, additionalProperties, items, anyOf }: KeptSchema): KeptSchema[] {
  return [
    ...Object.values(properties ?? {}),
    ...(additionalProperties === undefined ? [] : [additionalProperties]),
    ...(items === undefined ? [] : [items]),
    ...(anyOf ?? []),
  ];
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
