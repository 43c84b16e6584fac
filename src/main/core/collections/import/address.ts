/** The address of another tool's request as the path, the parameters and the operation it stands for here. */
import { apiHost } from '../../../../shared/highlevel/hosts.ts';
import { parseQuery } from '../../../../shared/highlevel/url-parts.ts';
import type { SavedRequest } from '../../../../shared/model/collection.ts';
import type { FindOperation } from './types.ts';

export type Address = Pick<SavedRequest, 'path' | 'pathParams' | 'operationId'> & {
  /** `Version` that the companion sends by itself; null without an operation. */
  readonly version: string | null;
  /** What was done to it, one sentence; null for nothing worth saying. */
  readonly note: string | null;
};

/** A variable that stands for the host, as tools call it. */
const leadingVariable = /^\{\{\s*([^{}]+?)\s*\}\}/;

/**
 * @param text without query: an address, or a path with parameters as `{id}`
 * @param pathParams values of those parameters
 * @param variables values the file gives, for one that stands for the host
 */
export function readAddress(
  method: string,
  text: string,
  pathParams: Readonly<Record<string, string>>,
  variables: ReadonlyMap<string, string>,
  findOperation: FindOperation,
): Address {
  const { path, note } = withoutHost(text.trim(), variables);
  const found = path.startsWith('/') ? findOperation(method, asTemplate(path)) : null;
  if (found === null) {
    return { path, pathParams: usedParams(path, pathParams), operationId: null, version: null, note };
  }
  const matched = matchedParams(path, found.path, pathParams);
  return {
    ...(matched ?? { path, pathParams: usedParams(path, pathParams) }),
    operationId: found.id,
    version: found.version,
    note,
  };
}

function withoutHost(
  text: string,
  variables: ReadonlyMap<string, string>,
): { readonly path: string; readonly note: string | null } {
  const leading = leadingVariable.exec(text);
  const rest = leading === null ? text : text.slice(leading[0].length);
  if (leading !== null && (rest === '' || rest.startsWith('/'))) {
    const [whole, name = ''] = leading;
    const value = variables.get(name)?.replace(/\/+$/, '');
    if (value === undefined || value === '') {
      return { path: rest === '' ? '/' : rest, note: `${whole} was taken for the host and left out.` };
    }
    return withoutHost(value + rest, new Map());
  }
  const match = /^(?:https?:)?\/\/([^/?#]*)(.*)$/i.exec(text);
  const host = match?.[1] ?? (/^[\w-]+(\.[\w-]+)+(?=\/|$)/.exec(text)?.[0] || null);
  if (host === null) return { path: text.startsWith('/') ? text : `/${text}`, note: null };
  const path = (match?.[2] ?? text.slice(host.length)) || '/';
  if (host.toLowerCase() === new URL(apiHost).host) return { path, note: null };
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
  if (isLocal) return { path, note: `It went to ${host}; here it goes where the app’s requests go.` };
  return {
    path: text,
    note: `It goes to ${host}, and the companion sends to the API host of the app only.`,
  };
}

/** With parameters where variables stand, so that an operation can be found. */
const asTemplate = (path: string): string => path.replaceAll(/\{\{[^{}]*\}\}/g, '{x}');

const segments = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

/** The operation's own path, and what stands in the place of its parameters. Null where they do not match part by part. */
function matchedParams(
  path: string,
  template: string,
  given: Readonly<Record<string, string>>,
): Pick<SavedRequest, 'path' | 'pathParams'> | null {
  const parts = segments(path);
  const names = segments(template);
  if (parts.length !== names.length) return null;
  const pathParams: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const param = /^\{(\w+)\}$/.exec(name)?.[1];
    const part = parts[index] ?? '';
    if (param === undefined) {
      if (part !== name) return null;
      continue;
    }
    const own = /^\{(\w+)\}$/.exec(part)?.[1];
    pathParams[param] = own === undefined ? decoded(part) : (given[own] ?? '');
  }
  return { path: template, pathParams };
}

function usedParams(path: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const names = [...path.matchAll(/(?<!\{)\{(\w+)\}(?!\})/g)].map((match) => match[1] ?? '');
  return Object.fromEntries(names.map((name) => [name, given[name] ?? '']));
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The pairs of a query, all of them on. */
export function queryPairs(query: string): SavedRequest['query'] {
  return parseQuery(query).map(([name, value]) => ({ name, value, on: true }));
}
