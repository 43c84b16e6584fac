import { consentHosts, consentPath, earlierConsentPath } from '../hosts.ts';
import { appIdOf } from '../install-link.ts';
import { parseUrl } from '../url-parts.ts';
import type { UrlParts } from '../url-parts.ts';
import { editLink } from './edit-link.ts';
import { quoted } from './finding.ts';
import type { LinkContext, LinkFinding } from './finding.ts';

/** Host, path and the short parameters of a link (HighLevel docs: Authorization). */
export function lintAddress(link: string, parts: UrlParts, context: LinkContext): LinkFinding[] {
  return [
    ...lintHost(link, parts, context),
    ...lintPath(link, parts),
    ...lintResponseType(link, parts),
    ...lintClientId(link, parts, context),
    ...lintVersion(link, parts, context),
    ...lintParameters(link, parts, context),
  ];
}

function lintHost(link: string, { scheme, host }: UrlParts, context: LinkContext): LinkFinding[] {
  const base = `${scheme}://${host}`;
  if (base === context.simulator) return [];
  const expected = context.simulator ?? (context.listing === null ? null : consentHosts[context.listing]);
  const kind = Object.values(consentHosts).find((known) => known === `https://${host}`);
  const findings: LinkFinding[] = [];
  if (kind === undefined) {
    const target = expected ?? consentHosts.standard;
    const owner = context.simulator === null ? 'one of HighLevel’s consent pages' : 'the simulator';
    return [
      {
        code: 'consent-host',
        severity: 'error',
        field: 'host',
        what: `The link leads to ${base}, which is not ${owner}, so no install can begin there.`,
        fix: { label: `Use ${target}`, link: editLink(link, { base: target }) },
      },
    ];
  }
  if (scheme === 'http') {
    findings.push({
      code: 'consent-http',
      severity: 'error',
      field: 'host',
      what: 'The link begins with http://, but HighLevel’s consent page is served over https only.',
      fix: { label: 'Use https', link: editLink(link, { base: kind }) },
    });
  }
  if (expected === null || expected === kind) return findings;
  const appId = appIdOf(valueOf({ query: parseUrl(link)?.query ?? [] }, 'client_id')) ?? 'the app id';
  findings.push({
    code: context.simulator === null ? 'host-listing' : 'consent-host',
    severity: expected === consentHosts.standard ? 'warning' : 'error',
    field: 'host',
    what: whatOfListing(context, kind, appId),
    fix: { label: `Use ${expected}`, link: editLink(link, { base: expected }) },
  });
  return findings;
}

function whatOfListing(context: LinkContext, base: string, appId: string): string {
  if (context.simulator !== null) return `The app is the simulator’s, but the link leads to ${base}.`;
  return context.listing === 'white-label'
    ? `The app is listed as white-label, but the link leads to ${base}: HighLevel will answer "No integration found with the ID: ${appId}".`
    : `The app is listed as standard, but the link leads to the white-label consent page ${base}, where users see another brand and may not find the app.`;
}

function lintPath(link: string, { path }: UrlParts): LinkFinding[] {
  const plain = path.replace(/\/+$/, '');
  if (plain === consentPath && path === consentPath) return [];
  const fix = { label: `Use ${consentPath}`, link: editLink(link, { path: consentPath }) };
  if (plain === earlierConsentPath) {
    return [
      {
        code: 'old-path',
        severity: 'note',
        field: 'path',
        what: `The link uses the path ${earlierConsentPath} of before May 2026; it still opens, but HighLevel’s own links lead to ${consentPath}.`,
        fix,
      },
    ];
  }
  return [
    {
      code: 'wrong-path',
      severity: 'error',
      field: 'path',
      what: `The link’s path is ${path}; the consent page is at ${consentPath}, so the link opens something else.`,
      fix,
    },
  ];
}

function lintResponseType(link: string, parts: UrlParts): LinkFinding[] {
  const value = valueOf(parts, 'response_type');
  if (value === 'code') return [];
  return [
    {
      code: 'response-type',
      severity: 'error',
      field: 'response_type',
      what:
        value === ''
          ? 'The link has no response_type; HighLevel’s links carry response_type=code.'
          : `The link asks for response_type=${value}; HighLevel’s installs know "code" only.`,
      fix: { label: 'Use response_type=code', link: editLink(link, { set: { response_type: 'code' } }) },
    },
  ];
}

function lintClientId(link: string, parts: UrlParts, { clientId }: LinkContext): LinkFinding[] {
  const value = valueOf(parts, 'client_id');
  if (value === clientId) return [];
  const fix =
    clientId === null
      ? null
      : { label: `Use ${clientId}`, link: editLink(link, { set: { client_id: clientId } }) };
  if (appIdOf(value) === null || value !== value.trim()) {
    return [
      {
        code: 'client-id',
        severity: 'error',
        field: 'client_id',
        what:
          value === ''
            ? 'The link has no client_id, so HighLevel cannot tell which app is meant.'
            : `The client_id "${value}" is not one of HighLevel’s: 24 hex digits, a hyphen and a suffix.`,
        fix,
      },
    ];
  }
  if (clientId === null) return [];
  return [
    {
      code: 'client-id-other',
      severity: 'error',
      field: 'client_id',
      what: `The link installs the app of the client ID "${value}", not this one; its code cannot be exchanged with this app’s secret.`,
      fix,
    },
  ];
}

function lintVersion(link: string, parts: UrlParts, context: LinkContext): LinkFinding[] {
  const given = parts.query.some(([name]) => name === 'version_id');
  if (!given) return [];
  const value = valueOf(parts, 'version_id');
  const without = {
    label: 'Remove the version_id',
    link: editLink(link, { drop: ['version_id'] }),
  };
  if (!/^[\da-f]{24}$/i.test(value)) {
    return [
      {
        code: 'version-id',
        severity: 'error',
        field: 'version_id',
        what: `The version_id "${value}" is not one of HighLevel’s: it has 24 hex digits.`,
        fix: without,
      },
    ];
  }
  const firstVersion = appIdOf(valueOf(parts, 'client_id')) === value;
  if (context.versionIds.length > 0 && !context.versionIds.includes(value) && !firstVersion) {
    return [
      {
        code: 'version-id-unknown',
        severity: 'warning',
        field: 'version_id',
        what: `The link installs the version "${value}", which is none of the app’s known versions ${quoted(context.versionIds)}.`,
        fix: without,
      },
    ];
  }
  return [
    {
      code: 'version-id-pinned',
      severity: 'note',
      field: 'version_id',
      what: firstVersion
        ? 'The link always installs the first version of the app, also after a newer one has been published.'
        : `The link always installs the version "${value}", also after a newer one has been published.`,
      fix: without,
    },
  ];
}

const known = [
  'response_type',
  'redirect_uri',
  'client_id',
  'scope',
  'version_id',
  'loginWindowOpenMode',
  'state',
];

function lintParameters(link: string, parts: UrlParts, context: LinkContext): LinkFinding[] {
  const findings: LinkFinding[] = [];
  const names = parts.query.map(([name]) => name);
  const repeated = known.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (repeated.length > 0) {
    findings.push({
      code: 'repeated-parameter',
      severity: 'error',
      field: 'parameter',
      what: `The link carries ${quoted(repeated)} more than once; which one counts is not defined.`,
      fix: {
        label: 'Keep the first',
        link: editLink(link, {
          set: Object.fromEntries(repeated.map((name) => [name, valueOf(parts, name)])),
        }),
      },
    });
  }
  const mode = valueOf(parts, 'loginWindowOpenMode');
  if (mode !== '' && mode !== 'self') {
    findings.push({
      code: 'login-window',
      severity: 'warning',
      field: 'loginWindowOpenMode',
      what: `loginWindowOpenMode knows the value "self" only; with "${mode}" the login opens in a new tab.`,
      fix: { label: 'Use self', link: editLink(link, { set: { loginWindowOpenMode: 'self' } }) },
    });
  }
  if (names.includes('state')) {
    findings.push({
      code: 'state-in-link',
      severity: 'note',
      field: 'state',
      what: 'The link carries a fixed state; the companion puts a fresh one in its place for each install, since a known state proves nothing.',
      fix: { label: 'Remove the state', link: editLink(link, { drop: ['state'] }) },
    });
  }
  const pkce = names.filter((name) => /^code_challenge(?:_method)?$/.test(name));
  if (pkce.length > 0) {
    findings.push({
      code: 'pkce',
      severity: 'warning',
      field: 'parameter',
      what: `HighLevel documents no PKCE for installs: ${quoted(pkce)} is ignored and protects nothing.`,
      fix: { label: 'Remove it', link: editLink(link, { drop: pkce }) },
    });
  }
  const strange = names.filter((name) => !known.includes(name) && !pkce.includes(name));
  if (strange.length > 0) findings.push(unknownParameters(link, parts, strange, context));
  return findings;
}

/** Most often the rest of a redirect URL whose own query was not encoded. */
function unknownParameters(
  link: string,
  parts: UrlParts,
  names: readonly string[],
  context: LinkContext,
): LinkFinding {
  const redirect = valueOf(parts, 'redirect_uri');
  const rest = parts.query
    .filter(([name]) => names.includes(name))
    .map(([name, value]) => `${name}=${value}`);
  const whole = [redirect, ...rest].join('&');
  const cutOff = redirect.includes('?') || context.redirectUrls.includes(whole);
  return {
    code: 'unknown-parameter',
    severity: cutOff ? 'error' : 'warning',
    field: 'parameter',
    what: cutOff
      ? `The redirect URL in the link is not encoded, so ${quoted(names)} counts as a parameter of the link and is lost to the redirect URL.`
      : `HighLevel reads no parameter ${quoted(names)} in an install link, so it is ignored.`,
    fix: cutOff
      ? {
          label: 'Encode the whole redirect URL',
          link: editLink(link, { set: { redirect_uri: whole }, drop: names }),
        }
      : { label: 'Remove it', link: editLink(link, { drop: names }) },
  };
}

/** The first value of a parameter, or an empty text. */
export function valueOf({ query }: Pick<UrlParts, 'query'>, name: string): string {
  return query.find(([key]) => key === name)?.[1] ?? '';
}
