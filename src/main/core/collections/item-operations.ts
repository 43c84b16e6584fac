/** What is done with the requests and folders of one collection. Whoever calls takes turns. */
import { randomUUID } from 'node:crypto';
import { cp, lstat, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';
import type { OpenedRequest, SavedRequest } from '../../../shared/model/collection.ts';
import { createDurably, errorCode, writeDurably } from '../vault/durable-file.ts';
import { withBytes, withFilesKept } from './body-files.ts';
import { collectionError } from './file-errors.ts';
import { changeFields, folderFile, readFolderFile } from './folder-files.ts';
import { fileNameOf, freeName, requestNameOf, requestSuffix } from './item-names.ts';
import { insideFolder, joinPath, splitPath } from './item-place.ts';
import { refuseSecrets, withoutTokens, type SecretSearch } from './refuse-secrets.ts';
import { changeRequestFile, readRequestFile, revisionOf, writeRequestFile } from './request-file.ts';
import type { Placed } from './types.ts';

/** Between two items, so that others can be put there without touching them. */
const gap = 10;

export type ItemOperations = ReturnType<typeof createItemOperations>;
type Read = Omit<OpenedRequest, 'collection'>;

/** @param root the collection's folder, absolute */
export function createItemOperations(root: string, redactor: SecretSearch) {
  const contentAt = async (path: string): Promise<string> => {
    const place = await insideFolder(root, path);
    return readFile(place, 'utf8').catch((error: unknown) => {
      throw collectionError(error, basename(path));
    });
  };
  const namesIn = async (folder: string): Promise<string[]> => {
    const place = await insideFolder(root, folder);
    return readdir(place).catch((error: unknown) => {
      throw collectionError(error, folder === '' ? basename(root) : folder);
    });
  };
  const write = async (path: string, content: string): Promise<void> => {
    const place = await insideFolder(root, path);
    await writeDurably(place, content).catch((error: unknown) => {
      throw collectionError(error, basename(path));
    });
  };
  const isFolder = async (path: string): Promise<boolean> => {
    const place = await insideFolder(root, path);
    const found = await lstat(place).catch((error: unknown) => {
      throw collectionError(error, basename(path));
    });
    return found.isDirectory();
  };

  const orderOf = async (path: string): Promise<number | null> => {
    if (await isFolder(path)) return (await readFolderFile(join(root, path, folderFile))).order;
    try {
      return readRequestFile(await contentAt(path)).order;
    } catch {
      // What is broken has no place of its own.
      return null;
    }
  };
  /** Leaves a broken file as it is. */
  const setOrder = async (path: string, order: number): Promise<void> => {
    if (await isFolder(path)) {
      await changeFields(join(root, path, folderFile), folderFile, { order });
      return;
    }
    const content = await contentAt(path);
    let next: string;
    try {
      next = changeRequestFile(content, { order });
    } catch {
      return;
    }
    await write(path, next);
  };
  const itemsIn = async (folder: string): Promise<string[]> => {
    const place = await insideFolder(root, folder);
    const entries = await readdir(place, { withFileTypes: true });
    return entries
      .filter(
        (entry) =>
          !/^[._]/.test(entry.name) &&
          (entry.isDirectory() || (entry.isFile() && requestNameOf(entry.name) !== null)),
      )
      .map(({ name }) => joinPath(folder, name));
  };
  const lastOrder = async (folder: string): Promise<number> => {
    const orders = await Promise.all((await itemsIn(folder)).map(orderOf));
    return Math.max(0, ...orders.filter((order) => order !== null)) + gap;
  };

  const parse = (path: string, content: string) => {
    try {
      return readRequestFile(content);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new AppError('bad_input', `“${basename(path)}” cannot be used. ${why}`, {
        remedy: 'Correct the file in an editor; it is read again by itself.',
        cause: error,
      });
    }
  };
  const read = async (path: string): Promise<Read> => {
    const content = await contentAt(path);
    const { id, name, request } = parse(path, content);
    return {
      path,
      id: id ?? path,
      name: name ?? requestNameOf(basename(path)) ?? basename(path),
      revision: revisionOf(content),
      request: await withBytes(root, request),
    };
  };
  const add = async (folder: string, name: string, wanted: SavedRequest, order?: number): Promise<Read> => {
    const request = withoutTokens(wanted);
    refuseSecrets(request, name, redactor);
    const kept = await withFilesKept(root, request, null);
    const content = writeRequestFile(
      { id: randomUUID(), name, order: order ?? (await lastOrder(folder)), request: kept },
      null,
    );
    for (;;) {
      const path = joinPath(folder, freeName(fileNameOf(name), requestSuffix, await namesIn(folder)));
      const made = await createDurably(await insideFolder(root, path), content).catch((error: unknown) => {
        throw collectionError(error, name);
      });
      if (made) return read(path);
    }
  };
  /** Moves a file or a folder to where nothing stands. */
  const relocate = async (path: string, to: string): Promise<void> => {
    if (path === to) return;
    const place = await insideFolder(root, to);
    // Another spelling of the same name is not another file on every system.
    const taken = path.toLowerCase() !== to.toLowerCase() && (await exists(place));
    if (taken) throw new AppError('conflict', `“${basename(to)}” is there already.`);
    await rename(await insideFolder(root, path), place).catch((error: unknown) => {
      throw collectionError(error, basename(path));
    });
  };
  const freePath = async (
    folder: string,
    name: string,
    suffix: string,
    besides?: string,
  ): Promise<string> => {
    const taken = (await namesIn(folder)).filter((one) => one !== besides);
    return joinPath(folder, freeName(fileNameOf(name), suffix, taken));
  };

  return {
    read,
    add,
    async save(path: string, revision: string, wanted: SavedRequest): Promise<Read> {
      const content = await contentAt(path).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
        throw new AppError('conflict', `“${basename(path)}” has been removed or renamed outside of here.`, {
          remedy: 'Save it under a name of its own.',
        });
      });
      if (revisionOf(content) !== revision) {
        throw new AppError(
          'conflict',
          `“${basename(path)}” has been changed outside of here since it was read.`,
          {
            remedy: 'Look at both, and keep one or both of them.',
          },
        );
      }
      const former = parse(path, content);
      const request = withoutTokens(wanted);
      const { id, name, order } = former;
      refuseSecrets(request, name ?? '', redactor);
      const kept = await withFilesKept(root, request, former.request);
      const next = writeRequestFile({ id, name, order, request: kept }, content);
      if (next !== content) await write(path, next);
      return read(path);
    },
    lastOrder,
    async addFolder(folder: string, name: string, place?: number): Promise<Placed> {
      const order = place ?? (await lastOrder(folder));
      const path = await freePath(folder, name, '');
      await mkdir(await insideFolder(root, path)).catch((error: unknown) => {
        throw collectionError(error, name);
      });
      await changeFields(join(root, path, folderFile), folderFile, { name, order });
      return { path };
    },
    async rename(path: string, name: string): Promise<Placed> {
      const { folder, name: fileName } = splitPath(path);
      if (await isFolder(path)) {
        const to = await freePath(folder, name, '', fileName);
        await changeFields(join(root, path, folderFile), folderFile, { name });
        await relocate(path, to);
        return { path: to };
      }
      const content = await contentAt(path);
      parse(path, content);
      await write(path, changeRequestFile(content, { name }));
      const to = await freePath(folder, name, requestSuffix, fileName);
      await relocate(path, to);
      return { path: to };
    },
    async move(path: string, to: { folder: string; before: string | null }): Promise<Placed> {
      const { folder, name } = splitPath(path);
      if (to.folder === path || to.folder.startsWith(`${path}/`)) {
        throw new AppError('bad_input', 'A folder cannot be moved into itself.');
      }
      if (!(await isFolder(to.folder))) throw new AppError('bad_input', `“${to.folder}” is no folder.`);
      let target = path;
      if (to.folder !== folder) {
        const isRequest = requestNameOf(name) !== null && !(await isFolder(path));
        const stem = isRequest ? (requestNameOf(name) ?? name) : name;
        const suffix = isRequest ? name.slice(stem.length) : '';
        target = joinPath(to.folder, freeName(stem, suffix, await namesIn(to.folder)));
        await relocate(path, target);
      }
      await placeBefore(to.folder, target, to.before);
      return { path: target };
    },
    async duplicate(path: string): Promise<Placed> {
      const { folder, name: fileName } = splitPath(path);
      const order = await lastOrder(folder);
      if (await isFolder(path)) {
        const { name } = await readFolderFile(join(root, path, folderFile));
        const copy = `${name ?? fileName} copy`;
        const to = await freePath(folder, copy, '');
        await cp(await insideFolder(root, path), await insideFolder(root, to), {
          recursive: true,
          errorOnExist: true,
          force: false,
        }).catch((error: unknown) => {
          throw collectionError(error, fileName);
        });
        await changeFields(join(root, to, folderFile), folderFile, { name: copy, order });
        await giveNewIds(to);
        return { path: to };
      }
      const content = await contentAt(path);
      const { name } = parse(path, content);
      const copy = `${name ?? requestNameOf(fileName) ?? fileName} copy`;
      const to = await freePath(folder, copy, requestSuffix);
      await write(to, changeRequestFile(content, { id: randomUUID(), name: copy, order }));
      return { path: to };
    },
    place: (path: string) => insideFolder(root, path),
  };

  async function giveNewIds(folder: string): Promise<void> {
    for (const path of await itemsIn(folder)) {
      if (await isFolder(path)) {
        await giveNewIds(path);
        continue;
      }
      const content = await contentAt(path);
      let next: string;
      try {
        next = changeRequestFile(content, { id: randomUUID() });
      } catch {
        // A broken file is copied as it is.
        continue;
      }
      await write(path, next);
    }
  }

  /** Writes as few orders as it can: the item's own where there is room. */
  async function placeBefore(folder: string, path: string, before: string | null): Promise<void> {
    const others = (await itemsIn(folder)).filter((one) => one !== path);
    const withOrder = await Promise.all(others.map(async (one) => ({ one, order: await orderOf(one) })));
    const sorted = withOrder.toSorted((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity));
    const at = before === null ? sorted.length : sorted.findIndex(({ one }) => one === before);
    if (at === -1) throw new AppError('not_found', 'The item to put it before is not in that folder.');
    const lower = sorted[at - 1]?.order ?? 0;
    const upper = sorted[at]?.order ?? null;
    const isKnown = sorted.slice(0, at).every(({ order }) => order !== null);
    if (isKnown && upper === null) return setOrder(path, lower + gap);
    const middle = Math.floor((lower + (upper ?? 0)) / 2);
    if (isKnown && upper !== null && middle > lower && middle < upper) return setOrder(path, middle);
    const all = [
      ...sorted.slice(0, at).map(({ one }) => one),
      path,
      ...sorted.slice(at).map(({ one }) => one),
    ];
    for (const [index, one] of all.entries()) await setOrder(one, (index + 1) * gap);
  }
}

async function exists(place: string): Promise<boolean> {
  return lstat(place).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
}
