import { consentHosts, consentPath, earlierConsentPath } from './hosts.ts';
import type { ConsentHost } from './hosts.ts';
import { formatQuery, parseUrl } from './url-parts.ts';
import type { UrlParts } from './url-parts.ts';

/** What an install link is made of. */
export type InstallLinkParts = {
  /** Origin of the consent page: `consentHosts.standard`, the white-label one, or a simulator's. */
  base: string;
  /** Path of the consent page; the current one by default. */
  path?: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  state?: string;
  versionId?: string;
  /** `self` keeps the login in the same tab. */
  loginWindowOpenMode?: 'self';
};

/** What a pasted install link says. */
export type InstallLink = {
  /** `other` for hosts that are not HighLevel's, such as a simulator. */
  hostKind: ConsentHost | 'other';
  base: string;
  path: string;
  clientId: string;
  appId: string;
  redirectUri: string;
  scopes: string[];
  versionId: string | null;
  state: string | null;
};

export type ParsedInstallLink = { ok: true; link: InstallLink } | { ok: false; error: string };

/**
 * Builds an install link (HighLevel docs: Authorization). Scopes are separated by blanks, sent as `%20`: a blank
 * and a bare `+` both work, an escaped plus (`%2B`) does not.
 */
export function buildInstallLink(parts: InstallLinkParts): string {
  const query: [string, string][] = [
    ['response_type', 'code'],
    ['redirect_uri', parts.redirectUri],
    ['client_id', parts.clientId],
    ['scope', parts.scopes.join(' ')],
  ];
  if (parts.versionId !== undefined) query.push(['version_id', parts.versionId]);
  if (parts.loginWindowOpenMode !== undefined) query.push(['loginWindowOpenMode', parts.loginWindowOpenMode]);
  if (parts.state !== undefined) query.push(['state', parts.state]);
  return `${parts.base.replace(/\/+$/, '')}${parts.path ?? consentPath}?${formatQuery(query)}`;
}

/**
 * Reads an install link as copied from the portal, with or without scopes. Escaped plus signs between scopes
 * are read as separators, so that a broken link can be repaired; `hasEscapedPlus` finds such a link.
 * On failure the error is one sentence for the developer.
 */
export function parseInstallLink(url: string): ParsedInstallLink {
  const parts = parseUrl(url);
  if (parts === null) return refuse('The install link must be a complete address that starts with https://.');
  if (!isConsentPath(parts.path))
    return refuse(`The install link must lead to ${consentPath}, but its path is ${parts.path}.`);
  const value = (name: string) => parts.query.find(([key]) => key === name)?.[1] ?? '';

  const clientId = value('client_id').trim();
  if (clientId === '') return refuse('The install link has no client_id.');
  const appId = appIdOf(clientId);
  if (appId === null)
    return refuse(
      `The client_id "${clientId}" is not one of HighLevel's: 24 hex digits, a hyphen and a suffix.`,
    );
  const redirectUri = value('redirect_uri').trim();
  if (redirectUri === '') return refuse('The install link has no redirect_uri.');
  if (parseUrl(redirectUri) === null)
    return refuse(`The redirect_uri "${redirectUri}" is not a complete http or https address.`);

  return {
    ok: true,
    link: {
      hostKind: hostKindOf(parts),
      base: `${parts.scheme}://${parts.host}`,
      path: parts.path,
      clientId,
      appId,
      redirectUri,
      scopes: splitScopes(value('scope')),
      versionId: value('version_id') || null,
      state: value('state') || null,
    },
  };
}

/** Whether the link separates scopes by `%2B`, which HighLevel refuses. */
export function hasEscapedPlus(url: string): boolean {
  return /[?&]scope=[^&#]*%2b/i.test(url);
}

/** Splits a list of scopes at blanks, commas and plus signs, dropping repeats. No scope contains any of them. */
export function splitScopes(scopes: string): string[] {
  return [...new Set(scopes.split(/[\s,+]+/).filter((scope) => scope !== ''))];
}

/** The app id within a client id, `<24 hex digits>-<suffix>`; null when the client id has another shape. */
export function appIdOf(clientId: string): string | null {
  return /^([\da-f]{24})-[\da-z]+$/i.exec(clientId.trim())?.[1] ?? null;
}

function isConsentPath(path: string): boolean {
  const plain = path.replace(/\/+$/, '');
  return plain === consentPath || plain === earlierConsentPath;
}

function hostKindOf({ scheme, host }: UrlParts): InstallLink['hostKind'] {
  const base = `${scheme}://${host}`;
  if (base === consentHosts.standard) return 'standard';
  return base === consentHosts['white-label'] ? 'white-label' : 'other';
}

function refuse(error: string): ParsedInstallLink {
  return { ok: false, error };
}
