/** Ids that answers have told, for the paths and fields of later calls. */
export interface KnownIds {
  /** Takes every id out of an answer. `path` is the concrete one that was called. */
  learn(path: string, answer: unknown): void;
  /** An id of the objects below this concrete path, or else of any object that a parameter of this name means. */
  forPath(collection: string, name: string): string | undefined;
  forField(name: string): string | undefined;
  /** Every id told of the objects below this concrete path, the first one first. */
  allOf(collection: string): readonly string[];
  /** The object at this concrete path is gone. */
  forget(path: string): void;
}

/** `fixed` are values known from the start, by name of field. */
export function createKnownIds(fixed: ReadonlyMap<string, string>): KnownIds {
  const byCollection = new Map<string, Set<string>>();
  const byKind = new Map<string, Set<string>>();
  const mentioned = new Map<string, string>();

  function learn(path: string, answer: unknown): void {
    const own = kindOf(path);
    const near: { id: string; kind: string }[] = [];
    visit(answer, own, (id, kind, depth) => {
      if (depth <= 2) near.push({ id, kind });
      add(byKind, kind, id);
    });
    // Objects inside of those that were asked for have ids as well.
    const asked = near.filter(({ kind }) => kind === own);
    for (const { id } of asked.length > 0 ? asked : near) add(byCollection, collectionOf(path), id);
  }

  /** Names of lists and objects say what the ids in them are of. */
  function visit(
    value: unknown,
    kind: string,
    found: (id: string, kind: string, depth: number) => void,
    depth = 0,
  ): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, kind, found, depth);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [name, field] of Object.entries(value)) {
      if (typeof field === 'string' && isIdOf(kind, name)) found(field, kind, depth);
      else if (typeof field === 'string' && /[a-z]Id$/.test(name)) mentioned.set(name.toLowerCase(), field);
      else visit(field, isWrapper(name) ? kind : singular(name), found, depth + 1);
    }
  }

  const first = (of: Map<string, Set<string>>, key: string): string | undefined => {
    const [id] = of.get(key) ?? [];
    return id;
  };

  function forField(name: string): string | undefined {
    const exact = fixed.get(name);
    if (exact !== undefined) return exact;
    const kind = /^(.+?)_?ids?$/i.exec(name)?.[1]?.toLowerCase();
    return kind === undefined ? undefined : (first(byKind, kind) ?? mentioned.get(name.toLowerCase()));
  }

  return {
    learn,
    forField,
    allOf: (collection) => [...(byCollection.get(withoutSlash(collection)) ?? [])],
    forPath: (collection, name) =>
      fixed.get(name) ?? first(byCollection, withoutSlash(collection)) ?? forField(name),
    forget(path) {
      const end = path.lastIndexOf('/');
      const id = decodeURIComponent(path.slice(end + 1));
      // An id that is known from elsewhere may have been sent here for want of a better one.
      if (byCollection.get(path.slice(0, end))?.delete(id) !== true) return;
      for (const ids of byKind.values()) ids.delete(id);
    },
  };
}

function add(to: Map<string, Set<string>>, key: string, id: string): void {
  const ids = to.get(key) ?? new Set();
  ids.add(id);
  to.set(key, ids);
}

/** `/products/list` and `/products/search` tell of `/products`. */
function collectionOf(path: string): string {
  return withoutSlash(path).replace(/\/(list|search|all|upsert)$/, '');
}

/** What the objects of a path are: `invoice` for `/invoices` and for `/invoices/<id>`. */
function kindOf(path: string): string {
  const words = collectionOf(path).split('/');
  return singular(words.findLast((word) => /^[a-z-]+$/.test(word)) ?? '');
}

function isIdOf(kind: string, name: string): boolean {
  return name === 'id' || name === '_id' || name.toLowerCase() === `${kind}id`;
}

function isWrapper(name: string): boolean {
  return ['data', 'items', 'results', 'list', 'result', 'response', 'meta'].includes(name);
}

function singular(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '').replace(/ies$/, 'y').replace(/s$/, '');
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}
