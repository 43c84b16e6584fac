import { buildInstallLink, parseInstallLink } from '../../../shared/highlevel/install-link.ts';
import { checkRedirectUrl } from '../../../shared/highlevel/url-rules.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Profile } from '../../../shared/model/profile.ts';

export type InstallAddress = {
  readonly installUrl: string;
  readonly redirectUri: string;
  /** What may keep the install from working, in words. */
  readonly warnings: string[];
};

/**
 * The address of the consent page for a profile. The portal's own link is used as it was pasted, with our `state` in
 * it; without one the link is built from the profile.
 *
 * @param addScopes asked for beside those of the link
 * @param ownRedirectUrl the redirect URL under which this companion's callback can be reached
 * @throws AppError `bad_input` when the profile has no scopes or its pasted link cannot be read
 */
export function installAddress(
  profile: Profile,
  ownRedirectUrl: string,
  state: string,
  addScopes: readonly string[] = [],
): InstallAddress {
  const withAdded = (scopes: readonly string[]): string[] => [...new Set([...scopes, ...addScopes])];
  if (profile.installLink !== null) {
    return fromPasted(profile.installLink, profile, ownRedirectUrl, state, withAdded);
  }
  const scopes = withAdded(profile.scopes);
  if (scopes.length === 0) {
    throw new AppError(
      'bad_input',
      `The app "${profile.name}" has no scopes; an install link needs at least one.`,
      {
        remedy: 'Paste the install link of the developer portal, or add the scopes to the app.',
      },
    );
  }
  const redirectUri = profile.redirectUrl ?? ownRedirectUrl;
  const installUrl = buildInstallLink({
    base: profile.hosts.consent,
    clientId: profile.clientId,
    redirectUri,
    scopes,
    state,
    ...(profile.versionId === null ? {} : { versionId: profile.versionId }),
  });
  return { installUrl, redirectUri, warnings: checkRedirectUrl(redirectUri, { whiteLabel: false }) };
}

function fromPasted(
  link: string,
  profile: Profile,
  ownRedirectUrl: string,
  state: string,
  withAdded: (scopes: readonly string[]) => string[],
): InstallAddress {
  const parsed = parseInstallLink(link);
  if (!parsed.ok) {
    throw new AppError('bad_input', parsed.error, {
      remedy: 'Paste the install link of the developer portal again.',
    });
  }
  const { base, path, clientId, redirectUri, scopes, versionId } = parsed.link;
  const installUrl = buildInstallLink({
    base,
    path,
    clientId,
    redirectUri,
    scopes: withAdded(scopes),
    state,
    ...(versionId === null ? {} : { versionId }),
    ...(/[?&]loginWindowOpenMode=self(?:&|$)/.test(link) ? { loginWindowOpenMode: 'self' as const } : {}),
  });
  const warnings = checkRedirectUrl(redirectUri, { whiteLabel: parsed.link.hostKind === 'white-label' });
  if (clientId !== profile.clientId) {
    warnings.push(`The pasted install link is for the client id ${clientId}, not for ${profile.clientId}.`);
  }
  if (redirectUri !== ownRedirectUrl) {
    warnings.push(
      `The install link leads back to ${redirectUri}, while this companion listens at ${ownRedirectUrl}.`,
    );
  }
  return { installUrl, redirectUri, warnings };
}
