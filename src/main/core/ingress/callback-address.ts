import type { IncomingMessage } from 'node:http';

const one = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value?.split(',', 1)[0])?.trim();

/**
 * The address under which a request came, as its sender wrote it: a tunnel names it in X-Forwarded-Host and
 * X-Forwarded-Proto, a browser on this machine in Host. The token endpoint wants the redirect URL again to the letter,
 * so `localhost` and `127.0.0.1` are not the same.
 *
 * @returns null where the headers make no address; never to be trusted for more than telling known addresses apart
 */
export function callbackAddress(request: IncomingMessage, path: string): string | null {
  const host = one(request.headers['x-forwarded-host']) ?? request.headers.host;
  const scheme = one(request.headers['x-forwarded-proto']) === 'https' ? 'https' : 'http';
  if (host === undefined || !/^[\w.\-[\]:]+$/.test(host)) return null;
  const address = `${scheme}://${host}${path}`;
  return URL.canParse(address) ? address : null;
}
