import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What came of one attempt: a status, or the reason there is none. */
export type AttemptResult =
  | { readonly status: number; readonly error: null }
  | { readonly status: null; readonly error: string };

/**
 * Posts the bytes over a connection of its own (a kept one could be closed under the request and fail it).
 * Unless redirects are followed, a 3xx is an answer like any other; five are followed at most, with method and bytes kept.
 */
export async function postWebhook(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  signal: AbortSignal,
  followRedirects: boolean,
): Promise<AttemptResult> {
  let answer = await postOnce(url, headers, body, signal);
  const mostHops = followRedirects ? MOST_REDIRECTS : 0;
  for (let hops = 0; answer.next !== undefined && hops < mostHops; hops += 1) {
    answer = await postOnce(answer.next, headers, body, signal);
  }
  return answer.result;
}

const MOST_REDIRECTS = 5;

interface Answer {
  readonly result: AttemptResult;
  /** Where a redirect leads. */
  readonly next?: string;
}

function postOnce(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (error: Error): void => {
      const timedOut = signal.aborted && isTimeout(signal.reason);
      resolve({ result: { status: null, error: timedOut ? 'No answer in time.' : describe(error) } });
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
      res.once('end', () => {
        const { statusCode: status = 0, headers: answered } = res;
        const next = status >= 300 && status < 400 ? nextAddress(answered.location, url) : undefined;
        resolve({ result: { status, error: null }, ...(next !== undefined && { next }) });
      });
    });
    req.once('error', fail);
    req.end(body);
  });
}

function nextAddress(location: string | undefined, from: string): string | undefined {
  if (location === undefined || !URL.canParse(location, from)) return undefined;
  const { protocol, href } = new URL(location, from);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
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
