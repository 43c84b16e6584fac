import { savedRequest, type SavedRequest } from '../../../../shared/model/collection.ts';
import type { BodyKind } from '../../../../shared/model/request.ts';
import { exampleRequest } from '../../catalogue/import/example-request.ts';
import type { ReadDocument, ReadOperation, SchemaTable } from '../../catalogue/import/types.ts';

export type DocumentedRequest = {
  /** The group the document puts it in. */
  readonly folder: string;
  readonly name: string;
  readonly request: SavedRequest;
};

/** A document's operations as requests to be saved, filled in with its examples; what is optional is listed and off. */
export function savedRequestsOf({ operations, schemas }: ReadDocument): DocumentedRequest[] {
  return operations.map((operation) => ({
    folder: operation.service,
    name: operation.summary,
    request: requestOf(operation, schemas),
  }));
}

function requestOf(operation: ReadOperation, schemas: SchemaTable): SavedRequest {
  const { method, path, params, version, body } = operation;
  const example = exampleRequest(operation, schemas);
  const bodyKind = body === null ? 'none' : kindOf(body.contentType);
  const isForm = bodyKind === 'form' || bodyKind === 'multipart';
  const optional = (place: 'query' | 'header') =>
    params
      .filter((param) => param.in === place && !param.required)
      .map(({ name, example: value }) => ({ name, value: value ?? '', on: false }));
  const on = <T extends object>(pair: T) => ({ ...pair, on: true });
  return savedRequest.parse({
    method,
    path,
    pathParams: example.pathParams,
    query: [...example.query.map(on), ...optional('query')],
    headers: [
      ...(version === null ? [] : [{ name: 'Version', value: version, on: true }]),
      ...example.headers.map(on),
      ...optional('header'),
    ],
    bodyKind,
    body: bodyKind === 'json' ? example.body : null,
    parts: isForm
      ? [...new URLSearchParams(example.body ?? '')].map(([name, value]) => on({ name, value }))
      : [],
  });
}

const kinds: Readonly<Record<string, BodyKind>> = {
  'application/x-www-form-urlencoded': 'form',
  'multipart/form-data': 'multipart',
  'application/octet-stream': 'binary',
};

function kindOf(contentType: string): BodyKind {
  return kinds[contentType] ?? 'json';
}
