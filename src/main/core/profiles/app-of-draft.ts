import { createPublicKey } from 'node:crypto';
import { apiHost, consentHosts } from '../../../shared/highlevel/hosts.ts';
import { appIdOf, parseInstallLink } from '../../../shared/highlevel/install-link.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Profile, ProfileDraft, ProfileKey } from '../../../shared/model/profile.ts';

/** What a pasted install link says about an app. */
export type LinkReading = {
  readonly clientId: string;
  readonly appId: string;
  readonly redirectUrl: string | null;
  readonly scopes: string[];
  readonly versionId: string | null;
  readonly consentHost: string;
};

/** @throws AppError `bad_input` with a sentence that says what is wrong with the link. */
export function readInstallLink(text: string): LinkReading {
  const parsed = parseInstallLink(text);
  if (!parsed.ok) {
    throw new AppError('bad_input', parsed.error, {
      remedy: 'Copy the install link from the Auth page of your app in the developer portal.',
    });
  }
  const { clientId, appId, redirectUri, scopes, versionId, base } = parsed.link;
  return { clientId, appId, redirectUrl: redirectUri, scopes, versionId, consentHost: base };
}

/** The part of a profile that describes the app itself. */
export type AppFields = Pick<
  Profile,
  'clientId' | 'appId' | 'versionId' | 'hosts' | 'redirectUrl' | 'scopes' | 'installLink'
>;

/**
 * The app after a draft has been laid over it: what the draft says, else what its install link says, else what was there.
 *
 * @param present null for a new profile.
 * @throws AppError `bad_input` naming the field that is wrong.
 */
export function appOfDraft(present: AppFields | null, draft: Partial<ProfileDraft>): AppFields {
  const pasted = draft.installLink?.trim();
  const link = pasted === undefined || pasted === '' ? null : readInstallLink(pasted);
  const clientId = (draft.clientId ?? link?.clientId ?? present?.clientId ?? '').trim();
  if (link !== null && link.clientId !== clientId) {
    throw new AppError(
      'bad_input',
      `The install link is for the client ID "${link.clientId}", not for "${clientId}".`,
    );
  }
  const isSame = present !== null && clientId === present.clientId;
  return {
    clientId,
    appId: isSame ? present.appId : requireAppId(clientId),
    versionId:
      draft.versionId ??
      link?.versionId ??
      (isSame && draft.versionId === undefined ? present.versionId : null),
    hosts: {
      api: requireOrigin(draft.apiHost) ?? present?.hosts.api ?? apiHost,
      consent:
        requireOrigin(draft.consentHost) ??
        link?.consentHost ??
        present?.hosts.consent ??
        consentHosts.standard,
    },
    redirectUrl:
      draft.redirectUrl === undefined
        ? (link?.redirectUrl ?? present?.redirectUrl ?? null)
        : requireHttp(draft.redirectUrl),
    scopes: [...new Set(draft.scopes ?? link?.scopes ?? present?.scopes ?? [])],
    installLink: draft.installLink === undefined ? (present?.installLink ?? null) : (link && pasted) || null,
  };
}

/**
 * The webhook keys of a profile after a draft: its own are replaced, a simulator's stay.
 *
 * @throws AppError `bad_input` for a key that is none, or of another kind than it says.
 */
export function keysOfDraft(
  present: readonly ProfileKey[],
  given: ProfileDraft['webhookKeys'] | undefined,
): ProfileKey[] {
  if (given === undefined) return [...present];
  return [
    ...present.filter(({ owner }) => owner === 'simulator'),
    ...given.map(({ scheme, pem }): ProfileKey => {
      if (keyTypeOf(pem) !== scheme) {
        throw new AppError(
          'bad_input',
          `The webhook key is not a public ${scheme === 'rsa' ? 'RSA' : 'Ed25519'} key in PEM.`,
          {
            remedy: 'Paste it whole, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----.',
          },
        );
      }
      return { scheme, pem: pem.trim(), owner: 'profile' };
    }),
  ];
}

function keyTypeOf(pem: string): string | null {
  // A private key would give its public half, but has no place among settings that are not secret.
  if (!/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem)) return null;
  try {
    return createPublicKey(pem).asymmetricKeyType ?? null;
  } catch {
    // What is wrong with it is said by the caller, with the kind of key it should be.
    return null;
  }
}

function requireAppId(clientId: string): string {
  const appId = appIdOf(clientId);
  if (appId !== null) return appId;
  throw new AppError(
    'bad_input',
    `The client ID "${clientId}" is not one of HighLevel's: 24 hex digits, a hyphen and a suffix.`,
    { remedy: 'Copy it from the Auth page of your app in the developer portal.' },
  );
}

function requireOrigin(consentHost: string | undefined): string | undefined {
  return consentHost === undefined ? undefined : new URL(requireHttp(consentHost) ?? '').origin;
}

function requireHttp(url: string | null): string | null {
  if (url === null || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return url;
  throw new AppError('bad_input', `The address "${url}" must begin with http:// or https://.`);
}
