/** Imports OpenAPI documents: read, compared, and taken over only when the developer says so. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/model/app-error.ts';
import {
  ownCatalogue,
  type CatalogueInfo,
  type CatalogueReading,
  type CatalogueSource,
  type CatalogueUse,
  type DocumentInput,
} from '../../../shared/model/catalogue.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { compareEntries } from './compare-entries.ts';
import { ownEntries, type Library } from './create-library.ts';
import { furtherEntries } from './entry.ts';
import { fetchDocument, type FetchDeps } from './fetch-document.ts';
import { readAside } from './import/read-aside.ts';
import { callKey } from './import/read-openapi.ts';
import type { ReadDocument } from './import/types.ts';
import { operationUse, type SavedCall } from './operation-use.ts';
import type { StoredCatalogue } from './stored-catalogue.ts';

export type Catalogues = {
  list(): CatalogueInfo[];
  read(source: DocumentInput): Promise<CatalogueReading>;
  /** Rejects with `not_found`, and with `bad_input` where it came from no address that was kept. */
  readAgain(id: string): Promise<CatalogueReading>;
  /** Rejects with `not_found` where the reading is no longer held. */
  apply(id: string, use: CatalogueUse, name?: string): Promise<CatalogueInfo>;
  discard(id: string): void;
  /** These reject with `not_found`. */
  rename(id: string, name: string): Promise<CatalogueInfo>;
  remove(id: string): Promise<void>;
};

export type CataloguesDeps = FetchDeps & {
  readonly library: Library;
  readonly store: Pick<ExchangeStore, 'page'>;
  readonly saved: () => Promise<readonly SavedCall[]>;
  /** The program that reads large documents. */
  readonly reader: URL;
  /** ms since the epoch. */
  readonly now: () => number;
};

type Held = { readonly document: ReadDocument; readonly source: CatalogueSource };

const mostHeld = 4;

export function createCatalogues(deps: CataloguesDeps): Catalogues {
  const { library, store, saved, reader, now, ...fetching } = deps;
  const held = new Map<string, Held>();
  /** Ids of catalogues that are being written. */
  const beingTaken = new Set<string>();

  const sameSource = (source: CatalogueSource, use: CatalogueUse): StoredCatalogue | undefined =>
    library.stored().find((one) => one.use === use && isSame(one.source, source));

  const offer = async (text: string, name: string, source: CatalogueSource): Promise<CatalogueReading> => {
    const document = await readAside(text, name, reader);
    if (document.operations.length === 0)
      throw new AppError('bad_input', `${name} has no operation: nothing to import.`);
    const id = randomUUID();
    const reading = await readingOf(id, { document, source });
    held.set(id, { document, source });
    const [oldest] = held.keys();
    if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
    return reading;
  };

  const readingOf = async (id: string, { document, source }: Held): Promise<CatalogueReading> => {
    const entries = library.entries();
    const useOf = await operationUse(entries, store, await saved());
    const own = entries.filter(({ catalogue }) => catalogue === ownCatalogue);
    const earlier = sameSource(source, 'refresh');
    const others = library.stored().filter((one) => one !== earlier);
    const asRefresh = stored(earlier?.id ?? 'new', document.title, 'refresh', { document, source });
    const replaced = sameSource(source, 'further');
    const update =
      replaced === undefined
        ? null
        : await compareEntries(
            entries.filter(({ catalogue }) => catalogue === replaced.id),
            furtherEntries(replaced.id, document),
            useOf,
          );
    const known = new Set(own.map(({ operation }) => callKey(operation)));
    const shared = document.operations.filter((operation) => known.has(callKey(operation))).length;
    const { title, version, openapi, operations, problems } = document;
    return {
      id,
      title,
      version,
      openapi,
      source,
      operations: operations.length,
      problems: [...problems],
      elsewhere: [...new Set(operations.flatMap(({ path }) => originOf(path)))],
      refresh: await compareEntries(own, ownEntries([...others, asRefresh]), useOf),
      update,
      replaces: replaced?.name ?? null,
      // Whoever asks for a part of HighLevel's API once more has most of its operations already.
      suggested: replaced === undefined && shared * 2 > operations.length ? 'refresh' : 'further',
    };
  };

  const stored = (
    id: string,
    name: string,
    use: CatalogueUse,
    { document, source }: Held,
  ): StoredCatalogue => ({
    format: 1,
    id,
    name,
    use,
    source,
    importedAt: now(),
    document,
  });

  const find = (id: string): StoredCatalogue => {
    const found = library.stored().find((one) => one.id === id);
    if (found === undefined) throw new AppError('not_found', `There is no imported catalogue "${id}".`);
    return found;
  };

  const freeId = (name: string): string => {
    const wanted =
      name
        .toLowerCase()
        .replaceAll(/[^a-z\d]+/g, '-')
        .replaceAll(/^-+|-+$/g, '')
        .slice(0, 40) || 'catalogue';
    let id = wanted;
    for (let number = 2; library.isTaken(id) || beingTaken.has(id); number += 1) id = `${wanted}-${number}`;
    return id;
  };

  return {
    list: () => library.list(),
    async read(input) {
      if (input.kind === 'file') return offer(input.text, input.name, { kind: 'file', name: input.name });
      const { text, name, source } = await fetchDocument(input.url, fetching);
      return offer(text, name, source);
    },
    async readAgain(id) {
      const { source, name: known } = find(id);
      if (source.kind === 'file')
        throw new AppError(
          'bad_input',
          `"${known}" came from the file ${source.name}: import the file again.`,
        );
      if (!source.again) {
        throw new AppError('bad_input', `The address of "${known}" holds a secret, which was not kept.`, {
          remedy: 'Import it again with its whole address.',
        });
      }
      const { text, name } = await fetchDocument(source.url, fetching);
      return offer(text, name, source);
    },
    async apply(id, use, name) {
      const reading = held.get(id);
      if (reading === undefined) {
        throw new AppError('not_found', 'This document is no longer held.', { remedy: 'Read it once more.' });
      }
      const replaced = sameSource(reading.source, use);
      const named = name ?? replaced?.name ?? reading.document.title.slice(0, 80);
      const chosen = replaced?.id ?? freeId(named);
      beingTaken.add(chosen);
      try {
        const info = await library.put(stored(chosen, named, use, reading));
        held.delete(id);
        return info;
      } finally {
        beingTaken.delete(chosen);
      }
    },
    discard: (id) => void held.delete(id),
    async rename(id, name) {
      return library.put({ ...find(id), name });
    },
    remove: (id) => library.remove(id),
  };
}

function isSame(a: CatalogueSource, b: CatalogueSource): boolean {
  if (a.kind === 'url') return b.kind === 'url' && a.url === b.url;
  return b.kind === 'file' && a.name === b.name;
}

/** The origin of an operation whose server is not HighLevel's. */
function originOf(path: string): string[] {
  return /^https?:/.test(path) ? [new URL(path.replaceAll(/[{}]/g, '')).origin] : [];
}
