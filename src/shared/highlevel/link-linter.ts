import { lintSeverities } from './link-lint/finding.ts';
import type { LinkContext, LinkFinding, LintCode } from './link-lint/finding.ts';
import { lintAddress } from './link-lint/lint-address.ts';
import { lintRedirect } from './link-lint/lint-redirect.ts';
import { lintScopes } from './link-lint/lint-scopes.ts';
import { parseUrl } from './url-parts.ts';

export { emptyLinkContext, lintCodes, lintFields, lintSeverities } from './link-lint/finding.ts';
export type { LinkContext, LinkFinding, LintCode, LintField, LintSeverity } from './link-lint/finding.ts';

/**
 * Says what will go wrong with an install link before anybody opens it: host and path, the redirect URL byte for byte,
 * scopes, version, and what the app's own settings forbid. A pure function; the worst findings come first. Each fix is
 * the whole link with that one thing put right and every other byte as it was.
 *
 * @param link as pasted or built; anything that is not a link gives one finding
 * @param context what is known of the app; `emptyLinkContext` where nothing is
 */
export function lintInstallLink(link: string, context: LinkContext): LinkFinding[] {
  const trimmed = link.trim();
  const repaired = trimmed.replaceAll(/\s*[\r\n]+\s*/g, '').replaceAll(/\s/g, '%20');
  const parts = parseUrl(repaired);
  if (parts === null) {
    return [
      {
        code: 'not-a-link',
        severity: 'error',
        field: 'link',
        what: 'This is not a complete address that starts with https://, so nobody can open it.',
        fix: null,
      },
    ];
  }
  const findings: LinkFinding[] = [
    ...lintAddress(repaired, parts, context),
    ...lintRedirect(repaired, parts, context),
    ...lintScopes(repaired, parts, context),
    ...lintApp(context),
  ];
  if (repaired !== trimmed) {
    findings.push({
      code: 'blank-in-link',
      severity: 'warning',
      field: 'link',
      what: 'The link contains blanks or line breaks; most programs cut it off at the first of them.',
      fix: { label: 'Encode blanks, join lines', link: repaired },
    });
  }
  const rank = ({ severity }: LinkFinding) => lintSeverities.indexOf(severity);
  return findings.sort((a, b) => rank(a) - rank(b));
}

/** Their fixes give something up: a scope, an address, a version. Whether to do that is for the developer to say. */
const decisions: ReadonlySet<LintCode> = new Set([
  'redirect-elsewhere',
  'redirect-brand',
  'scope-unknown',
  'scope-not-saved',
  'scope-agency-only',
  'version-id-unknown',
]);

/**
 * The link after every fix of a plain mistake, one after another; the link itself where there is none. Notes, and what
 * only the developer can decide, stay as they are.
 */
export function fixInstallLink(link: string, context: LinkContext): string {
  const seen = new Set<string>();
  let current = link;
  while (!seen.has(current)) {
    seen.add(current);
    const next = lintInstallLink(current, context).find(
      ({ code, severity, fix }) =>
        severity !== 'note' && fix !== null && !decisions.has(code) && !seen.has(fix.link),
    );
    if (next?.fix) current = next.fix.link;
  }
  return current;
}

function lintApp({ visibility }: LinkContext): LinkFinding[] {
  if (visibility !== 'private') return [];
  return [
    {
      code: 'private-limit',
      severity: 'note',
      field: 'app',
      what: 'A private app made on or after 18 November 2025 can be installed by five agencies; the sixth sees "Install unavailable. Please contact the app developer." until the app is published or reviewed.',
      fix: null,
    },
  ];
}
