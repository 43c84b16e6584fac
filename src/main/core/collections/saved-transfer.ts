/** Saved requests out of, and into, files of other tools. */
import { createOperationFinder } from '../../../shared/highlevel/operations/find-operation.ts';
import { ownCatalogue } from '../../../shared/model/catalogue.ts';
import type { CollectionId } from '../../../shared/model/collection.ts';
import type {
  SavedExport,
  SavedExportFormat,
  SavedImportReport,
  SavedImportStart,
} from '../../../shared/model/collection-transfer.ts';
import type { Library } from '../catalogue/create-library.ts';
import { exportRequests } from './export-requests.ts';
import { importRequests } from './import-requests.ts';
import type { FindOperation } from './import/types.ts';
import type { SecretSearch } from './refuse-secrets.ts';
import type { Collections } from './types.ts';

export type SavedTransfer = {
  import(start: SavedImportStart): Promise<SavedImportReport>;
  export(wanted: { collection: CollectionId; path: string; format: SavedExportFormat }): Promise<SavedExport>;
};

export type SavedTransferDeps = {
  readonly collections: Collections;
  readonly redactor: SecretSearch;
  readonly library: Pick<Library, 'entries'>;
  readonly version: string;
  readonly now: () => number;
};

export function createSavedTransfer({ library, ...deps }: SavedTransferDeps): SavedTransfer {
  /** HighLevel's own operations before those of other documents. */
  const finder = (): FindOperation => {
    const entries = library.entries();
    const own = entries.filter(({ catalogue }) => catalogue === ownCatalogue);
    const further = entries.filter(({ catalogue }) => catalogue !== ownCatalogue);
    const [first, second] = [own, further].map((some) =>
      createOperationFinder(some.map(({ operation }) => operation)),
    );
    return (method, path) => first?.(method, path) ?? second?.(method, path) ?? null;
  };
  return {
    import: (start) => importRequests({ ...deps, finder }, start),
    export: (wanted) => exportRequests({ ...deps, finder }, wanted),
  };
}
