/** What the list on the screen can do, for the palette. */
import { createValue } from '../../lib/value.ts';

export type ListActions = {
  readonly title: string;
  readonly search: () => void;
  readonly pause: () => void;
  readonly follow: () => void;
  readonly markRead: () => void;
  readonly chooseColumns: () => void;
  readonly copyQuery: () => void;
  readonly copyLink: () => void;
  readonly saveQuery: () => void;
};

/** Null while no list is shown. */
export const listActions = createValue<ListActions | null>(null);
