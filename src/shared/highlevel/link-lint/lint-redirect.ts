import { hasBrandWord, isLocalHost } from '../url-rules.ts';
import { parseUrl } from '../url-parts.ts';
import type { UrlParts } from '../url-parts.ts';
import { editLink } from './edit-link.ts';
import { quoted } from './finding.ts';
import type { LinkContext, LinkFinding } from './finding.ts';
import { valueOf } from './lint-address.ts';
import { editDistance } from './nearest.ts';

/**
 * The redirect URL of a link against what is registered, against the portal's rules and against the address this
 * companion listens on (HighLevel docs: Create a Marketplace App; HighLevel's marketplace CLI).
 */
export function lintRedirect(link: string, parts: UrlParts, context: LinkContext): LinkFinding[] {
  const redirect = valueOf(parts, 'redirect_uri');
  const target = parseUrl(redirect);
  const use = (url: string) => ({
    label: `Use ${url}`,
    link: editLink(link, { set: { redirect_uri: url } }),
  });
  const known = [
    ...context.redirectUrls,
    ...(context.ownRedirectUrl === null ? [] : [context.ownRedirectUrl]),
  ];
  if (target === null) {
    const best = known[0];
    return [
      {
        code: redirect === '' ? 'redirect-missing' : 'redirect-unreadable',
        severity: 'error',
        field: 'redirect_uri',
        what:
          redirect === ''
            ? 'The link has no redirect_uri, so HighLevel does not know where to send the code.'
            : `The redirect_uri "${redirect}" is not a complete http or https address.`,
        fix: best === undefined ? null : use(best),
      },
    ];
  }
  return [
    ...lintRegistration(redirect, target, context, use),
    ...lintForm(redirect, target, use),
    ...lintScheme(redirect, target, context, use),
    ...lintBrand(redirect, parts, known, context, use),
    ...lintOwner(redirect, target, context, use),
  ];
}

type Use = (url: string) => { label: string; link: string };

function lintRegistration(
  redirect: string,
  target: UrlParts,
  { redirectUrls }: LinkContext,
  use: Use,
): LinkFinding[] {
  const findings: LinkFinding[] = [];
  const twice = redirectUrls.filter((url, index) => redirectUrls.indexOf(url) !== index);
  if (twice.length > 0) {
    findings.push({
      code: 'redirect-listed-twice',
      severity: 'warning',
      field: 'redirect URLs',
      what: `The portal takes each redirect URL once, but ${quoted([...new Set(twice)])} is listed more than once.`,
      fix: null,
    });
  }
  if (redirectUrls.length === 0 || redirectUrls.includes(redirect)) return findings;
  const nearest = [...redirectUrls].sort((a, b) => editDistance(a, redirect) - editDistance(b, redirect))[0];
  if (nearest === undefined) return findings;
  const difference = differenceOf(target, parseUrl(nearest));
  findings.push({
    code: 'redirect-not-registered',
    severity: 'error',
    field: 'redirect_uri',
    what: `The redirect URL "${redirect}" is not registered, and HighLevel compares byte for byte: the nearest registered one, "${nearest}", differs ${difference}.`,
    fix: use(nearest),
  });
  return findings;
}

/** Where two addresses differ, for the sentence. */
function differenceOf(a: UrlParts, b: UrlParts | null): string {
  if (b === null) return 'altogether';
  if (a.host !== b.host) return a.hostname === b.hostname ? 'in the port' : 'in the host';
  const places: string[] = [];
  if (a.scheme !== b.scheme) places.push(`in beginning with ${b.scheme}://`);
  if (a.path !== b.path) places.push(pathDifference(a.path, b.path));
  const query = (parts: UrlParts) => parts.query.map((pair) => pair.join('=')).join('&');
  if (query(a) !== query(b)) places.push('in the query');
  if (a.fragment !== b.fragment) places.push('in the part behind #');
  return places.length === 0 ? 'in spelling only (case or encoding)' : places.join(' and ');
}

function pathDifference(a: string, b: string): string {
  if (a.replace(/\/+$/, '') === b.replace(/\/+$/, '')) return 'in the slash at the end';
  return a.toLowerCase() === b.toLowerCase() ? 'in upper and lower case of the path' : 'in the path';
}

function lintForm(redirect: string, target: UrlParts, use: Use): LinkFinding[] {
  const findings: LinkFinding[] = [];
  if (target.credentials !== null) {
    findings.push({
      code: 'redirect-credentials',
      severity: 'error',
      field: 'redirect_uri',
      what: 'The portal refuses a redirect URL that contains a user name or password.',
      fix: use(redirect.replace(/\/\/[^/?#@]*@/, '//')),
    });
  }
  if (target.fragment !== null) {
    findings.push({
      code: 'redirect-fragment',
      severity: 'error',
      field: 'redirect_uri',
      what: 'The redirect URL contains a # part, which no server ever receives; the code would be put before or behind it unpredictably.',
      fix: use(redirect.replace(/#.*$/s, '')),
    });
  }
  const reserved = target.query.map(([name]) => name).filter((name) => name === 'code' || name === 'state');
  if (reserved.length > 0) {
    findings.push({
      code: 'redirect-reserved',
      severity: 'error',
      field: 'redirect_uri',
      what: `The redirect URL has a parameter ${quoted(reserved)} of its own; HighLevel adds one of that name to the callback, so the app would read the wrong one.`,
      fix: use(editLink(redirect, { drop: reserved })),
    });
  }
  return findings;
}

function lintScheme(redirect: string, target: UrlParts, context: LinkContext, use: Use): LinkFinding[] {
  if (target.scheme === 'https') return [];
  if (isLocalHost(target.hostname)) {
    if (context.simulator !== null) return [];
    return [
      {
        code: 'redirect-local',
        severity: 'note',
        field: 'redirect_uri',
        what: `${target.hostname} is fine while developing, but only a browser on this machine or network finds its way back; everyone else ends on an error page.`,
        fix: null,
      },
    ];
  }
  return [
    {
      code: 'redirect-http',
      severity: 'warning',
      field: 'redirect_uri',
      what: 'The redirect URL uses http, so the code travels readable; HighLevel asks for https except on the developer’s own machine.',
      fix: use(redirect.replace(/^http:/i, 'https:')),
    },
  ];
}

function lintBrand(
  redirect: string,
  parts: UrlParts,
  known: readonly string[],
  context: LinkContext,
  use: Use,
): LinkFinding[] {
  const whiteLabel = context.listing === 'white-label' || parts.host === 'marketplace.leadconnectorhq.com';
  const findings: LinkFinding[] = [];
  if (whiteLabel && hasBrandWord(redirect)) {
    const neutral = known.find((url) => !hasBrandWord(url));
    findings.push({
      code: 'redirect-brand',
      severity: 'error',
      field: 'redirect_uri',
      what: `The portal refuses the redirect URL "${redirect}" for a white-label app, because its host or path names HighLevel ("highlevel", "ghl").`,
      fix: neutral === undefined ? null : use(neutral),
    });
  }
  const { tunnelHostname } = context;
  if (tunnelHostname !== null && hasBrandWord(`https://${tunnelHostname}`)) {
    findings.push({
      code: 'tunnel-brand',
      severity: whiteLabel ? 'error' : 'warning',
      field: 'tunnel',
      what: whiteLabel
        ? `The public address ${tunnelHostname} names HighLevel, so the portal refuses every redirect URL below it for this white-label app: choose another domain for the tunnel.`
        : `The public address ${tunnelHostname} names HighLevel; once the app is listed as white-label, the portal refuses every redirect URL below it.`,
      fix: null,
    });
  }
  return findings;
}

function lintOwner(redirect: string, target: UrlParts, context: LinkContext, use: Use): LinkFinding[] {
  const own = context.ownRedirectUrl;
  if (own === null || own === redirect) return [];
  const ownParts = parseUrl(own);
  if (ownParts !== null && ownParts.host === target.host && ownParts.path === target.path) return [];
  const registered = context.redirectUrls.length === 0 || context.redirectUrls.includes(own);
  return [
    {
      code: 'redirect-elsewhere',
      severity: 'warning',
      field: 'redirect_uri',
      what: `The browser will land on ${redirect}, not on this companion at ${own}; the code has to be pasted by hand then.`,
      fix: registered ? use(own) : null,
    },
  ];
}
