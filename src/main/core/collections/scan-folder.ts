/** What lies in a collection's folder, read anew where it has changed. Links are not followed. */
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isPlainName, itemPath, type CollectionItem } from '../../../shared/model/collection.ts';
import { collectionError } from './file-errors.ts';
import { collectionFile, folderFile, readCollectionFile, readFolderFile } from './folder-files.ts';
import { requestNameOf } from './item-names.ts';
import { readRequestFile, revisionOf } from './request-file.ts';

export type Scan = {
  readonly name: string;
  readonly description: string;
  readonly problem: string | null;
  readonly items: readonly CollectionItem[];
  /** Every folder that was read, absolute: what is to be watched. */
  readonly folders: readonly string[];
};

type Entry = { readonly order: number | null; readonly item: CollectionItem };
type Known = { readonly stamp: string; readonly entry: Entry };

/** Nobody has so many; a home folder opened by mistake has. */
const mostItems = 5000;
const mostDepth = 16;
const mostBytes = 4_000_000;

/** Remembers what it has read of each file, by its time, size and place on the disk. */
export function createScanner(root: string): () => Promise<Scan> {
  let known = new Map<string, Known>();

  return async () => {
    const seen = new Map<string, Known>();
    const folders: string[] = [];
    let count = 0;

    const request = async (path: string, folder: string, entry: Dirent): Promise<Entry> => {
      const blank = blankRequest(path, folder, entry.name);
      if (entry.isSymbolicLink()) return broken(blank, 'It is a link, and links are not followed.');
      const file = join(root, path);
      const found = await lstat(file, { bigint: true }).catch(() => null);
      if (found === null) return broken(blank, 'It is not there any more.');
      if (found.size > mostBytes) return broken(blank, 'It is larger than 4 MB.');
      const stamp = `${found.mtimeNs} ${found.ctimeNs} ${found.size} ${found.ino}`;
      const before = known.get(path);
      const read = before?.stamp === stamp ? before.entry : await readEntry(file, blank);
      seen.set(path, { stamp, entry: read });
      return read;
    };

    const walk = async (folder: string, depth: number): Promise<CollectionItem[]> => {
      folders.push(join(root, folder));
      const entries = await readdir(join(root, folder), { withFileTypes: true });
      const found: (Entry & { readonly inside: readonly CollectionItem[] })[] = [];
      for (const entry of entries) {
        const isFolder = entry.isDirectory();
        if (/^[._]/.test(entry.name) || entry.name === 'node_modules') continue;
        if (!isFolder && requestNameOf(entry.name) === null) continue;
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (!isPlainName(entry.name) || !itemPath.safeParse(path).success) continue;
        count += 1;
        if (count > mostItems || depth > mostDepth) throw new TooMuch();
        if (!isFolder) {
          found.push({ ...(await request(path, folder, entry)), inside: [] });
          continue;
        }
        const facts = await readFolderFile(join(root, path, folderFile));
        const item = { ...blankFolder(path, folder, entry.name), problem: facts.problem };
        found.push({
          order: facts.order,
          item: { ...item, name: facts.name ?? item.name },
          inside: await walk(path, depth + 1),
        });
      }
      return found.toSorted(byOrder).flatMap(({ item, inside }) => [item, ...inside]);
    };

    const facts = await readCollectionFile(join(root, collectionFile));
    const usual = { name: facts.name ?? basename(root), description: facts.description };
    try {
      const items = await walk('', 0);
      known = seen;
      return { ...usual, problem: facts.problem, items, folders };
    } catch (error) {
      const problem =
        error instanceof TooMuch
          ? `It holds more than ${mostItems} requests and folders, or folders deeper than ${mostDepth}.`
          : collectionError(error, basename(root)).message;
      return { ...usual, problem, items: [], folders };
    }
  };
}

class TooMuch extends Error {}

async function readEntry(file: string, blank: CollectionItem): Promise<Entry> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    return broken(blank, collectionError(error, blank.name).message);
  }
  const revision = revisionOf(content);
  try {
    const { id, name, order, request } = readRequestFile(content);
    const { method, path: requestPath, checks } = request;
    return {
      order,
      item: { ...blank, name: name ?? blank.name, id, method, requestPath, checks: checks.length, revision },
    };
  } catch (error) {
    return broken({ ...blank, revision }, error instanceof Error ? error.message : String(error));
  }
}

function blankRequest(path: string, folder: string, fileName: string): CollectionItem {
  const name = requestNameOf(fileName) ?? fileName;
  return { ...blankFolder(path, folder, name), kind: 'request' };
}

function blankFolder(path: string, folder: string, name: string): CollectionItem {
  return {
    kind: 'folder',
    path,
    folder,
    name,
    id: null,
    method: null,
    requestPath: null,
    checks: 0,
    revision: null,
    problem: null,
  };
}

const broken = (item: CollectionItem, problem: string): Entry => ({
  order: null,
  item: { ...item, problem },
});

/** By their order, then by their name; what has no order comes last. */
function byOrder(one: Entry, other: Entry): number {
  const [first, second] = [one.order ?? Number.MAX_VALUE, other.order ?? Number.MAX_VALUE];
  if (first !== second) return first < second ? -1 : 1;
  return one.item.name.localeCompare(other.item.name, 'en', { numeric: true, sensitivity: 'base' });
}
