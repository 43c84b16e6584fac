/** What differs between two JSON texts, field by field. */
import { diffArrays } from 'diff';
import type { JsonChange } from '../../../shared/model/relations.ts';
import { childPath } from '../webhooks/json-tokens.ts';
import { canonical, stringOf, valuesOf } from './json-tree.ts';
import type { JsonNode } from './json-tree.ts';

export type JsonDifference = {
  readonly changes: readonly JsonChange[];
  /** Changes beyond those listed. */
  readonly more: number;
};

const MOST_CHANGES = 500;
const LONGEST_VALUE = 400;
/** Lists that differ in more entries than this are compared place by place. */
const MOST_EDITS = 400;
/** By the first of these that every entry of a list has, entries are told apart. */
const IDENTITIES = ['id', '_id', 'key'];

/**
 * Objects are compared by key, whatever the order; the second of two equal keys is named `$.key#2`. Entries of lists are
 * matched by their id where all have one, else by the longest common sequence.
 */
export function jsonDifference(before: JsonNode, after: JsonNode): JsonDifference {
  const found = createFindings();
  compare(before, after, '$', found);
  return found.result();
}

function createFindings() {
  const changes: JsonChange[] = [];
  let more = 0;
  return {
    add(change: JsonChange['change'], path: string, before: string | null, after: string | null): void {
      if (changes.length >= MOST_CHANGES) more += 1;
      else changes.push({ path, change, before: clip(before), after: clip(after) });
    },
    result: (): JsonDifference => ({ changes, more }),
  };
}

type Findings = ReturnType<typeof createFindings>;

function compare(before: JsonNode, after: JsonNode, path: string, found: Findings): void {
  if (before.raw === after.raw) return;
  if (before.kind === 'object' && after.kind === 'object') compareObjects(before, after, path, found);
  else if (before.kind === 'list' && after.kind === 'list') compareLists(before, after, path, found);
  else {
    const same = before.kind === after.kind && canonical(before) === canonical(after);
    found.add(same ? 'rewritten' : 'changed', path, before.raw, after.raw);
  }
}

function compareObjects(before: JsonNode, after: JsonNode, path: string, found: Findings): void {
  const keys = new Set([...after.members, ...before.members].map(({ key }) => key));
  for (const key of keys) {
    const old = valuesOf(before, key);
    const fresh = valuesOf(after, key);
    for (let at = 0; at < Math.max(old.length, fresh.length); at += 1) {
      const place = `${childPath(path, key)}${at === 0 ? '' : `#${at + 1}`}`;
      pair(old[at], fresh[at], place, found);
    }
  }
}

function pair(
  before: JsonNode | undefined,
  after: JsonNode | undefined,
  path: string,
  found: Findings,
): void {
  if (before === undefined) found.add('added', path, null, after?.raw ?? null);
  else if (after === undefined) found.add('removed', path, before.raw, null);
  else compare(before, after, path, found);
}

function compareLists(before: JsonNode, after: JsonNode, path: string, found: Findings): void {
  const old = identitiesOf(before);
  const fresh = identitiesOf(after);
  if (old !== null && fresh !== null && old.key === fresh.key)
    matchEntries(before, after, old.values, fresh.values, path, found);
  else alignEntries(before, after, path, found);
}

type Identities = { readonly key: string; readonly values: readonly string[] };

/** What tells the entries of a list apart; null where not every one has it, or two have the same. */
function identitiesOf({ items }: JsonNode): Identities | null {
  if (items.length === 0) return null;
  for (const key of IDENTITIES) {
    const values = items.flatMap((item) => stringOf(valuesOf(item, key)[0]) ?? []);
    if (values.length === items.length && new Set(values).size === values.length) return { key, values };
  }
  return null;
}

function matchEntries(
  before: JsonNode,
  after: JsonNode,
  old: readonly string[],
  fresh: readonly string[],
  path: string,
  found: Findings,
): void {
  const places = new Map(old.map((value, at) => [value, at]));
  for (const [at, item] of after.items.entries()) {
    const from = places.get(fresh[at] ?? '');
    pair(from === undefined ? undefined : before.items[from], item, `${path}[${at}]`, found);
  }
  const kept = new Set(fresh);
  for (const [at, item] of before.items.entries()) {
    if (!kept.has(old[at] ?? '')) pair(item, undefined, `${path}[${at}]`, found);
  }
  const ordered = old.filter((value) => kept.has(value));
  const reordered = fresh.filter((value) => places.has(value));
  if (ordered.some((value, at) => value !== reordered[at]))
    found.add('moved', path, ordered.join(', '), reordered.join(', '));
}

/** Entries without ids: what is between two common ones is paired in its order. */
function alignEntries(before: JsonNode, after: JsonNode, path: string, found: Findings): void {
  const runs = diffArrays(before.items.map(canonical), after.items.map(canonical), {
    maxEditLength: MOST_EDITS,
  }) as { count: number; added: boolean; removed: boolean }[] | undefined;
  let old = 0;
  let fresh = 0;
  const changed = (removed: number, added: number): void => {
    for (let at = 0; at < Math.max(removed, added); at += 1) {
      const place = `${path}[${at < added ? fresh + at : old + at}]`;
      const from = at < removed ? before.items[old + at] : undefined;
      pair(from, at < added ? after.items[fresh + at] : undefined, place, found);
    }
    old += removed;
    fresh += added;
  };
  if (runs === undefined) {
    changed(before.items.length, after.items.length);
    return;
  }
  let removed = 0;
  let added = 0;
  for (const run of runs) {
    if (run.removed) removed += run.count;
    else if (run.added) added += run.count;
    else {
      changed(removed, added);
      removed = 0;
      added = 0;
      // The same entries, perhaps written otherwise.
      changed(run.count, run.count);
    }
  }
  changed(removed, added);
}

function clip(raw: string | null): string | null {
  return raw !== null && raw.length > LONGEST_VALUE ? `${raw.slice(0, LONGEST_VALUE)}…` : raw;
}
