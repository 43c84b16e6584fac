import { createOperationFinder } from '../../../shared/highlevel/operations/find-operation.ts';
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';

/** The operation a request calls; null for none that is known. */
export type OperationOf = (
  draft: Pick<ResolvedRequestDraft, 'operationId' | 'method' | 'path'>,
) => Promise<Operation | null>;

/** Of HighLevel's own operations as they are built in. */
export const builtInOperationOf: OperationOf = async (draft) => {
  const { findOperation, operations } = await import('../../../shared/highlevel/operations/index.ts');
  const chosen = operations.find((operation) => operation.id === draft.operationId);
  if (chosen !== undefined && createOperationFinder([chosen])(draft.method, draft.path) !== null)
    return chosen;
  return findOperation(draft.method, draft.path);
};
