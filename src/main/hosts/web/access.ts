/** Which requests the web host hears at all. Treat it as next to remote code execution: any page may try to reach it. */
import type { IncomingMessage } from 'node:http';

/** One sentence for the log and the caller; null when the request may go on. */
export type Refusal = string | null;

/** The names under which a browser of this machine may know us. Anything else is DNS rebinding. */
const hostsOf = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/** Host exactly ours, and Origin exactly that host on every request that carries one. */
export function refuseRequest({ headers: { host, origin } }: IncomingMessage, port: number): Refusal {
  if (host === undefined || !hostsOf(port).includes(host))
    return 'The Host header does not name this companion.';
  if (origin !== undefined && origin !== `http://${host}`) return 'The Origin header names another page.';
  return null;
}

/**
 * What changes something, or opens the contract, comes from our own page and says so. `Sec-Fetch-Site` is looked at
 * beside Origin where the browser sends it; for an upgrade browsers disagree on `same-origin` or `same-site`.
 */
export function refuseCrossSite({ headers }: IncomingMessage): Refusal {
  if (headers.origin === undefined) return 'The Origin header is missing.';
  return headers['sec-fetch-site'] === 'cross-site' ? 'The request comes from another site.' : null;
}
