import type { IncomingMessage } from 'node:http';

type Answer = Pick<IncomingMessage, 'statusCode' | 'headers'>;

/** What ngrok's edge answers by itself to a visitor (ngrok docs: error codes). */
const ngrokAnswers: Readonly<Record<string, string>> = {
  ERR_NGROK_3200: 'ngrok says that no agent is online for it',
  ERR_NGROK_6024: "ngrok's warning page for browsers came instead of the companion's answer",
  ERR_NGROK_715: "ngrok's limit of requests a minute is used up",
  ERR_NGROK_725: "ngrok's transfer limit for this month is used up",
  ERR_NGROK_726: "ngrok's limit of connections is used up",
  ERR_NGROK_727: "ngrok's limit of requests for this month is used up",
  ERR_NGROK_728: "ngrok's limit of connections is used up",
  ERR_NGROK_729: "ngrok's limit of connections is used up",
};

/**
 * Says in one sentence what an answer that is not the companion's own means.
 *
 * @param arrived the request had reached the companion all the same.
 */
export function describeAnswer(base: string, { statusCode = 0, headers }: Answer, arrived: boolean): string {
  const { host } = new URL(base);
  const code = String(headers['ngrok-error-code'] ?? '');
  const known = ngrokAnswers[code];
  if (known !== undefined) return `${host} does not lead here: ${known} (${code}).`;
  if (code !== '') return `${host} does not lead here: ngrok answered ${statusCode} (${code}).`;
  if (arrived)
    return `The request through ${host} reached the companion, but its 204 came back as ${statusCode}.`;
  if (statusCode >= 300 && statusCode < 400)
    return `${host} redirects${target(base, headers.location)} instead of passing requests on.`;
  if (statusCode === 404) return `${host} answered 404: another server answers there, not the companion.`;
  if (statusCode === 401 || statusCode === 403)
    return `${host} answered ${statusCode}: it lets nobody in without signing in.`;
  if (statusCode >= 502 && statusCode <= 504)
    return `${host} answered ${statusCode}: it cannot reach the companion.`;
  if (/^text\/html\b/i.test(headers['content-type'] ?? '')) {
    return `${host} answered ${statusCode} with a web page of its own instead of passing the request on.`;
  }
  return `${host} answered ${statusCode} by itself: the request did not reach the companion.`;
}

function target(base: string, location: string | undefined): string {
  if (location === undefined || !URL.canParse(location, base)) return '';
  // The origin only: what follows may carry a session.
  return ` to ${new URL(location, base).origin}`;
}
