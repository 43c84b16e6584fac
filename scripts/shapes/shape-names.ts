import { createHash } from 'node:crypto';
import type { Shape } from '../../src/shared/highlevel/operations/shapes/shape.ts';
import { condense } from './condense.ts';
import type { NameOf } from './condense.ts';
import type { OpenApiDocument, Schema } from './openapi.ts';

/** Names for the schemas of many documents: those that say the same share one. */
export type ShapeNames = {
  nameOf(document: OpenApiDocument): NameOf;
  /** Every shape that has been named, by name. */
  shapes(): Record<string, Shape>;
};

/** How deep two schemas are compared. What refers to itself is equal once it is equal this far down. */
const DEPTH = 12;

export function createShapeNames(): ShapeNames {
  const named = new Map<string, { name: string; document: OpenApiDocument; schema: Schema }>();
  const taken = new Map<string, number>();
  const digests = new Map<string, string>();

  function digestOf(document: OpenApiDocument, component: string, depth: number): string {
    if (depth === 0) return component;
    const key = `${document.file} ${component} ${depth}`;
    const known = digests.get(key);
    if (known !== undefined) return known;
    const shape = condense(find(document, component), (ref) =>
      digestOf(document, componentOf(ref), depth - 1),
    );
    const digest = createHash('sha256').update(JSON.stringify(shape)).digest('base64url');
    digests.set(key, digest);
    return digest;
  }

  function nameFor(document: OpenApiDocument, component: string): string {
    const digest = digestOf(document, component, DEPTH);
    const known = named.get(digest);
    if (known !== undefined) return known.name;
    const count = (taken.get(component) ?? 0) + 1;
    taken.set(component, count);
    const name = count === 1 ? component : `${component}~${count}`;
    named.set(digest, { name, document, schema: find(document, component) });
    return name;
  }

  const nameOf =
    (document: OpenApiDocument): NameOf =>
    (ref) =>
      nameFor(document, componentOf(ref));

  return {
    nameOf,
    shapes() {
      const shapes: Record<string, Shape> = {};
      // Grows while it is walked: a shape names the shapes it refers to.
      for (const { name, document, schema } of named.values())
        shapes[name] = condense(schema, nameOf(document));
      return Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

function componentOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function find(document: OpenApiDocument, component: string): Schema {
  const schema = document.schemas[component];
  if (schema === undefined)
    throw new Error(`${document.file} refers to ${component}, which it does not hold.`);
  return schema;
}
