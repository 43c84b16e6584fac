/** The collections as the rows of one tree. */
import type { Collection, CollectionItem } from '../../../shared/model/collection.ts';

export type TreeRow = {
  readonly key: string;
  readonly collection: Collection;
  /** Null for the collection itself. */
  readonly item: CollectionItem | null;
  /** 1 for collections. */
  readonly level: number;
  /** Null for what holds nothing by its nature. */
  readonly isOpen: boolean | null;
};

export const rowKey = (collection: string, path: string): string => `${collection} ${path}`;

/** The rows on show. @param closed keys of the folders and collections that are folded up */
export function rowsOf(all: readonly Collection[], closed: ReadonlySet<string>): TreeRow[] {
  return all.flatMap((collection) => {
    const rows: TreeRow[] = [];
    const hidden = new Set<string>();
    const add = (item: CollectionItem | null, path: string, level: number): void => {
      const key = rowKey(collection.id, path);
      const holds = item?.kind !== 'request';
      if (holds && closed.has(key)) hidden.add(path);
      rows.push({ key, collection, item, level, isOpen: holds ? !closed.has(key) : null });
    };
    add(null, '', 1);
    for (const item of collection.items) {
      if (hidden.has(item.folder)) {
        hidden.add(item.path);
        continue;
      }
      add(item, item.path, item.path.split('/').length + 1);
    }
    return rows;
  });
}

/** The item's neighbours in its folder. */
export function siblingsOf({ items }: Collection, { folder }: CollectionItem): readonly CollectionItem[] {
  return items.filter((one) => one.folder === folder);
}

/** The collections with what holds every word in its name, its folders' names or its path, and the folders around it. */
export function matching(all: readonly Collection[], text: string): readonly Collection[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return all;
  return all.flatMap((collection) => {
    const called = new Map([['', collection.name.toLowerCase()]]);
    const kept = new Set<string>();
    for (const { kind, path, folder, name, method, requestPath } of collection.items) {
      const all = [called.get(folder), name, method, requestPath].join(' ').toLowerCase();
      if (kind === 'folder') called.set(path, all);
      else if (words.every((word) => all.includes(word)))
        for (let names = path.split('/'); names.length > 0; names = names.slice(0, -1))
          kept.add(names.join('/'));
    }
    const items = collection.items.filter(({ path }) => kept.has(path));
    return items.length === 0 ? [] : [{ ...collection, items }];
  });
}
