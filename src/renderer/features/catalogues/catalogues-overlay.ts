/** Whether the catalogues lie over the screen, and what they show. */
import { createValue } from '../../lib/value.ts';

export type CataloguesView =
  | { readonly kind: 'list' }
  /** A document to be chosen, or that of a catalogue, by its id, fetched once more. */
  | { readonly kind: 'import'; readonly again: string | null };

export const cataloguesView = createValue<CataloguesView | null>(null);

export const showCatalogues = (): void => cataloguesView.set({ kind: 'list' });
export const importDocument = (again: string | null = null): void =>
  cataloguesView.set({ kind: 'import', again });
export const closeCatalogues = (): void => cataloguesView.set(null);
