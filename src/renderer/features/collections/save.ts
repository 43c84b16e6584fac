/** Save: on top of the opened request, or as a new one. */
import type { Collection, OpenedRequest } from '../../../shared/model/collection.ts';
import { announce, toast } from '../../lib/notices.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { toProblem } from '../../platform/problem.ts';
import { draft } from '../requests/draft.ts';
import { collectionOverlay } from './collection-overlay.ts';
import { opened, take } from './opened.ts';
import { savedOf } from './saved-draft.ts';

function said(read: OpenedRequest): void {
  toast(`Saved “${read.name}”`);
  announce(`Saved ${read.name}`);
}

/** @param revision what it is saved on top of */
export async function saveOn(revision: string): Promise<void> {
  const present = opened.get();
  if (present === null) return;
  const { collection, path, request } = present;
  const written = draft.get();
  const read = await rpc.collections.save({ collection, path, revision, request: savedOf(written, request) });
  take(read);
  said(read);
}

/** Mod+S: asks only where it has to. */
export function save(): void {
  const present = opened.get();
  if (present === null) {
    collectionOverlay.set({ kind: 'save-as' });
    return;
  }
  run(() =>
    saveOn(present.revision).catch((error: unknown) => {
      if (toProblem(error).code !== 'conflict') throw error;
      collectionOverlay.set({ kind: 'conflict' });
    }),
  );
}

export async function saveAs(place: {
  readonly collection: Collection['id'];
  readonly folder: string;
  readonly name: string;
}): Promise<void> {
  const request = savedOf(draft.get(), opened.get()?.request ?? null);
  const read = await rpc.collections.add({ ...place, request });
  // The request it was made from stays as it is on disk: its changes are in the new one now.
  take(read);
  said(read);
}
