/** A saved request as other tools write requests: address, headers and body, variables left as they are. */
import { apiHost } from '../../../../shared/highlevel/hosts.ts';
import type { SavedRequest } from '../../../../shared/model/collection.ts';
import type { ExportedRequest } from './types.ts';

/** Escaped for an address, but for the variables in it, which are filled in before it is sent. */
export function escaped(text: string): string {
  return text
    .split(/(\{\{\s*\$?[\w.-]+\s*\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
}

/** Where tokens may go. A saved request may hold any address; sent from here it would be refused. */
export const goesToApi = ({ path }: SavedRequest): boolean =>
  path.startsWith('/') || path.toLowerCase().startsWith(`${apiHost}/`);

export const switchedOn = <T extends { readonly on: boolean }>(pairs: readonly T[]): T[] =>
  pairs.filter(({ on }) => on);

/** The whole address, its parameters filled in. */
export function addressOf({ path, pathParams, query }: SavedRequest): string {
  const filled = path.replaceAll(/(?<!\{)\{(\w+)\}(?!\})/g, (_whole, name: string) =>
    pathParams[name] === undefined || pathParams[name] === '' ? `{{${name}}}` : escaped(pathParams[name]),
  );
  const base = /^https?:\/\//i.test(filled) ? filled : apiHost + filled;
  const search = switchedOn(query)
    .map(({ name, value }) => `${escaped(name)}=${escaped(value)}`)
    .join('&');
  if (search === '') return base;
  return `${base}${base.includes('?') ? '&' : '?'}${search}`;
}

/** With the `Version` that the companion would add. */
export function headersOf({ request, version }: ExportedRequest): { name: string; value: string }[] {
  const headers = switchedOn(request.headers).map(({ name, value }) => ({ name, value }));
  const has = headers.some(({ name }) => name.toLowerCase() === 'version');
  return version === null || has ? headers : [...headers, { name: 'Version', value: version }];
}

const types = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
  binary: 'application/octet-stream',
} as const;

/** Null where it has none, or where a header names another. */
export function contentTypeOf({ request }: ExportedRequest): string | null {
  const { bodyKind, body, headers } = request;
  if (switchedOn(headers).some(({ name }) => name.toLowerCase() === 'content-type')) return null;
  if (bodyKind === 'none') return null;
  if (bodyKind === null || bodyKind === 'json') return body === null ? null : types.json;
  return types[bodyKind];
}

/** The fields of a form as they are sent. */
export const formText = (parts: SavedRequest['parts']): string =>
  switchedOn(parts)
    .map(({ name, value }) => `${escaped(name)}=${escaped(value)}`)
    .join('&');
