/** What can be done with a value of an answer, offered in its menu beside copying. */
import type { LucideIcon } from 'lucide-react';
import { createContext } from 'react';

export type PathAction = {
  readonly label: string;
  readonly icon: LucideIcon;
  /** `path` is a JSON path (RFC 9535); `value` a string without its quotes, everything else as it was written. */
  readonly run: (path: string, value: string) => void;
};

/** Filled by the screen around the viewer; empty where a value can only be copied. */
export const PathActions = createContext<readonly PathAction[]>([]);
