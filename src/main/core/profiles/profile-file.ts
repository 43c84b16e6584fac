/** A profile as a file without secrets, for a colleague or another machine. */
import { editLink } from '../../../shared/highlevel/link-lint/edit-link.ts';
import { apiHost, consentHosts } from '../../../shared/highlevel/hosts.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import {
  profileFile,
  type ProfileFile,
  type ProfileFilePreview,
} from '../../../shared/model/profile-file.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { Redactor } from '../vault/types.ts';

/**
 * The file of a profile. What the vault knows as a secret is cut out wherever it stands, the answer bodies of routes
 * included, and so are the names and passwords of addresses and the state of a pasted link.
 */
export function fileOf(profile: Profile, redactor: Redactor): { fileName: string; content: string } {
  const { name, environment, clientId, versionId, hosts, scopes, routes, keys, portal } = profile;
  const file: ProfileFile = {
    format: 'highlevel-companion/profile',
    version: 1,
    profile: {
      name,
      environment,
      clientId,
      versionId,
      hosts,
      redirectUrl: profile.redirectUrl === null ? null : withoutCredentials(profile.redirectUrl),
      scopes,
      installLink: profile.installLink === null ? null : editLink(profile.installLink, { drop: ['state'] }),
      routes,
      keys,
      portal: {
        ...portal,
        redirectUrls: portal.redirectUrls.map(withoutCredentials),
        webhookUrl: portal.webhookUrl === null ? null : withoutCredentials(portal.webhookUrl),
      },
    },
  };
  const { bytes } = redactor.body(Buffer.from(JSON.stringify(file, null, 2), 'utf8'), 'application/json');
  return {
    fileName: `${profile.id}.profile.json`,
    content: `${Buffer.from(bytes).toString('utf8')}\n`,
  };
}

/** @throws AppError `bad_input` naming what is wrong with the file. */
export function readProfileFile(content: string): ProfileFile {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new AppError('bad_input', 'This is not a profile file: it is not valid JSON.', { cause });
  }
  const result = profileFile.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new AppError(
    'bad_input',
    place === '' || place === 'format'
      ? 'This is not a profile file of HighLevel Companion.'
      : `The profile file cannot be used: "${place}" is missing or wrong (${issue?.message ?? ''}).`,
    { cause: result.error },
  );
}

/**
 * What a file should not decide unseen, one sentence each: a host that would be sent the client secret, a consent page
 * that is not HighLevel's, keys that would make webhooks count as verified.
 */
export function foreignIn({ hosts, keys, installLink, environment }: ProfileFile['profile']): string[] {
  const known: readonly string[] = [apiHost, ...Object.values(consentHosts)];
  const isOwn = (url: string) => {
    const { origin, hostname } = new URL(url);
    return (
      known.includes(origin) ||
      (environment === 'simulator' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
    );
  };
  const consent = [
    hosts.consent,
    ...(installLink !== null && URL.canParse(installLink) ? [installLink] : []),
  ];
  const strange = consent.find((url) => !isOwn(url));
  return [
    ...(isOwn(hosts.api)
      ? []
      : [`The file sends tokens and the client secret to ${hosts.api}, which is not HighLevel's.`]),
    ...(strange === undefined
      ? []
      : [`The file opens the consent page at ${new URL(strange).origin}, which is not HighLevel's.`]),
    ...(environment === 'live' && keys.length > 0
      ? ['The file brings keys of its own, by which webhooks would count as verified.']
      : []),
  ];
}

export function previewOf({ profile }: ProfileFile): ProfileFilePreview {
  const { name, clientId, environment, scopes } = profile;
  return { name, clientId, environment, scopes: scopes.length, foreign: foreignIn(profile) };
}

function withoutCredentials(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/?#@]*@/i, '$1');
}
