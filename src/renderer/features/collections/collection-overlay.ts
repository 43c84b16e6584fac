/** Which dialog about saved requests is open, from wherever it was asked for. */
import type { Collection, CollectionItem } from '../../../shared/model/collection.ts';
import { createValue } from '../../lib/value.ts';
import { go } from '../../lib/route.ts';
import { requestsSide } from '../requests/requests-side.ts';

export type ItemOf = { readonly collection: Collection; readonly item: CollectionItem };

export type CollectionOverlay =
  | { readonly kind: 'save-as' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'new' }
  | { readonly kind: 'open' }
  | { readonly kind: 'import'; readonly file: File | null }
  | { readonly kind: 'folder'; readonly collection: Collection; readonly folder: string }
  | { readonly kind: 'rename'; readonly collection: Collection; readonly item: CollectionItem | null }
  | { readonly kind: 'move'; readonly collection: Collection; readonly item: CollectionItem };

export const collectionOverlay = createValue<CollectionOverlay | null>(null);
export const closeCollectionOverlay = (): void => collectionOverlay.set(null);

export function showCollections(): void {
  requestsSide.set('collections');
  go('requests');
}

/** Over the screen of requests, where its outcome is seen. */
export function askCollections(overlay: CollectionOverlay): void {
  showCollections();
  collectionOverlay.set(overlay);
}
