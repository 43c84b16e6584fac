/** What lies over the screen, one at a time. */
import { createValue } from '../lib/value.ts';

export type Overlay = { readonly kind: 'palette' } | { readonly kind: 'add-app' };

export const overlays = createValue<Overlay | null>(null);
export const closeOverlay = (): void => overlays.set(null);
