import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What came of one attempt: a status, or the reason there is none. */
export type AttemptResult =
  | { readonly status: number; readonly error: null }
  | { readonly status: null; readonly error: string };

/**
 * Posts the bytes once over a connection of its own (a kept one could be closed under the request and fail it).
 * Redirects are not followed: a 3xx is an answer like any other.
 */
export function postWebhook(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  signal: AbortSignal,
): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const fail = (error: Error): void => {
      const timedOut = signal.aborted && isTimeout(signal.reason);
      resolve({ status: null, error: timedOut ? 'No answer in time.' : describe(error) });
    };
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const options = {
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'content-length': String(body.length) },
    };
    const req = send(url, options, (res) => {
      res.resume();
      res.once('error', fail);
      res.once('end', () => resolve({ status: res.statusCode ?? 0, error: null }));
    });
    req.once('error', fail);
    req.end(body);
  });
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return FAILURES.get(code) ?? (error.message || code || 'The connection failed.');
}

const FAILURES: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'Nothing listens at this address.'],
  ['ECONNRESET', 'The receiver dropped the connection.'],
  ['ENOTFOUND', 'The host name does not exist.'],
  ['ABORT_ERR', 'The simulator stopped.'],
]);
