import { createOperationFinder } from '../../../shared/highlevel/operations/find-operation.ts';
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';

/** The table of operations is half a megabyte: it is loaded with the first request, not with the companion. */
export async function operationOf(draft: ResolvedRequestDraft): Promise<Operation | null> {
  const { findOperation, operations } = await import('../../../shared/highlevel/operations/index.ts');
  const chosen = operations.find((operation) => operation.id === draft.operationId);
  if (chosen !== undefined && createOperationFinder([chosen])(draft.method, draft.path) !== null)
    return chosen;
  return findOperation(draft.method, draft.path);
}
