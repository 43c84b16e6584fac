/** What is done with a row of the tree. */
import type { Profile } from '../../../shared/model/profile.ts';
import type { SavedExportFormat } from '../../../shared/model/collection-transfer.ts';
import { toast } from '../../lib/notices.ts';
import { saveFile } from '../../lib/save-file.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { collectionOverlay } from './collection-overlay.ts';
import { startCollectionRun } from './collection-run.ts';
import { followRenamed, openSaved } from './opened.ts';
import { siblingsOf, type TreeRow } from './tree-rows.ts';

const undo = { label: 'Undo', run: () => run(() => rpc.collections.undoRemove()) };

export const placeOf = ({ collection, item }: TreeRow) => ({
  collection: collection.id,
  path: item?.path ?? '',
});

export function openRow(row: TreeRow): void {
  if (row.item?.kind === 'request') openSaved(placeOf(row));
}

export function runRow({ collection, item }: TreeRow, profileId: Profile['id']): void {
  startCollectionRun({
    collection: collection.id,
    title: item?.name ?? collection.name,
    path: item?.path ?? '',
    profileId,
  });
}

export function renameRow({ collection, item }: TreeRow): void {
  collectionOverlay.set({ kind: 'rename', collection, item });
}

export function newFolder({ collection, item }: TreeRow): void {
  const folder = item === null ? '' : item.kind === 'folder' ? item.path : item.folder;
  collectionOverlay.set({ kind: 'folder', collection, folder });
}

export function moveRow({ collection, item }: TreeRow): void {
  if (item !== null) collectionOverlay.set({ kind: 'move', collection, item });
}

export function duplicateRow(row: TreeRow): void {
  if (row.item !== null) run(() => rpc.collections.duplicate(placeOf(row)));
}

/** What is removed can be put back; a folder that was opened is only forgotten. */
export function removeRow(row: TreeRow): void {
  const { collection, item } = row;
  run(async () => {
    if (item !== null) {
      await rpc.collections.removeItem(placeOf(row));
      toast(`Removed “${item.name}”`, undo);
    } else if (collection.own) {
      await rpc.collections.remove({ id: collection.id });
      toast(`Removed the collection “${collection.name}”`, undo);
    } else {
      await rpc.collections.close({ id: collection.id });
      toast(`Closed “${collection.name}”; its files stay.`, {
        label: 'Open again',
        run: () => run(() => rpc.collections.open({ location: collection.location })),
      });
    }
  });
}

const exportTypes: Readonly<Record<SavedExportFormat, string>> = {
  postman: 'application/json',
  har: 'application/json',
  curl: 'text/x-shellscript',
};

export function exportRow(row: TreeRow, format: SavedExportFormat): void {
  run(async () => {
    const { fileName, content, notes } = await rpc.collections.export({ ...placeOf(row), format });
    saveFile(fileName, content, exportTypes[format]);
    const [first] = notes;
    const more = notes.length > 1 ? ` and ${notes.length - 1} more` : '';
    toast(
      first === undefined
        ? `Saved as ${fileName}`
        : `Saved as ${fileName}. ${first.where}: ${first.note}${more}`,
    );
  });
}

/** One place up or down in its folder. */
export function shiftRow(row: TreeRow, by: 1 | -1): void {
  const { collection, item } = row;
  if (item === null) return;
  const others = siblingsOf(collection, item);
  const at = others.findIndex(({ path }) => path === item.path);
  const target = at + by;
  if (target < 0 || target >= others.length) return;
  const before = by === 1 ? others[target + 1] : others[target];
  run(async () => {
    const place = placeOf(row);
    const moved = await rpc.collections.move({ ...place, folder: item.folder, before: before?.path ?? null });
    followRenamed(place, moved.path);
  });
}
