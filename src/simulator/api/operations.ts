import { contactOperations } from '../contacts/contact-operations.ts';
import { noteOperations } from '../contacts/note-operations.ts';
import { tagOperations } from '../contacts/tag-operations.ts';
import { taskOperations } from '../contacts/task-operations.ts';
import { locationOperations } from '../locations/location-operations.ts';
import { installationOperations } from '../oauth/installation-operations.ts';
import { locationTokenOperations } from '../oauth/location-token-operations.ts';
import type { Operation } from './operation.ts';

/** Every operation this HighLevel plays. */
export const operations: readonly Operation[] = [
  ...contactOperations,
  ...tagOperations,
  ...noteOperations,
  ...taskOperations,
  ...locationOperations,
  ...locationTokenOperations,
  ...installationOperations,
];
