/** Saved requests in collections; implemented in `create-collections.ts`. */
import type {
  Collection,
  CollectionId,
  OpenedRequest,
  SavedRequest,
} from '../../../shared/model/collection.ts';
import type { ImportedRequest } from './import/types.ts';
import type { Subscribe } from '../services.ts';

/** An item of a collection; `path` is relative to it. */
export type ItemPlace = { readonly collection: CollectionId; readonly path: string };

export type Placed = { readonly path: string };

/** All reject with `not_found` for what is not there, `bad_input` for a place outside the collection. */
export type Collections = {
  list(): Promise<Collection[]>;
  get(id: CollectionId): Promise<Collection>;
  /** By its name, or by the whole path of its folder, which need not have been opened and is not remembered. */
  find(nameOrLocation: string): Promise<Collection>;
  /** Some file of a collection has changed, whoever did it. While anybody listens the folders are watched. */
  onChange: Subscribe<void>;
  /** Rejects with `conflict` where the folder is a collection already. */
  create(wanted: { name: string; location: string | null }): Promise<Collection>;
  open(location: string): Promise<Collection>;
  close(id: CollectionId): Promise<void>;
  update(
    id: CollectionId,
    changes: { name?: string | undefined; description?: string | undefined },
  ): Promise<Collection>;
  remove(id: CollectionId): Promise<void>;
  undoRemove(): Promise<void>;
  /** Rejects with `bad_input` and the file's own mistake where it cannot be read. */
  read(place: ItemPlace): Promise<OpenedRequest>;
  /** Rejects with `bad_input` for a request that holds a secret. */
  add(wanted: {
    collection: CollectionId;
    folder: string;
    name: string;
    request: SavedRequest;
  }): Promise<OpenedRequest>;
  /** Many at once, in folders by their names. Rejects as `add` does; then some of them may be there. */
  addAll(
    into: { collection: CollectionId; folder: string },
    folders: readonly (readonly string[])[],
    requests: readonly ImportedRequest[],
  ): Promise<void>;
  /** Rejects with `conflict` when the file is not as it was at `revision`; then it is left alone. */
  save(place: ItemPlace, revision: string, request: SavedRequest): Promise<OpenedRequest>;
  addFolder(wanted: { collection: CollectionId; folder: string; name: string }): Promise<Placed>;
  rename(place: ItemPlace, name: string): Promise<Placed>;
  move(place: ItemPlace, to: { folder: string; before: string | null }): Promise<Placed>;
  duplicate(place: ItemPlace): Promise<Placed>;
  removeItem(place: ItemPlace): Promise<void>;
  dispose(): Promise<void>;
};
