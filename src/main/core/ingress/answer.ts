/** The answers of the ingress, and how they are sent. */
import type { ServerResponse } from 'node:http';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { AnswerRule } from '../../../shared/model/profile.ts';

export type Answer = {
  readonly status: number;
  readonly headers: HeaderPairs;
  /** The bytes of `text`. */
  readonly body: Uint8Array;
  /** Node sends a head and a text in one write, a head and bytes in two. */
  readonly text: string;
};

/** Statuses that have no body (RFC 9110). */
const BODILESS = new Set([204, 205, 304]);

/** Made once a route, not once a request. */
export function answerOf(rule: AnswerRule): Answer {
  if (BODILESS.has(rule.status)) return textAnswer(rule.status, [], '');
  return textAnswer(rule.status, [['Content-Type', rule.contentType]], rule.body);
}

/** An answer with headers of one's own; a status that has no body gets none, and no type for it. */
export function answerWith(status: number, headers: HeaderPairs, text: string): Answer {
  if (!BODILESS.has(status)) return textAnswer(status, headers, text);
  const kept = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return textAnswer(status, kept, '');
}

/** A status with the headers given, the text in UTF-8 and its length. */
export function textAnswer(status: number, headers: HeaderPairs, text: string): Answer {
  const body = Buffer.from(text);
  const length: HeaderPairs = BODILESS.has(status) ? [] : [['Content-Length', String(body.length)]];
  return { status, headers: [...headers, ...length], body, text };
}

function refusal(status: number, error: string, further: HeaderPairs = []): Answer {
  return textAnswer(status, [['Content-Type', 'application/json'], ...further], JSON.stringify({ error }));
}

/** For answers that leave the rest of a body unread: nothing can follow on this connection. */
const LAST: HeaderPairs = [['Connection', 'close']];

/** Fixed texts: nothing of the request is ever reflected. */
export const NOT_FOUND = refusal(404, 'not found');
export const TOO_LARGE = refusal(413, 'body too large', LAST);
export const CROWDED = refusal(503, 'too many requests at one time', LAST);
/** Anything but 2xx lets the platform deliver again; a 200 for what was not stored would lose it. */
export const NOT_STORED = refusal(503, 'not stored');
export const SELF_TEST = textAnswer(204, [['Cache-Control', 'no-store']], '');

/** Sends it, unless the sender has gone; a HEAD gets no body. */
export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(answer.status, answer.headers.flat());
  response.end(textFor(response, answer));
}

/**
 * Sends an answer to a request of which not everything was read. The connection is closed only after `rest`: closing it
 * while bytes arrive would reset it, and the sender might never see the answer.
 */
export async function sendBeforeEnd(
  response: ServerResponse,
  answer: Answer,
  rest: () => Promise<void>,
): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(answer.status, answer.headers.flat());
  const text = textFor(response, answer);
  if (text !== undefined) response.write(text);
  await rest();
  response.end();
}

function textFor(response: ServerResponse, answer: Answer): string | undefined {
  return response.req.method === 'HEAD' || answer.text === '' ? undefined : answer.text;
}
