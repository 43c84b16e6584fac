import generated from './generated/operations.json' with { type: 'json' };
import { createOperationFinder } from './find-operation.ts';
import type { Operation } from './operation.ts';

export type {
  AccessLevel,
  BodyContentType,
  BodyField,
  FactSource,
  FieldType,
  Operation,
  OperationBody,
  OperationMethod,
  OperationParam,
  SdkMethod,
} from './operation.ts';
export { exampleFor } from './example.ts';
export type { OperationExample } from './example.ts';

/**
 * Every operation of HighLevel's API: those of the published client 3.1.0 and the v3-only ones, ordered by
 * service and path. Written by `npm run build:operations`. About 0.5 MB: import this module lazily, and never
 * from the renderer, which asks the catalogue through the contract.
 */
export const operations: readonly Operation[] = generated;

/**
 * The operation a request belongs to: method and a concrete path or URL in, the operation or null out. Where
 * several templates fit, the one with a literal word earlier in the path wins, so `/contacts/search` is never
 * taken for `/contacts/{contactId}`.
 */
export const findOperation = createOperationFinder(operations);
