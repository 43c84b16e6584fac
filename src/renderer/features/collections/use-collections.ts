/** What the window knows of collections; `live.ts` keeps it fresh. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Collection, CollectionItem, OpenedRequest } from '../../../shared/model/collection.ts';
import { useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { keys } from '../../platform/queries.ts';
import { followFile, opened } from './opened.ts';

export function useCollections(): readonly Collection[] | undefined {
  return useQuery({ queryKey: keys.collections, queryFn: () => rpc.collections.list() }).data;
}

type OpenedFile = {
  /** The file as it is now; null where it is gone. */
  readonly item: CollectionItem | null;
  /** Whether the file is another one than the one the form was filled from. */
  readonly isOther: boolean;
};

function find(all: readonly Collection[], { collection, id, path }: OpenedRequest): CollectionItem | null {
  const items = all.find((one) => one.id === collection)?.items ?? [];
  return items.find((one) => one.path === path) ?? items.find((one) => one.id === id) ?? null;
}

/** The file of the request in the form. Whatever happens to it outside is followed. */
export function useOpenedFile(): OpenedFile | null {
  const all = useCollections();
  const present = useValue(opened);
  const item = all === undefined || present === null ? undefined : find(all, present);
  useEffect(() => {
    if (present !== null && item !== undefined) followFile(present, item);
  }, [present, item]);
  if (present === null || item === undefined) return null;
  return { item, isOther: item === null || item.revision !== present.revision };
}

/** Every place a request can be saved in, with the names that lead to it. */
export type FolderChoice = {
  readonly key: string;
  readonly collection: Collection['id'];
  readonly folder: string;
  readonly label: string;
};

export function foldersOf(all: readonly Collection[]): FolderChoice[] {
  return all.flatMap(({ id, name, items }) => {
    const labels = new Map([['', name]]);
    for (const item of items)
      if (item.kind === 'folder') labels.set(item.path, `${labels.get(item.folder) ?? name} / ${item.name}`);
    return [...labels].map(([folder, label]) => ({ key: `${id} ${folder}`, collection: id, folder, label }));
  });
}
