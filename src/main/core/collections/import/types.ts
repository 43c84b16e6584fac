import type { SavedRequest } from '../../../../shared/model/collection.ts';
import type { SavedImportKind, TransferNote } from '../../../../shared/model/collection-transfer.ts';
import type { Operation } from '../../../../shared/highlevel/operations/operation.ts';

export type ImportedRequest = {
  /** Names of the folders it lies in, the outermost first. */
  readonly folder: readonly string[];
  readonly name: string;
  readonly request: SavedRequest;
};

/** A file of another tool, read. */
export type ImportedFile = {
  readonly kind: SavedImportKind;
  readonly name: string;
  readonly description: string;
  /** Folders in their order, those that hold nothing included. */
  readonly folders: readonly (readonly string[])[];
  readonly requests: readonly ImportedRequest[];
  readonly notes: readonly TransferNote[];
  readonly variables: readonly { readonly name: string; readonly value: string }[];
};

/** Finds the operation of a request by method and path. */
export type FindOperation = (method: string, path: string) => Operation | null;

export type Notes = {
  /** @param where names that lead to what it is about */
  add(where: readonly string[], note: string): void;
  list(): TransferNote[];
};

/** Each note once at each place. */
export function createNotes(): Notes {
  const notes = new Map<string, TransferNote>();
  return {
    add(where, note) {
      const place = where.join(' / ');
      notes.set(`${place}\n${note}`, { where: place, note });
    },
    list: () => [...notes.values()],
  };
}
