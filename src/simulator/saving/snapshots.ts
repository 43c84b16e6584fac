/** A state under a name, as text, so that nothing that happens later changes it. */
export interface Snapshot {
  readonly name: string;
  readonly at: string;
  readonly text: string;
}

/** States kept while the simulator runs. */
export interface Snapshots {
  /** Takes the place of the one with its name. Returns whether there was room. */
  keep(snapshot: Snapshot): boolean;
  get(name: string): Snapshot | undefined;
  list(): readonly Snapshot[];
  remove(name: string): void;
}

export const MOST_SNAPSHOTS = 20;

export function createSnapshots(): Snapshots {
  const kept = new Map<string, Snapshot>();
  return {
    keep(snapshot) {
      if (!kept.has(snapshot.name) && kept.size >= MOST_SNAPSHOTS) return false;
      kept.set(snapshot.name, snapshot);
      return true;
    },
    get: (name) => kept.get(name),
    list: () => [...kept.values()],
    remove: (name) => void kept.delete(name),
  };
}
