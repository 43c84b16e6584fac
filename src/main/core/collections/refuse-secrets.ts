/** Saved requests are shared: what is secret must not be in them. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { SavedRequest } from '../../../shared/model/collection.ts';
import type { Redactor } from '../vault/types.ts';

export type SecretSearch = Pick<Redactor, 'body'>;

/** Set by the companion itself when it sends. */
const ownHeaders = new Set(['authorization', 'proxy-authorization', 'cookie']);

export const jsonWebTokens = /\beyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]*/g;

/** Without the headers that carry tokens. */
export function withoutTokens(request: SavedRequest): SavedRequest {
  const headers = request.headers.filter(({ name }) => !ownHeaders.has(name.trim().toLowerCase()));
  return headers.length === request.headers.length ? request : { ...request, headers };
}

/** True for what the vault keeps, and for tokens by their form. */
export function holdsSecret(text: string, redactor: SecretSearch): boolean {
  // The first line keeps it from being read as JSON, where fields named like secrets would count as well.
  const bytes = new TextEncoder().encode(`text\n${text}`);
  return (redactor.body(bytes, 'text/plain').marks ?? []).length > 0 || text.search(jsonWebTokens) !== -1;
}

/** @throws AppError `bad_input` naming the part of the request that holds one */
export function refuseSecrets(request: SavedRequest, name: string, redactor: SecretSearch): void {
  for (const [what, text] of textsOf(request, name)) {
    if (!holdsSecret(text, redactor)) continue;
    throw new AppError('bad_input', `${what} holds a secret, and a saved request is there to be shared.`, {
      remedy: 'Put a variable such as {{apiKey}} in its place; the token is added when it is sent.',
    });
  }
}

function* textsOf(request: SavedRequest, name: string): Generator<readonly [string, string]> {
  yield ['The name', name];
  yield ['The path', request.path];
  for (const [param, value] of Object.entries(request.pathParams))
    yield [`The path parameter “${param}”`, value];
  for (const one of request.query) yield [`The query parameter “${one.name}”`, `${one.name}\n${one.value}`];
  for (const one of request.headers) yield [`The header “${one.name}”`, `${one.name}\n${one.value}`];
  for (const one of request.parts) {
    yield [`The field “${one.name}”`, `${one.name}\n${one.value}`];
    if (one.file !== null) yield [`The file “${one.file.name}”`, fileText(one.file.base64)];
  }
  if (request.file !== null) yield [`The file “${request.file.name}”`, fileText(request.file.base64)];
  if (request.body !== null) yield ['The body', request.body];
  const { captures, checks } = request;
  yield ['A check or a variable', JSON.stringify({ captures, checks })];
}

const fileText = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');
