/** Something a sub-account has. Records of the agency itself carry the company's id as their `locationId`. */
export interface Row {
  readonly id: string;
  readonly locationId: string;
}

/** Fields whose values name other rows or can be looked up. */
export type Lookup<T> = Readonly<Record<string, (row: T) => string | readonly string[] | null | undefined>>;

export interface CollectionOptions<T extends Row> {
  /** What `having` can look up. A row without the value is in no list. */
  readonly lookup?: Lookup<T>;
  /** When it came to be, in ms: `newestFirst` runs by it. Default: the order of insertion alone. */
  readonly since?: (row: T) => number;
}

/**
 * Rows of one kind of every sub-account. Rows are never changed, only replaced, so what was read stays as it was.
 * Looking up by id or by a lookup field, inserting and replacing take the same time however many rows there are.
 */
export interface Collection<T extends Row> {
  readonly size: number;
  put(row: T): T;
  get(id: string): T | undefined;
  /** Returns the row as it was and as it is. */
  change(id: string, changes: Partial<T>): { before: T; after: T } | undefined;
  remove(id: string): T | undefined;
  /** In the order of insertion. */
  inLocation(locationId: string): readonly T[];
  /** By `since`, and by id where that is the same. */
  newestFirst(locationId: string): readonly T[];
  /** The rows whose lookup field has this value, in the order of insertion. */
  having(field: string, value: string): readonly T[];
  export(): readonly T[];
  import(rows: readonly T[]): void;
  clear(): void;
}

export function createCollection<T extends Row>(options: CollectionOptions<T> = {}): Collection<T> {
  const { lookup = {}, since = () => 0 } = options;
  const rows = new Map<string, T>();
  const byLocation = new Map<string, Map<string, T>>();
  const byField = new Map(Object.keys(lookup).map((field) => [field, new Map<string, Map<string, T>>()]));
  /** Made when first asked for, and kept in order from then on. */
  const sorted = new Map<string, T[]>();

  function valuesOf(field: string, row: T): readonly string[] {
    const value = lookup[field]?.(row);
    if (value === undefined || value === null || value === '') return [];
    return typeof value === 'string' ? [value] : value;
  }

  function forget(row: T, replacement: T | undefined): void {
    if (replacement?.locationId !== row.locationId) byLocation.get(row.locationId)?.delete(row.id);
    for (const [field, index] of byField) {
      const kept = replacement === undefined ? [] : valuesOf(field, replacement);
      for (const value of valuesOf(field, row)) {
        if (kept.includes(value)) continue;
        const found = index.get(value);
        found?.delete(row.id);
        if (found?.size === 0) index.delete(value);
      }
    }
  }

  function put(row: T): T {
    const before = rows.get(row.id);
    if (before !== undefined) {
      forget(before, row);
      unsort(before);
    }
    rows.set(row.id, row);
    within(byLocation, row.locationId).set(row.id, row);
    for (const [field, index] of byField) {
      for (const value of valuesOf(field, row)) within(index, value).set(row.id, row);
    }
    sort(row);
    return row;
  }

  /** Where the row stands among these, or would stand. */
  function position(among: readonly T[], row: T): number {
    const at = since(row);
    let low = 0;
    let high = among.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = among[middle];
      const difference = other === undefined ? 0 : at - since(other) || (other.id < row.id ? -1 : 1);
      if (other?.id !== row.id && difference < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function unsort(row: T): void {
    const among = sorted.get(row.locationId);
    const index = among === undefined ? -1 : position(among, row);
    if (among?.[index]?.id === row.id) among.splice(index, 1);
  }

  function sort(row: T): void {
    const among = sorted.get(row.locationId);
    among?.splice(position(among, row), 0, row);
  }

  function inLocation(locationId: string): readonly T[] {
    return [...(byLocation.get(locationId)?.values() ?? [])];
  }

  function clear(): void {
    for (const map of [rows, byLocation, sorted, ...byField.values()]) map.clear();
  }

  return {
    put,
    inLocation,
    clear,
    get size() {
      return rows.size;
    },
    get: (id) => rows.get(id),
    change(id, changes) {
      const before = rows.get(id);
      return before === undefined ? undefined : { before, after: put({ ...before, ...changes }) };
    },
    remove(id) {
      const row = rows.get(id);
      if (row === undefined) return undefined;
      rows.delete(id);
      forget(row, undefined);
      unsort(row);
      return row;
    },
    newestFirst(locationId) {
      const known = sorted.get(locationId);
      if (known !== undefined) return known;
      const dated = inLocation(locationId).map((row) => ({ row, at: since(row) }));
      const rowsOfLocation = dated
        .toSorted((a, b) => b.at - a.at || (a.row.id < b.row.id ? -1 : 1))
        .map(({ row }) => row);
      sorted.set(locationId, rowsOfLocation);
      return rowsOfLocation;
    },
    having: (field, value) => [...(byField.get(field)?.get(value)?.values() ?? [])],
    export: () => [...rows.values()],
    import(next) {
      clear();
      for (const row of next) put(row);
    },
  };
}

function within<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const found = map.get(key) ?? new Map<string, Value>();
  map.set(key, found);
  return found;
}
