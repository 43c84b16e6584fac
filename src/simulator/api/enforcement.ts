import type { Incoming } from '../http/messages.ts';
import { refuse } from '../http/refusal.ts';
import type { Consent } from '../oauth/grants.ts';
import type { World } from '../world/world.ts';
import type { Match } from './match-operation.ts';
import type { OperationRules } from './operation.ts';

/** Published values of the `Version` header; HighLevel docs, Versioning. */
export const API_VERSIONS: readonly string[] = ['2021-01-01', '2021-04-15', '2021-07-28', '2023-02-21', 'v3'];

/** For operations that ask for none. */
const DEFAULT_VERSION = '2021-07-28';

/** Whose token it is, and whether it is a private integration token. */
export type Caller = Consent & { readonly isPrivate?: boolean };

/** The consent behind the request's bearer token. @throws Refusal 401 */
export function authenticate(request: Incoming, world: World): Caller {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token?.startsWith('pit-')) {
    const consent = world.grants.authenticatePrivate(token);
    if (consent === undefined) throw refuse(401, 'Invalid Private Integration token');
    return { ...consent, isPrivate: true };
  }
  const grant = token === undefined ? 'unknown' : world.grants.authenticate(token);
  if (grant === 'unknown' || grant === 'expired') throw refuse(401, 'Invalid JWT');
  if (grant === 'revoked') throw refuse(401, 'Invalid token: access token is invalid');
  return grant;
}

/**
 * The version a call asks for. Operations of which HighLevel declares none do without.
 * @throws Refusal 401 where the header is missing or names no published version
 */
export function requireVersion(request: Incoming, matches: readonly Match[]): string {
  const version = request.headers['version'];
  if (version === undefined || version === '') {
    const declared = matches[0]?.contract?.version;
    if (declared === null) return DEFAULT_VERSION;
    throw refuse(401, 'version header was not found.');
  }
  if (typeof version !== 'string' || !API_VERSIONS.includes(version))
    throw refuse(401, 'version header is invalid');
  return version;
}

/** The row that exists under this version. @throws Refusal 400 or 404 where none does */
export function requireSurface(
  matches: readonly Match[],
  version: string,
  request: Incoming,
  world: World,
): Match {
  const excluded = version === 'v3' ? 'before v3' : 'v3';
  const found = matches.find((match) => match.operation.surface !== excluded);
  if (found !== undefined) return found;
  if (version !== 'v3') throw notFound(request);
  const [old] = matches;
  if (world.switches.oldPathsUnderV3 && old !== undefined) return old;
  throw refuse(
    400,
    `Endpoint ${request.method} ${request.path} not available in API version v3. ` +
      'This endpoint was removed in version v3. Please use a version before v3.',
  );
}

/** @throws Refusal 401 for the wrong class of token or a missing scope */
export function requireAccess(rules: OperationRules, grant: Caller): void {
  const prefix = grant.userType === 'Company' ? 'Agency-Access' : 'Location-Access';
  if (rules.access.length === 0) return;
  const takes = rules.access.filter((access) => access.startsWith(prefix));
  if (takes.length === 0) {
    throw refuse(401, "This token's user type is not yet supported!");
  }
  if (grant.isPrivate === true && takes.every((access) => access.endsWith('-Only'))) {
    throw refuse(401, 'The token is not authorized for this scope.');
  }
  if (!rules.scopes.every((scope) => grant.scopes.includes(scope))) {
    throw refuse(401, 'The token is not authorized for this scope.');
  }
}

/** @throws Refusal 403 where a token names a location that it does not cover */
export function requireLocation(grant: Consent, locationIds: readonly string[], world: World): void {
  for (const locationId of locationIds) {
    if (grant.userType === 'Location' && locationId !== grant.locationId) throw refuseLocation();
    if (grant.userType === 'Company' && world.directory.location(locationId) === undefined) {
      throw refuseLocation();
    }
  }
}

export function refuseLocation(): Error {
  return refuse(403, 'The token does not have access to this location.');
}

export function notFound(request: Incoming): Error {
  return refuse(404, `Cannot ${request.method} ${request.target}`);
}
