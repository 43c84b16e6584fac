import { isPublishedVersion } from '../../../shared/highlevel/versions.ts';
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { NamedLocations } from './request-location.ts';

export type WarningFacts = {
  readonly operation: Operation | null;
  /** The token chosen, or the agency's from which one is minted. */
  readonly token: TokenSummary | null;
  readonly minting: boolean;
  readonly named: NamedLocations;
  readonly url: URL;
  readonly body: string | null;
  /** Of a form or a multipart body, its fields; null of any other. */
  readonly parts: readonly { readonly name: string }[] | null;
  readonly contentType: string | null;
  readonly headers: HeaderPairs;
};

/** What stands in the way of an answer of 200, in words. Nothing of it keeps the request from being sent. */
export function requestWarnings(facts: WarningFacts): string[] {
  return [...ofOperation(facts), ...ofToken(facts), ...ofLocation(facts), ...ofBody(facts)];
}

/** The operation's scopes that the token was not given; none where it is not known what it was given. */
export function scopesLacking(operation: Operation | null, token: TokenSummary | null): string[] {
  if (operation === null || token === null || token.scopes.length === 0) return [];
  return operation.scopes.filter((scope) => !token.scopes.includes(scope));
}

function ofOperation({ operation, url, headers }: WarningFacts): string[] {
  if (operation === null) return ['No known operation has this method and path; its Version is a guess.'];
  const sent = headers.find(([name]) => name.toLowerCase() === 'version')?.[1] ?? null;
  const missing = operation.params.filter(
    (param) => param.in === 'query' && param.required && !url.searchParams.has(param.name),
  );
  return [
    ...(operation.deprecated ? ['HighLevel has deprecated this operation.'] : []),
    ...ofVersion(operation, sent),
    ...missing.map((param) => `The operation requires the query parameter "${param.name}".`),
  ];
}

/** A path and the Version it is asked under belong together: what v3 renamed exists under one of them alone. */
function ofVersion({ set, version }: Operation, sent: string | null): string[] {
  if (sent === version || version === null) return [];
  if (sent === null) return [`The operation needs the header "Version: ${version}".`];
  if (!isPublishedVersion(sent)) return [`"${sent}" is no published Version; HighLevel answers 401 to it.`];
  if (set === 'v2' && sent === 'v3') {
    return [`This is a path from before v3 under "Version: v3"; where v3 renamed it, HighLevel answers 400.`];
  }
  if (version === 'v3') {
    return [`This path exists under "Version: v3" alone; under ${sent} HighLevel answers 404.`];
  }
  return [];
}

function ofToken({ operation, token, minting }: WarningFacts): string[] {
  if (token === null) return [];
  const warnings: string[] = [];
  if (token.status === 'dead')
    warnings.push(`This token cannot be used any more: ${token.problem ?? ''}`.trim());
  if (operation === null) return warnings;
  const missing = scopesLacking(operation, token);
  if (missing.length > 0) {
    const scopes = missing.length === 1 ? 'scope' : 'scopes';
    const remedy =
      token.source === 'pit'
        ? 'Add it to the private integration in HighLevel.'
        : 'Add it to the app and install again.';
    warnings.push(
      `The token lacks the ${scopes} ${missing.join(', ')}, which this operation needs. ${remedy}`,
    );
  }
  if (operation.oauthTokenOnly && token.source === 'pit') {
    warnings.push('This is a private integration token, but the operation takes OAuth tokens only.');
  }
  const level = token.userType === 'Company' && !minting ? 'Agency' : 'Sub-Account';
  if (operation.access.length > 0 && !operation.access.includes(level)) {
    const has = level === 'Agency' ? 'an agency' : 'a sub-account';
    const takes = level === 'Agency' ? 'a sub-account' : 'an agency';
    warnings.push(`This is the token of ${has}, but the operation takes that of ${takes}.`);
  }
  return warnings;
}

function ofLocation({ named, token }: WarningFacts): string[] {
  const places = [named.path, ...named.query, named.body].filter((one) => one !== null);
  const warnings: string[] = [];
  if (places.length > 1) {
    warnings.push('The locationId is given more than once; HighLevel answers that with a misleading 403.');
  }
  const other = places.find((one) => token?.userType === 'Location' && token.locationId !== one);
  if (other !== undefined) {
    warnings.push(
      `The request names the sub-account ${other}, but the token belongs to ${token?.locationId}.`,
    );
  }
  return warnings;
}

function ofBody({ body, parts, contentType, operation }: WarningFacts): string[] {
  if (parts !== null) return ofFields(Object.fromEntries(parts.map(({ name }) => [name, true])), operation);
  if (body === null) return contentType === null ? ofFields({}, operation) : [];
  if (operation?.body?.contentType === 'multipart/form-data') {
    return ['The operation takes multipart/form-data; choose that kind of body.'];
  }
  if (contentType === null || !/\bjson\b/i.test(contentType)) return [];
  try {
    return ofFields(JSON.parse(body), operation);
  } catch {
    return ['The body is not valid JSON.'];
  }
}

function ofFields(value: unknown, operation: Operation | null): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return (operation?.body?.fields ?? [])
    .filter(({ name, required }) => required && !Object.hasOwn(value, name))
    .map(({ name }) => `The operation requires the field "${name}" in the body.`);
}
