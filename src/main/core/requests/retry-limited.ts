/** Requests that HighLevel answers 429 are sent again after the time it asks for. Nothing of such a request was done. */
import { waitAfter429 } from '../../../shared/highlevel/rate-limit.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { RequestWait } from '../../../shared/model/request.ts';
import type { HttpAnswer } from './http-client.ts';

export type RetryLimitedDeps = {
  /** ms since the epoch. */
  readonly now: () => number;
  /** Resolves early, without an error, once the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
};

/** The first one included. */
const mostAttempts = 5;
/** Whoever asks for more than two minutes is not waited for. */
const longestWaitMs = 120_000;

export type Limited = { readonly answer: HttpAnswer; readonly attempts: number };

/**
 * @param send is told whether it is not the first time
 * @param waits called with each wait, and with null when it is over
 * @returns the last answer: still a 429 where the attempts, the day's limit or the patience are used up
 * @throws AppError `cancelled` once the signal is aborted in a wait
 */
export async function retryLimited(
  send: (again: boolean) => Promise<HttpAnswer>,
  { now, wait }: RetryLimitedDeps,
  signal: AbortSignal | undefined,
  waits: (wait: Omit<RequestWait, 'callId'> | null) => void,
): Promise<Limited> {
  for (let attempts = 1; ; attempts += 1) {
    const answer = await send(attempts > 1);
    const ms = answer.status === 429 ? waitAfter429(answer.headers, now()) : null;
    if (ms === null || ms > longestWaitMs || attempts === mostAttempts) return { answer, attempts };
    const { exchangeId } = answer;
    waits({ until: now() + ms, attempt: attempts + 1, attempts: mostAttempts, exchangeId });
    await wait(ms, signal);
    waits(null);
    if (signal?.aborted === true) {
      throw new AppError('cancelled', 'It was cancelled while it waited to be sent again.', { exchangeId });
    }
  }
}
