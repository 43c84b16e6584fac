import { parseUrl } from './url-parts.ts';

/** Words that the URLs of an app listed as white-label friendly may not contain, in host or path. */
const brandWords = /(?:go-?)?highlevel|\bghl\b|high.?level|go\s+high\s+level/i;

/**
 * Checks a redirect URL against the portal's rules (HighLevel's marketplace CLI; HighLevel docs: Create a
 * Marketplace App). Returns one sentence a problem, none when the portal will take it.
 */
export function checkRedirectUrl(url: string, options: { whiteLabel: boolean }): string[] {
  const parts = parseUrl(url);
  if (parts === null) return [`The redirect URL "${url}" is not a complete http or https address.`];
  const problems: string[] = [];
  if (parts.credentials !== null) problems.push('The redirect URL must not contain a user name or password.');
  if (parts.fragment !== null) problems.push('The redirect URL must not contain a # part.');
  if (parts.scheme === 'http' && !isLocalHost(parts.hostname))
    problems.push('The redirect URL should use https; http is meant for local development only.');
  if (options.whiteLabel && hasBrandWord(url))
    problems.push(
      'A white-label app may not have "highlevel" or "ghl" in the host or path of its redirect URL.',
    );
  return problems;
}

/**
 * Checks a webhook URL against the portal's rules: public https, no credentials (HighLevel's marketplace CLI).
 * Returns one sentence a problem.
 */
export function checkWebhookUrl(url: string): string[] {
  const parts = parseUrl(url);
  if (parts === null) return [`The webhook URL "${url}" is not a complete https address.`];
  const problems: string[] = [];
  if (parts.scheme !== 'https') problems.push('The webhook URL must use https.');
  if (parts.credentials !== null) problems.push('The webhook URL must not contain a user name or password.');
  if (isLocalHost(parts.hostname))
    problems.push(
      `HighLevel cannot reach ${parts.hostname}: the webhook URL must be public, for example through a tunnel.`,
    );
  return problems;
}

/** Whether host or path of a URL contain a name that white-label apps must not show. */
export function hasBrandWord(url: string): boolean {
  const parts = parseUrl(url);
  return parts !== null && brandWords.test(`${parts.hostname}${parts.path}`);
}

/** Whether only this machine or its network can reach a host. */
export function isLocalHost(hostname: string): boolean {
  if (hostname === 'localhost' || /\.(?:localhost|local|internal)$/.test(hostname)) return true;
  if (hostname.startsWith('[')) return /^\[(?:::1|::|f[cd][\da-f]{2}:.*|fe80:.*)\]$/.test(hostname);
  const octets = hostname.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => Number.isNaN(octet))) return false;
  const [a = 0, b = 0] = octets;
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 169 && b === 254)
  );
}
