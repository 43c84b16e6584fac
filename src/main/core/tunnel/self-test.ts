import { randomUUID } from 'node:crypto';
import { request as httpRequest, type Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type Agent as HttpsAgent } from 'node:https';
import { performance } from 'node:perf_hooks';
import type { SelfTestResult } from '../../../shared/model/system.ts';
import type { Ingress } from '../ingress/types.ts';
import { failureOf } from '../requests/http-failure.ts';
import { describeAnswer } from './self-test-answer.ts';

export type SelfTest = (base: string, signal?: AbortSignal) => Promise<SelfTestResult>;

type SelfTestDeps = {
  readonly ingress: Pick<Ingress, 'expectSelfTest'>;
  readonly timeoutMs: number;
  readonly now: () => number;
  /** The way out, through a proxy where there is one. Throws for settings that cannot be used. */
  readonly agentsFor: (url: URL) => { readonly http: HttpAgent; readonly https: HttpsAgent };
};

/** The path the ingress answers with 204 when it expects the nonce. */
export const selfTestPath = (nonce: string): string => `/_companion/self-test/${nonce}`;

/**
 * Sends a request with a nonce through a public address and awaits both ends: the ingress must have seen it, and its
 * 204 must come back. Never rejects; what went wrong is the result's sentence.
 */
export function createSelfTest({ ingress, timeoutMs, now, agentsFor }: SelfTestDeps): SelfTest {
  return async (base, signal) => {
    const nonce = randomUUID();
    const started = performance.now();
    let seen = false;
    const arrival = ingress.expectSelfTest(nonce, timeoutMs).then(
      () => (seen = true),
      () => false,
    );
    const { host } = new URL(base);
    const verdict = await ask(new URL(base + selfTestPath(nonce)), agentsFor, timeoutMs, signal).then(
      async (answer) => {
        const arrived = answer.statusCode === 204 ? await arrival : seen;
        return arrived && answer.statusCode === 204
          ? {
              ok: true,
              sentence: `A request through ${host} reached the companion and its answer came back.`,
            }
          : { ok: false, sentence: describeAnswer(base, answer, arrived) };
      },
      (error: unknown) => ({ ok: false, sentence: failureSentence(error, host, seen, timeoutMs, signal) }),
    );
    return { at: now(), durationMs: Math.round(performance.now() - started), ...verdict };
  };
}

/** Resolves with the head of the answer; the rest is not waited for. A connection of its own, so that nothing old is tested. */
function ask(
  url: URL,
  agentsFor: SelfTestDeps['agentsFor'],
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const agents = agentsFor(url);
    const [send, agent] =
      url.protocol === 'https:' ? [httpsRequest, agents.https] : [httpRequest, agents.http];
    const limit = AbortSignal.timeout(timeoutMs);
    const request = send(url, {
      agent,
      // The warning page of ngrok's free plan is for browsers; this header passes it by (ngrok docs: ERR_NGROK_6024).
      headers: { 'ngrok-skip-browser-warning': '1', 'user-agent': 'highlevel-companion', accept: '*/*' },
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    request.once('response', (answer) => {
      resolve(answer);
      answer.once('error', () => undefined);
      answer.destroy();
    });
    // Stays for good: destroying the answer may report once more.
    request.on('error', reject);
    request.end();
  });
}

function failureSentence(
  error: unknown,
  host: string,
  seen: boolean,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): string {
  if (!(error instanceof Error)) return `The request to ${host} failed.`;
  const cancelled = signal?.aborted === true;
  const timedOut = !cancelled && (error.name === 'TimeoutError' || error.name === 'AbortError');
  if (timedOut && seen) {
    return `The request through ${host} reached the companion, but the answer did not come back within ${timeoutMs / 1000} s.`;
  }
  return failureOf(error, { host, timeoutMs, cancelled, timedOut, answered: false }).sentence;
}
