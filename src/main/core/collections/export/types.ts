import type { SavedRequest } from '../../../../shared/model/collection.ts';

/** What is written: the requests of a collection, a folder or one request, secrets cut out. */
export type ExportedSet = {
  readonly name: string;
  readonly description: string;
  /** Names that lead to each folder, outer ones first; in the order they are shown, with the requests between them. */
  readonly entries: readonly ExportedEntry[];
};

export type ExportedEntry =
  | { readonly kind: 'folder'; readonly folder: readonly string[]; readonly name: string }
  | {
      readonly kind: 'request';
      readonly folder: readonly string[];
      readonly name: string;
      readonly request: SavedRequest;
      /** `Version` that the companion would send by itself. */
      readonly version: string | null;
    };

export type ExportedRequest = Extract<ExportedEntry, { kind: 'request' }>;
