import type { Clock } from '../world/clock.ts';
import { createDice } from './dice.ts';

/** An object of a family that has no code of its own. */
export interface Item {
  readonly id: string;
  /** The location or company it belongs to. */
  readonly owner: string;
  readonly collection: string;
  /** What was sent to create or change it; the rest of it is made up from its id. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Objects by collection (a path such as `/voice-ai/agents`) and owner. Each starts with a few that are made up. */
export interface Collections {
  /** Newest first. */
  list(collection: string, owner: string): Item[];
  /** Of the first owner that has it. */
  find(collection: string, owners: readonly string[], id: string): Item | undefined;
  create(collection: string, owner: string, fields: Readonly<Record<string, unknown>>): Item;
  update(item: Item, fields: Readonly<Record<string, unknown>>): Item;
  remove(item: Item): void;
  /** What calls have changed, as plain data. */
  export(): CollectionsData;
  import(data: CollectionsData): void;
  clear(): void;
}

/** By collection and owner. */
export type CollectionsData = readonly (readonly [
  string,
  {
    readonly created: readonly Item[];
    readonly updated: readonly Item[];
    readonly removed: readonly string[];
  },
])[];

/** What calls have changed; what nobody touched is made up anew each time. */
interface Changes {
  readonly created: Map<string, Item>;
  readonly updated: Map<string, Item>;
  readonly removed: Set<string>;
}

const FIRST_ITEMS = 5;
const FIRST_CREATED_AT = Date.UTC(2026, 0, 15, 10);
const DAY_MS = 86_400_000;

export function createCollections(seed: string | number, clock: Clock, nextId: () => string): Collections {
  const changes = new Map<string, Changes>();
  const keyOf = (collection: string, owner: string): string => `${collection} ${owner}`;

  function firstItem(collection: string, owner: string, index: number): Item {
    const id = createDice(`${seed} ${collection} ${owner} ${index}`).id();
    const createdAt = FIRST_CREATED_AT - index * DAY_MS;
    return { id, owner, collection, fields: {}, createdAt, updatedAt: createdAt };
  }

  function changesOf({ collection, owner }: { collection: string; owner: string }): Changes {
    const key = keyOf(collection, owner);
    const found = changes.get(key) ?? { created: new Map(), updated: new Map(), removed: new Set() };
    changes.set(key, found);
    return found;
  }

  function list(collection: string, owner: string): Item[] {
    const changed = changes.get(keyOf(collection, owner));
    const first = Array.from({ length: FIRST_ITEMS }, (_, index) => firstItem(collection, owner, index));
    if (changed === undefined) return first;
    const left = first.filter(({ id }) => !changed.removed.has(id));
    return [
      ...[...changed.created.values()].toReversed(),
      ...left.map((item) => changed.updated.get(item.id) ?? item),
    ];
  }

  return {
    list,
    find(collection, owners, id) {
      for (const owner of owners) {
        const created = changes.get(keyOf(collection, owner))?.created.get(id);
        const found = created ?? list(collection, owner).find((item) => item.id === id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    create(collection, owner, fields) {
      const now = clock.now();
      const item = { id: nextId(), owner, collection, fields, createdAt: now, updatedAt: now };
      changesOf(item).created.set(item.id, item);
      return item;
    },
    update(item, fields) {
      const changed = changesOf(item);
      const after = { ...item, fields: { ...item.fields, ...fields }, updatedAt: clock.now() };
      (changed.created.has(item.id) ? changed.created : changed.updated).set(item.id, after);
      return after;
    },
    remove(item) {
      const changed = changesOf(item);
      if (!changed.created.delete(item.id)) changed.removed.add(item.id);
    },
    export: () =>
      Array.from(changes, ([key, { created, updated, removed }]) => [
        key,
        { created: [...created.values()], updated: [...updated.values()], removed: [...removed] },
      ]),
    import(data) {
      changes.clear();
      const byId = (items: readonly Item[]): Map<string, Item> =>
        new Map(items.map((item) => [item.id, item]));
      for (const [key, { created, updated, removed }] of data) {
        changes.set(key, { created: byId(created), updated: byId(updated), removed: new Set(removed) });
      }
    },
    clear: () => changes.clear(),
  };
}
