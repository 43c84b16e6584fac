/** The collections of the data folder, and those of folders that the developer opened. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';
import { collectionId, type Collection, type CollectionId } from '../../../shared/model/collection.ts';
import type { Log, SettingsStore } from '../ports.ts';
import { errorCode } from '../vault/durable-file.ts';
import { addAll } from './add-all.ts';
import { collectionError } from './file-errors.ts';
import { changeFields, collectionFile } from './folder-files.ts';
import { fileNameOf, freeName } from './item-names.ts';
import { createItemOperations, type ItemOperations } from './item-operations.ts';
import type { SecretSearch } from './refuse-secrets.ts';
import { createRemovedItems } from './removed-items.ts';
import { createScanner, type Scan } from './scan-folder.ts';
import type { Collections } from './types.ts';
import { createFolderWatch } from './watch-folders.ts';

export type CollectionsDeps = {
  readonly dataDir: string;
  readonly settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly redactor: SecretSearch;
  readonly log: Log;
  readonly now: () => number;
};

type Known = {
  readonly id: CollectionId;
  readonly own: boolean;
  readonly root: string;
  readonly scan: () => Promise<Scan>;
  readonly items: ItemOperations;
};

/** An editor that saves writes several times; the files are looked at once they are still. */
const settleMs = 40;

export function createCollections({ dataDir, settings, redactor, log, now }: CollectionsDeps): Collections {
  const top = join(dataDir, 'collections');
  const removed = createRemovedItems(join(dataDir, 'collections-removed'), now, log);
  const known = new Map<string, Known>();
  const listeners = new Set<() => void>();
  let settling: NodeJS.Timeout | null = null;
  const watcher = createFolderWatch(() => {
    settling ??= setTimeout(() => {
      settling = null;
      changed();
    }, settleMs);
  }, log);
  void removed.tidy();

  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  /** Changes follow one another, so that none is made on what another one is changing. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine.finally(changed);
  };

  const knownAt = (root: string, own: boolean): Known => {
    const found = known.get(root);
    if (found !== undefined) return found;
    const made = {
      id: idOf(root),
      own,
      root,
      scan: createScanner(root),
      items: createItemOperations(root, redactor),
    };
    known.set(root, made);
    return made;
  };
  const all = async (): Promise<Known[]> => {
    const entries = await readdir(top, { withFileTypes: true }).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw collectionError(error, 'collections');
    });
    const own = entries
      .filter((entry) => entry.isDirectory() && !/^[._]/.test(entry.name))
      .map(({ name }) => knownAt(join(top, name), true));
    return [...own, ...settings.get('collectionFolders').map((root) => knownAt(root, false))];
  };
  /** Folders that were asked for by their path, and not opened. */
  const visited = new Map<CollectionId, Known>();
  const find = async (id: CollectionId): Promise<Known> => {
    const found = (await all()).find((one) => one.id === id) ?? visited.get(id);
    if (found === undefined) throw new AppError('not_found', 'There is no such collection.');
    return found;
  };
  const read = async (one: Known): Promise<Collection & { readonly folders: readonly string[] }> => {
    const { name, description, problem, items, folders } = await one.scan();
    const { id, own, root: location } = one;
    return { id, own, location, name, description, problem, items: [...items], folders };
  };
  const shown = async (one: Known): Promise<Collection> => withoutFolders(await read(one));
  const readAll = async (): Promise<Collection[]> => {
    for (;;) {
      const found = await Promise.all((await all()).map(read));
      // What was made before its folder was watched is found by looking once more.
      const folders = found.flatMap((one) => one.folders);
      if (listeners.size > 0) await mkdir(top, { recursive: true, mode: 0o700 });
      if (listeners.size === 0 || !watcher.follow([top, ...folders])) {
        return found.map(withoutFolders).toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
      }
    }
  };

  /** The folder itself, over whatever links lead to it. */
  const folderAt = async (location: string): Promise<string> => {
    if (!isAbsolute(location)) {
      throw new AppError('bad_input', `“${location}” is no whole path of a folder.`, {
        remedy: 'Give the path from the root of the disk on.',
      });
    }
    const root = await realpath(location).catch(() => null);
    if (root === null || !(await lstat(root)).isDirectory()) {
      throw new AppError('not_found', `There is no folder “${location}”.`);
    }
    return root;
  };
  const remember = (root: string): Known => {
    const folders = settings.get('collectionFolders');
    if (!folders.includes(root)) settings.set('collectionFolders', [...folders, root]);
    return knownAt(root, false);
  };

  /** @throws AppError `bad_input` for a folder that holds no collection */
  const lookInto = async (location: string): Promise<Known> => {
    const root = await folderAt(location);
    const present = (await all()).find((one) => one.root === root);
    if (present !== undefined) return present;
    const one = { ...knownAt(root, false) };
    known.delete(root);
    const isCollection = (await readdir(root)).includes(collectionFile);
    const { items } = await one.scan();
    if (isCollection || items.some(({ kind }) => kind === 'request')) return one;
    throw new AppError('bad_input', `“${basename(root)}” holds no ${collectionFile} and no saved request.`, {
      remedy: 'Choose the folder of a collection, or make a new collection in this one.',
    });
  };

  return {
    list: () => readAll(),
    async get(id) {
      return shown(await find(id));
    },
    async find(nameOrLocation) {
      if (isAbsolute(nameOrLocation)) {
        const one = await lookInto(nameOrLocation);
        visited.set(one.id, one);
        return shown(one);
      }
      const present = await readAll();
      const lower = nameOrLocation.toLowerCase();
      const found =
        present.find(({ name }) => name === nameOrLocation) ??
        present.find(({ name }) => name.toLowerCase() === lower);
      if (found !== undefined) return found;
      throw new AppError('not_found', `There is no collection “${nameOrLocation}”.`, {
        remedy:
          present.length === 0
            ? 'Save a request first, or give the path of a collection’s folder.'
            : `There are ${present.map(({ name }) => `“${name}”`).join(', ')}.`,
      });
    },
    onChange(listener) {
      const heard = (): void => listener();
      listeners.add(heard);
      return () => {
        listeners.delete(heard);
        if (listeners.size === 0) watcher.close();
      };
    },
    create: ({ name, location }) =>
      inTurn(async () => {
        if (location !== null) {
          const root = await folderAt(location);
          const names = await readdir(root);
          if (names.includes(collectionFile)) {
            throw new AppError('conflict', `“${basename(root)}” is a collection already.`, {
              remedy: 'Open it instead.',
            });
          }
          await changeFields(join(root, collectionFile), collectionFile, { name });
          return shown(remember(root));
        }
        await mkdir(top, { recursive: true, mode: 0o700 });
        const root = join(top, freeName(fileNameOf(name), '', await readdir(top)));
        await mkdir(root, { mode: 0o700 }).catch((error: unknown) => {
          throw collectionError(error, name);
        });
        await changeFields(join(root, collectionFile), collectionFile, { name });
        return shown(knownAt(root, true));
      }),
    open: (location) =>
      inTurn(async () => {
        const one = await lookInto(location);
        if (!one.own) remember(one.root);
        return shown(one);
      }),
    close: (id) =>
      inTurn(async () => {
        const { own, root } = await find(id);
        if (own) throw new AppError('unsupported', 'A collection of the data folder can only be removed.');
        settings.set(
          'collectionFolders',
          settings.get('collectionFolders').filter((one) => one !== root),
        );
        known.delete(root);
      }),
    update: (id, { name, description }) =>
      inTurn(async () => {
        const one = await find(id);
        await changeFields(join(one.root, collectionFile), collectionFile, {
          ...(name !== undefined && { name }),
          ...(description !== undefined && { description }),
        });
        return shown(one);
      }),
    remove: (id) =>
      inTurn(async () => {
        const { own, root } = await find(id);
        if (!own) {
          throw new AppError('unsupported', 'A folder that was opened is closed, not removed: it is yours.');
        }
        await removed.remove(root, basename(root));
        known.delete(root);
      }),
    undoRemove: () => inTurn(() => removed.undo()),
    async read({ collection, path }) {
      const one = await find(collection);
      return { collection, ...(await one.items.read(path)) };
    },
    add: ({ collection, folder, name, request }) =>
      inTurn(async () => ({
        collection,
        ...(await (await find(collection)).items.add(folder, name, request)),
      })),
    addAll: ({ collection, folder }, folders, requests) =>
      inTurn(async () => addAll((await find(collection)).items, folder, folders, requests)),
    save: ({ collection, path }, revision, request) =>
      inTurn(async () => ({
        collection,
        ...(await (await find(collection)).items.save(path, revision, request)),
      })),
    addFolder: ({ collection, folder, name }) =>
      inTurn(async () => (await find(collection)).items.addFolder(folder, name)),
    rename: ({ collection, path }, name) =>
      inTurn(async () => (await find(collection)).items.rename(path, name)),
    move: ({ collection, path }, to) => inTurn(async () => (await find(collection)).items.move(path, to)),
    duplicate: ({ collection, path }) => inTurn(async () => (await find(collection)).items.duplicate(path)),
    removeItem: ({ collection, path }) =>
      inTurn(async () => {
        const { items } = await find(collection);
        await removed.remove(await items.place(path), basename(path));
      }),
    async dispose() {
      if (settling !== null) clearTimeout(settling);
      watcher.close();
      listeners.clear();
      await turn;
    },
  };
}

function idOf(root: string): CollectionId {
  return collectionId.parse(createHash('sha256').update(root).digest('hex').slice(0, 16));
}

function withoutFolders(read: Collection & { readonly folders: readonly string[] }): Collection {
  const { folders: _folders, ...rest } = read;
  return rest;
}
