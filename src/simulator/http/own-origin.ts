import type { Incoming } from './messages.ts';
import { refuse } from './refusal.ts';

/**
 * Lets through what comes from this computer's own programs and from the simulator's own pages. A web page that points
 * a host name at this computer shows itself by `Host`, one on another origin by `Origin` or `Sec-Fetch-Site`.
 * @throws Refusal 403
 */
export function requireOwnOrigin(request: Incoming, url: string): void {
  const { host: own, hostname, port } = new URL(url);
  const names = ['127.0.0.1', 'localhost', '[::1]', hostname].map((name) => `${name}:${port}`);
  const { host = '', origin } = request.headers;
  if (host !== own && !names.includes(host)) {
    throw refuse(403, `The simulator's control API answers only to ${names.slice(0, 3).join(', ')}.`);
  }
  const foreign = origin !== undefined && origin !== `http://${host}`;
  if (foreign || request.headers['sec-fetch-site'] === 'cross-site') {
    throw refuse(403, 'Pages of other origins may not use the simulator.');
  }
}
