/** All catalogues together: HighLevel's own with what refreshes it, then the further ones. */
import { ownCatalogue, type CatalogueInfo } from '../../../shared/model/catalogue.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import type { Log } from '../ports.ts';
import { createCatalogueFolder, type UnreadableCatalogue } from './catalogue-folder.ts';
import { builtInEntries, furtherEntries, refresh, type Entry } from './entry.ts';
import type { StoredCatalogue } from './stored-catalogue.ts';

export type Library = {
  /** Operations of all catalogues; the same array until one of them changes. */
  entries(): readonly Entry[];
  /** HighLevel's own, with what refreshes them; the same array until one of them changes. */
  ownOperations(): readonly Operation[];
  list(): CatalogueInfo[];
  /** Those that can be read. */
  stored(): readonly StoredCatalogue[];
  isTaken(id: string): boolean;
  /** Adds a catalogue, or puts it in the place of that of the same id. */
  put(catalogue: StoredCatalogue): Promise<CatalogueInfo>;
  /** Rejects with `not_found`. */
  remove(id: string): Promise<void>;
};

/** Reads what was imported before. A damaged file takes its catalogue out of the list of operations, nothing else. */
export async function createLibrary(dataDir: string, log: Log): Promise<Library> {
  const folder = createCatalogueFolder(dataDir, log);
  const loaded = await folder.load();
  const stored = new Map(loaded.catalogues.map((one) => [one.id, one]));
  const unreadable = new Map(loaded.unreadable.map((one) => [one.id, one]));
  let entries: readonly Entry[] = [];
  let own: readonly Operation[] = [];

  const changed = (): void => {
    entries = entriesOf([...stored.values()]);
    own = entries.filter(({ catalogue }) => catalogue === ownCatalogue).map(({ operation }) => operation);
  };
  changed();

  return {
    entries: () => entries,
    ownOperations: () => own,
    list: () => [
      ownInfo(own.length),
      ...[...stored.values()].sort(byUseAndName).map(infoOf),
      ...Array.from(unreadable.values(), damagedInfo),
    ],
    stored: () => [...stored.values()],
    isTaken: (id) => id === ownCatalogue || stored.has(id) || unreadable.has(id),
    async put(catalogue) {
      await folder.save(catalogue);
      stored.set(catalogue.id, catalogue);
      changed();
      return infoOf(catalogue);
    },
    async remove(id) {
      if (!stored.has(id) && !unreadable.has(id))
        throw new AppError('not_found', `There is no imported catalogue "${id}".`);
      await folder.remove(id);
      stored.delete(id);
      unreadable.delete(id);
      changed();
    },
  };
}

/** HighLevel's operations as they are with these refreshes, the earliest applied first. */
export function ownEntries(catalogues: readonly StoredCatalogue[]): readonly Entry[] {
  return catalogues
    .filter(({ use }) => use === 'refresh')
    .sort((a, b) => a.importedAt - b.importedAt)
    .reduce((entries, { document }) => refresh(entries, document), builtInEntries);
}

function entriesOf(catalogues: readonly StoredCatalogue[]): readonly Entry[] {
  const further = catalogues
    .filter(({ use }) => use === 'further')
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap(({ id, document }) => furtherEntries(id, document));
  return [...ownEntries(catalogues), ...further];
}

export function infoOf({ id, name, use, source, importedAt, document }: StoredCatalogue): CatalogueInfo {
  return {
    id,
    name,
    kind: use,
    source,
    version: document.version,
    operations: document.operations.length,
    problems: document.problems.length,
    importedAt,
    failure: null,
  };
}

function ownInfo(operations: number): CatalogueInfo {
  return {
    id: ownCatalogue,
    name: 'HighLevel',
    kind: 'own',
    source: null,
    version: null,
    operations,
    problems: 0,
    importedAt: null,
    failure: null,
  };
}

function damagedInfo({ id, failure }: UnreadableCatalogue): CatalogueInfo {
  return {
    id,
    name: id,
    kind: 'unreadable',
    source: null,
    version: null,
    operations: 0,
    problems: 0,
    importedAt: null,
    failure,
  };
}

function byUseAndName(a: StoredCatalogue, b: StoredCatalogue): number {
  if (a.use !== b.use) return a.use === 'refresh' ? -1 : 1;
  return a.name.localeCompare(b.name);
}
