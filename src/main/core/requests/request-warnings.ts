import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
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
  readonly contentType: string | null;
};

/** What stands in the way of an answer of 200, in words. Nothing of it keeps the request from being sent. */
export function requestWarnings(facts: WarningFacts): string[] {
  return [...ofOperation(facts), ...ofToken(facts), ...ofLocation(facts), ...ofBody(facts)];
}

function ofOperation({ operation, url }: WarningFacts): string[] {
  if (operation === null) return ['No known operation has this method and path; its Version is a guess.'];
  const missing = operation.params.filter(
    (param) => param.in === 'query' && param.required && !url.searchParams.has(param.name),
  );
  return [
    ...(operation.deprecated ? ['HighLevel has deprecated this operation.'] : []),
    ...missing.map((param) => `The operation requires the query parameter "${param.name}".`),
  ];
}

function ofToken({ operation, token, minting }: WarningFacts): string[] {
  if (token === null) return [];
  const warnings: string[] = [];
  if (token.status === 'dead')
    warnings.push(`This token cannot be used any more: ${token.problem ?? ''}`.trim());
  if (operation === null) return warnings;
  const missing =
    token.scopes.length === 0 ? [] : operation.scopes.filter((scope) => !token.scopes.includes(scope));
  if (missing.length > 0) {
    const scopes = missing.length === 1 ? 'scope' : 'scopes';
    warnings.push(`The token lacks the ${scopes} ${missing.join(', ')}, which this operation needs.`);
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

function ofBody({ body, contentType, operation }: WarningFacts): string[] {
  if (body === null) return [];
  if (operation?.body?.contentType === 'multipart/form-data') {
    return ['The operation takes multipart/form-data; the body is sent as it was typed.'];
  }
  if (contentType === null || !/\bjson\b/i.test(contentType)) return [];
  try {
    JSON.parse(body);
    return [];
  } catch {
    return ['The body is not valid JSON.'];
  }
}
