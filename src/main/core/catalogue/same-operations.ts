/** Which operations two documents describe alike, to the letter: nothing has to be compared of them. */
import type { Entry } from './entry.ts';
import type { KeptSchema, SchemaTable } from './import/types.ts';

/** Made once for two tables of schemas; asks about one pair of operations after another. */
export function createSameness(): (a: Entry, b: Entry) => boolean {
  const known = new Map<SchemaTable, Map<SchemaTable, ReadonlySet<string>>>();

  const sameRefs = (a: SchemaTable, b: SchemaTable): ReadonlySet<string> => {
    const ofA = known.get(a) ?? new Map<SchemaTable, ReadonlySet<string>>();
    known.set(a, ofA);
    const found = ofA.get(b) ?? sameSchemas(a, b);
    ofA.set(b, found);
    return found;
  };

  return (a, b) => {
    if (a.read === null || b.read === null) return false;
    if (JSON.stringify(a.operation) !== JSON.stringify(b.operation)) return false;
    if (JSON.stringify(a.read.operation) !== JSON.stringify(b.read.operation)) return false;
    const { body } = a.read.operation;
    if (body === null) return true;
    const same = sameRefs(a.read.schemas, b.read.schemas);
    return refsIn(body.schema).every((ref) => same.has(ref));
  };
}

/** References that lead to the same in both tables, all the way down. */
function sameSchemas(a: SchemaTable, b: SchemaTable): ReadonlySet<string> {
  const same = new Set(
    Object.keys(a).filter((ref) => ref in b && JSON.stringify(a[ref]) === JSON.stringify(b[ref])),
  );
  const users = new Map<string, string[]>();
  for (const [ref, schema] of Object.entries(a)) {
    for (const used of refsIn(schema)) users.set(used, [...(users.get(used) ?? []), ref]);
  }
  // What uses a schema that differs differs as well.
  const differing = Object.keys(a).filter((ref) => !same.has(ref));
  for (let ref = differing.pop(); ref !== undefined; ref = differing.pop()) {
    for (const user of users.get(ref) ?? []) if (same.delete(user)) differing.push(user);
  }
  return same;
}

function refsIn(schema: KeptSchema): string[] {
  const { ref, properties, additionalProperties, items, anyOf, allOf } = schema;
  const inner = [
    ...Object.values(properties ?? {}),
    ...(additionalProperties === undefined ? [] : [additionalProperties]),
    ...(items === undefined ? [] : [items]),
    ...(anyOf ?? []),
    ...(allOf ?? []),
  ];
  return [...(ref === undefined ? [] : [ref]), ...inner.flatMap(refsIn)];
}
