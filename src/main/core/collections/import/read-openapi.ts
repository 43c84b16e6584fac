/** The operations of an OpenAPI document as saved requests, in a folder for each of its groups. */
import { readOpenApi as readDocument } from '../../catalogue/import/read-openapi.ts';
import { savedRequestsOf } from './documented-requests.ts';
import { readAddress } from './address.ts';
import { keptHeaders } from './headers.ts';
import { foldersOf } from './read-curl.ts';
import { createNotes, type FindOperation, type ImportedFile, type ImportedRequest } from './types.ts';

/** @throws AppError `bad_input` where the text is no OpenAPI document */
export function readOpenApi(text: string, name: string, findOperation: FindOperation): ImportedFile {
  const document = readDocument(text, name);
  const notes = createNotes();
  for (const { where, problem } of document.problems) notes.add([where], problem);
  const requests = savedRequestsOf(document).map(({ folder, name: called, request }): ImportedRequest => {
    const { method, path, pathParams } = request;
    const address = readAddress(method, path, pathParams, new Map(), findOperation);
    const place = folder === '' ? [] : [folder];
    const title = called === '' ? `${method} ${path}` : called;
    if (address.note !== null) notes.add([...place, title], address.note);
    const { operationId, version } = address;
    const { headers } = keptHeaders(request.headers, { version, ownType: false });
    const linked = { path: address.path, pathParams: { ...pathParams, ...address.pathParams } };
    return { folder: place, name: title, request: { ...request, ...linked, operationId, headers } };
  });
  const folders = foldersOf(requests);
  const { title } = document;
  return {
    kind: 'openapi',
    name: title,
    description: '',
    folders,
    requests,
    notes: notes.list(),
    variables: [],
  };
}
