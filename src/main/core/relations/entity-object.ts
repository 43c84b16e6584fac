/** The object of one entity within a body. */
import type { JsonNode } from './json-tree.ts';
import { stringOf, valuesOf } from './json-tree.ts';

/** Webhooks hold it at the top, answers one or two levels down. */
const DEEPEST = 4;
const MOST_LOOKED_AT = 20_000;

/** The outermost object whose `id` or `_id` is the given one; null where there is none. */
export function entityObject(root: JsonNode, id: string): JsonNode | null {
  let level: JsonNode[] = [root];
  let looked = 0;
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
    const next: JsonNode[] = [];
    for (const node of level) {
      looked += 1;
      if (looked > MOST_LOOKED_AT) return null;
      if (['id', '_id'].some((key) => stringOf(valuesOf(node, key)[0]) === id)) return node;
      for (const child of [...node.items, ...node.members.map(({ value }) => value)])
        if (child.kind !== 'scalar') next.push(child);
    }
    level = next;
  }
  return null;
}
