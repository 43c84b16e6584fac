/** Imported catalogues on disk, a file each. A file that cannot be read is told and left as it is. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogueId } from '../../../shared/model/catalogue.ts';
import type { Log } from '../ports.ts';
import { storageError, writeDurably } from '../vault/durable-file.ts';
import { storedCatalogue, type StoredCatalogue } from './stored-catalogue.ts';

export type UnreadableCatalogue = { readonly id: string; readonly failure: string };

export type CatalogueFolder = {
  load(): Promise<{ catalogues: StoredCatalogue[]; unreadable: UnreadableCatalogue[] }>;
  save(catalogue: StoredCatalogue): Promise<void>;
  remove(id: string): Promise<void>;
};

export function createCatalogueFolder(dataDir: string, log: Log): CatalogueFolder {
  const folder = join(dataDir, 'catalogues');
  const fileOf = (id: string): string => join(folder, `${id}.json`);

  const loadOne = async (id: string): Promise<StoredCatalogue | UnreadableCatalogue> => {
    try {
      const stored = storedCatalogue.parse(JSON.parse(await readFile(fileOf(id), 'utf8')));
      if (stored.id !== id) throw new Error(`it holds the catalogue ${stored.id}`);
      return stored;
    } catch (cause) {
      log('warn', 'a catalogue could not be read', { id, cause });
      return { id, failure: `${id}.json in the data folder is damaged and was left as it is.` };
    }
  };

  return {
    async load() {
      const names = await readdir(folder).catch(() => []);
      const ids = names
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.slice(0, -'.json'.length))
        .filter((id) => catalogueId.safeParse(id).success);
      const loaded = await Promise.all(ids.map(loadOne));
      return {
        catalogues: loaded.filter((one) => 'document' in one),
        unreadable: loaded.filter((one) => 'failure' in one),
      };
    },
    save: (catalogue) => writeDurably(fileOf(catalogue.id), JSON.stringify(catalogue)),
    async remove(id) {
      await rm(fileOf(id), { force: true }).catch((error: unknown) => {
        throw storageError(error, `${id}.json`);
      });
    },
  };
}
