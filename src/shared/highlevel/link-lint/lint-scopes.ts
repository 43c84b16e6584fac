import { hasEscapedPlus, splitScopes } from '../install-link.ts';
import { scopeOf, scopes as platformScopes } from '../scopes.ts';
import type { UrlParts } from '../url-parts.ts';
import { editLink } from './edit-link.ts';
import { quoted } from './finding.ts';
import type { LinkContext, LinkFinding } from './finding.ts';
import { valueOf } from './lint-address.ts';
import { nearestScope } from './nearest.ts';

const refusal = 'This integration cannot be added, please contact the developer!';

/** The scopes of a link: how they are separated, how they are spelt, and whom they keep from installing. */
export function lintScopes(link: string, parts: UrlParts, context: LinkContext): LinkFinding[] {
  const text = valueOf(parts, 'scope');
  const scopes = splitScopes(text);
  const use = (label: string, next: readonly string[]) => ({
    label,
    link: editLink(link, { set: { scope: [...new Set(next)].join(' ') } }),
  });
  if (scopes.length === 0) {
    const saved = context.savedScopes ?? [];
    return [
      {
        code: 'scope-missing',
        severity: 'warning',
        field: 'scope',
        what: 'The link asks for no scope; an app needs at least one, and a token without scopes may call nothing.',
        fix: saved.length === 0 ? null : use(`Ask for the ${saved.length} saved scopes`, saved),
      },
    ];
  }
  return [
    ...lintSeparators(link, text, scopes, use),
    ...scopes.flatMap((scope) => lintName(scope, scopes, context, use)),
    ...lintSaved(scopes, context, use),
    ...lintAccess(scopes, context, use),
  ];
}

type Use = (label: string, scopes: readonly string[]) => { label: string; link: string };

function lintSeparators(link: string, text: string, scopes: readonly string[], use: Use): LinkFinding[] {
  const findings: LinkFinding[] = [];
  if (hasEscapedPlus(link)) {
    findings.push({
      code: 'scope-escaped-plus',
      severity: 'error',
      field: 'scope',
      what: 'The scopes are joined by %2B, which HighLevel reads as part of a name: it then finds none of them. A blank is sent as %20 or as a bare +.',
      fix: use('Join them by blanks', scopes),
    });
  }
  if (text.includes(',')) {
    findings.push({
      code: 'scope-separator',
      severity: 'error',
      field: 'scope',
      what: 'The scopes are separated by commas, but HighLevel separates them by blanks only.',
      fix: use('Separate them by blanks', scopes),
    });
  }
  const all = text.split(/[\s,+]+/).filter((scope) => scope !== '');
  const repeated = [...new Set(all.filter((scope, index) => all.indexOf(scope) !== index))];
  if (repeated.length > 0) {
    findings.push({
      code: 'scope-repeated',
      severity: 'note',
      field: 'scope',
      what: `The link asks for ${quoted(repeated)} more than once.`,
      fix: use('Ask once', scopes),
    });
  }
  return findings;
}

function lintName(scope: string, scopes: readonly string[], context: LinkContext, use: Use): LinkFinding[] {
  if (context.knownScopes.includes(scope)) return [];
  const replacing = (other: string) =>
    use(
      `Use ${other}`,
      scopes.map((each) => (each === scope ? other : each)),
    );
  const platform = scopeOf(scope);
  if (platform !== null) {
    if (platform.liveSpelling === null) return [];
    return [
      {
        code: 'scope-spelling',
        severity: 'warning',
        field: 'scope',
        what: `HighLevel documents "${scope}", but its tokens carry "${platform.liveSpelling}"; a name the portal does not know ends the install with "${refusal}".`,
        fix: replacing(platform.liveSpelling),
      },
    ];
  }
  const names = [
    ...platformScopes.filter(({ liveSpelling }) => liveSpelling === null),
    ...context.knownScopes,
  ];
  const meant = nearestScope(
    scope,
    names.map((each) => (typeof each === 'string' ? each : each.name)),
  );
  if (meant === null) {
    return [
      {
        code: 'scope-unknown',
        severity: 'warning',
        field: 'scope',
        what: `No list of HighLevel’s names the scope "${scope}"; if the app version does not have it, the install ends with "${refusal}".`,
        fix:
          scopes.length === 1
            ? null
            : use(
                'Leave it out',
                scopes.filter((each) => each !== scope),
              ),
      },
    ];
  }
  return [
    {
      code: 'scope-misspelt',
      severity: 'error',
      field: 'scope',
      what: `The scope "${scope}" is probably a misspelt "${meant}"; a wrong name ends the install with "${refusal}".`,
      fix: replacing(meant),
    },
  ];
}

function lintSaved(scopes: readonly string[], { savedScopes }: LinkContext, use: Use): LinkFinding[] {
  if (savedScopes === null || savedScopes.length === 0) return [];
  const live = (name: string) => scopeOf(name)?.liveSpelling ?? name;
  const saved = new Set(savedScopes.map(live));
  const beyond = scopes.filter((scope) => !saved.has(live(scope)));
  if (beyond.length === 0) return [];
  return [
    {
      code: 'scope-not-saved',
      severity: 'warning',
      field: 'scope',
      what: `The link asks for ${quoted(beyond)}, not among the scopes kept for this app: unless they are saved on the app version in the portal, the install ends with "${refusal}".`,
      fix:
        beyond.length === scopes.length
          ? use('Ask for the saved scopes', savedScopes)
          : use(
              'Leave them out',
              scopes.filter((scope) => !beyond.includes(scope)),
            ),
    },
  ];
}

function lintAccess(scopes: readonly string[], context: LinkContext, use: Use): LinkFinding[] {
  const findings: LinkFinding[] = [];
  const agency = scopes.filter((scope) => scopeOf(scope)?.agencyOnly === true);
  const subAccountsMayInstall = context.targetUser !== 'agency' && context.whoCanInstall !== 'agency';
  if (agency.length > 0 && subAccountsMayInstall) {
    const certain = context.targetUser === 'sub-account' && context.whoCanInstall === 'both';
    findings.push({
      code: 'scope-agency-only',
      severity: certain ? 'error' : 'warning',
      field: 'scope',
      what: `${quoted(agency)} can be granted by an agency (company) only, so sub-account (location) users cannot install the app.`,
      fix:
        agency.length === scopes.length
          ? null
          : use(
              agency.length === 1 ? 'Leave it out' : 'Leave them out',
              scopes.filter((scope) => !agency.includes(scope)),
            ),
    });
  }
  const sensitive = scopes.filter((scope) => scopeOf(scope)?.sensitive === true);
  if (sensitive.length > 0) {
    findings.push({
      code: 'scope-sensitive',
      severity: 'note',
      field: 'scope',
      what: `The portal asks for confirmation before it adds ${quoted(sensitive)} to an app.`,
      fix: null,
    });
  }
  return findings;
}
