/** The operations of an OpenAPI document as saved requests, filled in with its examples. */
import { savedRequest, type SavedRequest } from '../../../../shared/model/collection.ts';
import { exampleRequest } from '../../catalogue/import/example-request.ts';
import { readOpenApi as readDocument } from '../../catalogue/import/read-openapi.ts';
import type { ReadOperation } from '../../catalogue/import/types.ts';
import { queryPairs, readAddress } from './address.ts';
import { foldersOf } from './read-curl.ts';
import { createNotes, type FindOperation, type ImportedFile, type ImportedRequest } from './types.ts';

/** @throws AppError `bad_input` where the text is no OpenAPI document */
export function readOpenApi(text: string, name: string, findOperation: FindOperation): ImportedFile {
  const document = readDocument(text, name);
  const notes = createNotes();
  for (const { where, problem } of document.problems) notes.add([where], problem);
  const requests = document.operations.map((operation): ImportedRequest => {
    const title = operation.summary === '' ? `${operation.method} ${operation.path}` : operation.summary;
    const folder = operation.service === '' ? [] : [operation.service];
    const example = exampleRequest(operation, document.schemas);
    const address = readAddress(
      operation.method,
      operation.path,
      example.pathParams,
      new Map(),
      findOperation,
    );
    if (address.note !== null) notes.add([...folder, title], address.note);
    const request = savedRequest.parse({
      method: operation.method,
      path: address.path,
      pathParams: { ...example.pathParams, ...address.pathParams },
      operationId: address.operationId,
      query: withOptional(example.query, operation, 'query'),
      headers: example.headers.map((pair) => ({ ...pair, on: true })),
      ...bodyOf(operation, example.body),
    });
    return { folder, name: title, request };
  });
  return {
    kind: 'openapi',
    name: document.title,
    description: '',
    folders: foldersOf(requests),
    requests,
    notes: notes.list(),
    variables: [],
  };
}

/** Optional parameters stand there switched off, with their example. */
function withOptional(
  required: readonly { readonly name: string; readonly value: string }[],
  { params }: ReadOperation,
  place: 'query',
): SavedRequest['query'] {
  const names = new Set(required.map(({ name }) => name));
  const optional = params.filter((param) => param.in === place && !names.has(param.name));
  return [
    ...required.map((pair) => ({ ...pair, on: true })),
    ...optional.map(({ name, example, values }) => ({
      name,
      value: example ?? values?.[0] ?? '',
      on: false,
    })),
  ];
}

function bodyOf({ body }: ReadOperation, example: string | null): Partial<SavedRequest> {
  if (body === null) return { bodyKind: 'none' };
  const parts = (): SavedRequest['parts'] =>
    queryPairs(example ?? '').map((pair) => ({ ...pair, file: null }));
  if (body.contentType === 'application/x-www-form-urlencoded') return { bodyKind: 'form', parts: parts() };
  if (body.contentType.startsWith('multipart/')) return { bodyKind: 'multipart', parts: parts() };
  if (body.contentType === 'application/octet-stream') return { bodyKind: 'binary' };
  return { bodyKind: 'json', body: example };
}
