/** From a draft to the request that goes out, all but its Authorization. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import { defaultVersion, versionOfService } from '../../../shared/highlevel/versions.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { EncodedBody } from './encode-body.ts';
import { fillBody, fillVariables, type Variables } from './request-variables.ts';

export type ResolvedRequest = {
  readonly method: string;
  readonly url: URL;
  /** Without Authorization. */
  readonly headers: HeaderPairs;
  readonly contentType: string | null;
  /** Null where there is none, and for one that is no text. */
  readonly body: string | null;
  readonly bytes: Uint8Array | null;
};

/**
 * `encoded` is the body where it is made of parts or is a file; a text is filled in here.
 *
 * @throws AppError `bad_input` naming the parameter, header or address that is wrong
 */
export function resolveRequest(
  draft: ResolvedRequestDraft,
  profile: Profile,
  operation: Operation | null,
  variables: Variables,
  encoded: EncodedBody | null,
): ResolvedRequest {
  const url = resolveUrl(draft, profile, variables);
  for (const param of operation?.params ?? []) {
    if (param.in !== 'query' || !param.required || url.searchParams.has(param.name)) continue;
    const value = ownFacts.has(param.name) ? (variables.value(param.name) ?? '') : '';
    if (value !== '') {
      url.searchParams.append(param.name, value);
    }
  }
  const typed = draft.headers.flatMap(({ name, value }): HeaderPairs =>
    name.trim() === ''
      ? []
      : [typedHeader(name.trim(), fillVariables(value, variables, `the header "${name.trim()}"`))],
  );
  const has = (wanted: string): boolean => typed.some(([name]) => name.toLowerCase() === wanted);
  const headers: HeaderPairs = [...typed];
  const add = (name: string, value: string | null): void => {
    if (value !== null && !has(name.toLowerCase())) headers.push([name, value]);
  };
  const isText = draft.bodyKind === 'json' || draft.bodyKind === null;
  const typedBody = !isText || draft.body === '' ? null : draft.body;
  if (draft.bodyKind === 'multipart' && has('content-type')) {
    throw new AppError(
      'bad_input',
      'The header "Content-Type" of a multipart body is set by the companion.',
      {
        remedy: 'Remove it: it names the boundary between the parts.',
      },
    );
  }
  add('Accept', 'application/json');
  add('Version', operation === null ? guessedVersion(url) : operation.version);
  add('Content-Type', encoded?.contentType ?? (typedBody === null ? null : textType(draft, operation)));
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const isJson = contentType !== null && /\bjson\b/i.test(contentType);
  const filled = typedBody === null ? null : fillBody(typedBody, variables, isJson);
  const body = filled ?? encoded?.text ?? null;
  const bytes = encoded?.bytes ?? (body === null ? null : new TextEncoder().encode(body));
  return { method: draft.method, url, headers, contentType, body, bytes };
}

function resolveUrl(draft: ResolvedRequestDraft, profile: Profile, variables: Variables): URL {
  const api = new URL(profile.hosts.api);
  const typed = fillVariables(draft.path.trim(), variables, 'the path').replaceAll(
    /\{([^{}/]*)\}/g,
    (_whole, name: string) => pathValue(name, draft, variables),
  );
  const text = /^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `${api.origin}${typed}`;
  if (text !== typed && !typed.startsWith('/')) {
    throw new AppError('bad_input', `The path "${draft.path.trim()}" must start with a slash.`);
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null)
    throw new AppError('bad_input', `The path "${draft.path.trim()}" does not make an address.`);
  if (url.origin !== api.origin || url.username !== '' || url.password !== '') {
    // What a variable put there may be a secret.
    const elsewhere = draft.path.includes('{{') ? 'another host' : url.host;
    throw new AppError(
      'bad_input',
      `The address leads to ${elsewhere}, but the requests of this app go to ${api.host} only.`,
      { remedy: 'Give a path, or a full address on the API host: a token is never sent elsewhere.' },
    );
  }
  url.hash = '';
  for (const { name, value } of draft.query) {
    if (name.trim() === '') continue;
    url.searchParams.append(
      name.trim(),
      fillVariables(value, variables, `the query parameter "${name.trim()}"`),
    );
  }
  return url;
}

function pathValue(name: string, draft: ResolvedRequestDraft, variables: Variables): string {
  const given = Object.hasOwn(draft.pathParams, name) ? (draft.pathParams[name] ?? '') : '';
  const where = `the path parameter "${name}"`;
  const value =
    given.trim() === '' ? (variables.value(name) ?? '') : fillVariables(given, variables, where).trim();
  if (value === '') throw new AppError('bad_input', `The path parameter "${name}" has no value.`);
  if (value === '.' || value === '..') {
    throw new AppError('bad_input', `The path parameter "${name}" cannot be "${value}".`);
  }
  return encodeURIComponent(value);
}

/** What a request is about, and so belongs to every operation that asks for it. */
const ownFacts: ReadonlySet<string> = new Set([
  'locationId',
  'companyId',
  'userId',
  'appId',
  'clientId',
  'versionId',
]);

/** Set by the companion or by the connection; a typed one would contradict it. */
const ownHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
]);

function typedHeader(name: string, value: string): [string, string] {
  if (ownHeaders.has(name.toLowerCase())) {
    const remedy =
      name.toLowerCase() === 'authorization' ? 'Choose the token of the request instead.' : 'Remove it.';
    throw new AppError('bad_input', `The header "${name}" is set by the companion.`, { remedy });
  }
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    // Said in words of our own: the sentence names the header, never its value.
    throw new AppError('bad_input', `The header "${name}" has a name or a value that HTTP does not allow.`);
  }
  return [name, value];
}

function textType({ bodyKind }: ResolvedRequestDraft, operation: Operation | null): string {
  const declared = operation?.body?.contentType;
  const isForm = bodyKind === null && declared === 'application/x-www-form-urlencoded';
  return isForm ? declared : 'application/json';
}

function guessedVersion(url: URL): string {
  const service = url.pathname.split('/')[1] ?? '';
  return service === '' ? defaultVersion : versionOfService(service);
}
