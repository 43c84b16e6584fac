import { buildInstallLink } from '../../../shared/highlevel/install-link.ts';
import { fixInstallLink, lintInstallLink, type LinkContext } from '../../../shared/highlevel/link-linter.ts';
import type { LinkLint } from '../../../shared/model/install-link.ts';
import type { Addresses, Profile } from '../../../shared/model/profile.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { pathOf } from './profile-routes.ts';

/** The linter over a profile's install link, pasted or built, or over another link meant for the same app. */
export function lintProfile(
  profile: Profile,
  addresses: Addresses,
  tokens: readonly TokenSummary[],
  given: string | undefined,
): LinkLint {
  const link = given ?? profile.installLink ?? builtLink(profile, addresses);
  const context = contextOf(profile, addresses, tokens);
  const fixed = fixInstallLink(link, context);
  return { link, findings: lintInstallLink(link, context), fixed: fixed === link ? null : fixed };
}

function builtLink({ hosts, clientId, scopes, versionId }: Profile, { redirectUrl }: Addresses): string {
  return buildInstallLink({
    base: hosts.consent,
    clientId,
    redirectUri: redirectUrl,
    scopes,
    ...(versionId === null ? {} : { versionId }),
  });
}

function contextOf(profile: Profile, addresses: Addresses, tokens: readonly TokenSummary[]): LinkContext {
  const { portal, hosts, clientId, environment } = profile;
  return {
    clientId,
    listing: portal.listing,
    simulator: environment === 'simulator' ? hosts.consent.replace(/\/+$/, '') : null,
    redirectUrls: portal.redirectUrls,
    ownRedirectUrl: addresses.base + pathOf(profile, 'callback'),
    targetUser: portal.targetUser,
    whoCanInstall: portal.whoCanInstall,
    visibility: portal.visibility,
    versionIds: portal.versionIds,
    savedScopes: portal.scopes.length === 0 ? null : portal.scopes,
    knownScopes: [...new Set(tokens.flatMap((token) => token.scopes))],
    tunnelHostname:
      addresses.public && URL.canParse(addresses.base) ? new URL(addresses.base).hostname : null,
  };
}
