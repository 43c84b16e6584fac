import { contactOperations } from '../contacts/contact-operations.ts';
import { noteOperations } from '../contacts/note-operations.ts';
import { tagOperations } from '../contacts/tag-operations.ts';
import { taskOperations } from '../contacts/task-operations.ts';
import { locationOperations } from '../locations/location-operations.ts';
import { installationOperations } from '../oauth/installation-operations.ts';
import { locationTokenOperations } from '../oauth/location-token-operations.ts';
import { contracts } from '../../shared/highlevel/operations/shapes/index.ts';
import { createGenericOperations } from '../generic/generic-operation.ts';
import type { Route } from './match-operation.ts';
import type { Operation } from './operation.ts';
import { createRoutes, routeKey } from './routes.ts';

/** The operations with state of their own. */
export const operations: readonly Operation[] = [
  ...contactOperations,
  ...tagOperations,
  ...noteOperations,
  ...taskOperations,
  ...locationOperations,
  ...locationTokenOperations,
  ...installationOperations,
];

/** Every operation of HighLevel's API: what is not listed above is answered by its published shape. */
export function catalogueRoutes(): Route[] {
  const readers = new Map(operations.map((row) => [routeKey(row.method, row.path), row]));
  const generic = createGenericOperations(contracts, (key) => readers.get(key));
  return createRoutes(operations, contracts, generic);
}
