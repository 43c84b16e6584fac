/** Secrets in requests that come from, or go to, other tools: cut out and named, so that the rest can be kept. */
import type { SavedRequest } from '../../../shared/model/collection.ts';
import { placeholder } from '../vault/redaction/cuts.ts';
import { jsonWebTokens, withoutTokens, type SecretSearch } from './refuse-secrets.ts';

export type CutRequest = { readonly request: SavedRequest; readonly cut: boolean };

export function cutText(text: string, redactor: SecretSearch): string {
  // The first line keeps it from being read as JSON, where fields named like secrets would be cut as well.
  const begin = 'text\n';
  const { bytes } = redactor.body(new TextEncoder().encode(begin + text), 'text/plain');
  return new TextDecoder().decode(bytes).slice(begin.length).replaceAll(jsonWebTokens, placeholder);
}

export function cutRequest(whole: SavedRequest, redactor: SecretSearch): CutRequest {
  const given = withoutTokens(whole);
  const cut = (text: string): string => cutText(text, redactor);
  const pair = <T extends { name: string; value: string }>(one: T): T => ({
    ...one,
    name: cut(one.name),
    value: cut(one.value),
  });
  const request = {
    ...given,
    path: cut(given.path),
    pathParams: Object.fromEntries(
      Object.entries(given.pathParams).map(([name, value]) => [name, cut(value)]),
    ),
    query: given.query.map(pair),
    headers: given.headers.map(pair),
    parts: given.parts.map(pair),
    body: given.body === null ? null : cut(given.body),
    checks: given.checks.map((check) =>
      check.kind === 'json' ? { ...check, value: cut(check.value) } : check,
    ),
  };
  return { request, cut: JSON.stringify(request) !== JSON.stringify(given) };
}
