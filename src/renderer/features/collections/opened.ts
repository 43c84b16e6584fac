/** Which saved request the form holds, and the changes that were left behind in others. */
import type { CollectionItem, OpenedRequest } from '../../../shared/model/collection.ts';
import type { RequestDraft } from '../../../shared/model/request.ts';
import { toast } from '../../lib/notices.ts';
import { goInPlace } from '../../lib/route.ts';
import { createValue, useValue } from '../../lib/value.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { change, draft, type Draft } from '../requests/draft.ts';
import { draftOfSaved, savedOf } from './saved-draft.ts';

export type Place = Pick<OpenedRequest, 'collection' | 'path'>;

type Opened = OpenedRequest & {
  /** What the form would save if nothing were changed in it. */
  readonly unchanged: string;
};

/** Null while the form holds a request that is not saved. */
export const opened = createValue<Opened | null>(null);

type Left = { readonly written: Draft; readonly opened: Opened };

/** Requests that were left with changes, by their place; the changes are there when one comes back. */
export const left = createValue<ReadonlyMap<string, Left>>(new Map());

export const keyOf = ({ collection, path }: Place): string => `${collection} ${path}`;

export function isChanged(written: Draft, { request, unchanged }: Opened): boolean {
  return JSON.stringify(savedOf(written, request)) !== unchanged;
}

export function useIsChanged(): boolean {
  const written = useValue(draft);
  const present = useValue(opened);
  return present !== null && isChanged(written, present);
}

function forget(place: Place): void {
  const rest = new Map(left.get());
  if (rest.delete(keyOf(place))) left.set(rest);
}

/** The form goes on as a request that is not saved; changes of the saved one are set aside. */
export function leaveOpened(): void {
  const present = opened.get();
  if (present === null) return;
  const written = draft.get();
  if (isChanged(written, present))
    left.set(new Map([...left.get(), [keyOf(present), { written, opened: present }]]));
  opened.set(null);
}

/** Makes the form be about this request as it is on disk, whatever it holds. */
export function take(read: OpenedRequest): Opened {
  const unchanged = JSON.stringify(savedOf(draftOfSaved(read.request), read.request));
  const next = { ...read, unchanged };
  forget(read);
  opened.set(next);
  return next;
}

/** Fills the form with the request as it is on disk. */
export function fill(read: OpenedRequest): void {
  take(read);
  draft.set(draftOfSaved(read.request));
  // The address names no operation any more, so that none is filled in over this.
  goInPlace('requests', null);
}

export function openSaved(place: Place): void {
  const present = opened.get();
  if (present !== null && keyOf(present) === keyOf(place)) return;
  run(async () => {
    const waiting = left.get().get(keyOf(place));
    const read = waiting === undefined ? await rpc.collections.read(place) : null;
    leaveOpened();
    if (read !== null) fill(read);
    else if (waiting !== undefined) {
      forget(place);
      opened.set(waiting.opened);
      draft.set(waiting.written);
      goInPlace('requests', null);
    }
  });
}

/** An operation of the catalogue is filled in anew, even where the form holds a saved request of the same one. */
export function leaveForOperation(): void {
  if (opened.get() === null) return;
  leaveOpened();
  change({ operationId: null });
}

/** Follows the file: what was renamed is found by its id, what was changed outside is read again. */
export function followFile(place: Place, item: CollectionItem | null): void {
  const present = opened.get();
  if (present === null || item === null || keyOf(present) !== keyOf(place)) return;
  if (item.path !== present.path) {
    opened.set({ ...present, path: item.path, name: item.name });
    return;
  }
  if (item.revision === present.revision) {
    if (item.name !== present.name) opened.set({ ...present, name: item.name });
    return;
  }
  if (item.problem !== null || isChanged(draft.get(), present)) return;
  run(async () => {
    const read = await rpc.collections.read(present);
    const now = opened.get();
    if (now !== present || isChanged(draft.get(), now) || read.revision === now.revision) return;
    fill(read);
    toast(`“${read.name}” was changed outside of here and read again.`);
  });
}

/** The same request under another path: renamed or moved from here, or a folder above it. */
export function followRenamed({ collection, path: from }: Place, to: string): void {
  const present = opened.get();
  if (present === null || present.collection !== collection) return;
  if (present.path !== from && !present.path.startsWith(`${from}/`)) return;
  opened.set({ ...present, path: to + present.path.slice(from.length) });
}

/** What the form does not show of the saved request goes out with it. */
export function withHidden(request: RequestDraft): RequestDraft {
  const present = opened.get();
  return present === null ? request : { locationId: present.request.locationId, ...request };
}
