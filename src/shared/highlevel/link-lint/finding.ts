import type { ConsentHost } from '../hosts.ts';

/** Everything the linter can say of an install link. */
export const lintCodes = [
  'not-a-link',
  'blank-in-link',
  'wrong-path',
  'old-path',
  'consent-http',
  'consent-host',
  'host-listing',
  'response-type',
  'client-id',
  'client-id-other',
  'version-id',
  'version-id-unknown',
  'version-id-pinned',
  'login-window',
  'state-in-link',
  'pkce',
  'unknown-parameter',
  'repeated-parameter',
  'redirect-missing',
  'redirect-unreadable',
  'redirect-not-registered',
  'redirect-listed-twice',
  'redirect-credentials',
  'redirect-fragment',
  'redirect-reserved',
  'redirect-http',
  'redirect-local',
  'redirect-elsewhere',
  'redirect-brand',
  'tunnel-brand',
  'scope-missing',
  'scope-escaped-plus',
  'scope-separator',
  'scope-repeated',
  'scope-spelling',
  'scope-misspelt',
  'scope-unknown',
  'scope-not-saved',
  'scope-agency-only',
  'scope-sensitive',
  'private-limit',
] as const;
export type LintCode = (typeof lintCodes)[number];

/** `error`: the install fails. `warning`: it fails for some, or something is lost. `note`: worth knowing. */
export const lintSeverities = ['error', 'warning', 'note'] as const;
export type LintSeverity = (typeof lintSeverities)[number];

/** The part of the link, or of the app's settings, that a finding is about. */
export const lintFields = [
  'link',
  'host',
  'path',
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'version_id',
  'loginWindowOpenMode',
  'state',
  'parameter',
  'redirect URLs',
  'tunnel',
  'app',
] as const;
export type LintField = (typeof lintFields)[number];

export type LinkFinding = {
  code: LintCode;
  severity: LintSeverity;
  field: LintField;
  /** One sentence: what will happen, and why. */
  what: string;
  /** The same link with this one thing put right; null where only the developer can do it. */
  fix: { label: string; link: string } | null;
};

/** What is known of the app, of the companion and of the platform beside the link itself. */
export type LinkContext = {
  /** The app the link should be for; null takes any. */
  clientId: string | null;
  /** How the app is listed in the portal. */
  listing: ConsentHost | null;
  /** Origin of a simulator's consent page, for its own app; null for apps of HighLevel. */
  simulator: string | null;
  /** Redirect URLs as registered in the portal, byte for byte; empty where nobody said. */
  redirectUrls: readonly string[];
  /** Where this companion listens for the callback. */
  ownRedirectUrl: string | null;
  /** The app's target user, which can never be changed. */
  targetUser: 'sub-account' | 'agency' | null;
  /** `both`: agency and sub-account users. */
  whoCanInstall: 'both' | 'agency' | null;
  visibility: 'public' | 'private' | null;
  /** Version ids of the app; empty where nobody said. */
  versionIds: readonly string[];
  /** Scopes saved on the app version in the portal; null where nobody said. */
  savedScopes: readonly string[] | null;
  /** Scopes beyond our own table that are known to exist, such as those of a token that HighLevel issued. */
  knownScopes: readonly string[];
  /** Host name of the public address in front of the companion. */
  tunnelHostname: string | null;
};

/** Nothing known but the link. */
export const emptyLinkContext: LinkContext = {
  clientId: null,
  listing: null,
  simulator: null,
  redirectUrls: [],
  ownRedirectUrl: null,
  targetUser: null,
  whoCanInstall: null,
  visibility: null,
  versionIds: [],
  savedScopes: null,
  knownScopes: [],
  tunnelHostname: null,
};

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"`. */
export function quoted(names: readonly string[]): string {
  const each = names.map((name) => `"${name}"`);
  return each.length < 2 ? each.join('') : `${each.slice(0, -1).join(', ')} and ${each.at(-1) ?? ''}`;
}
