/** Reads a request's body, up to the limit, and says how it ended. */
import type { IncomingMessage } from 'node:http';
import type { IngressLimits } from './limits.ts';

export type ReceivedBody = {
  /** What arrived, cut at the limit. */
  readonly bytes: Uint8Array;
  /** `aborted`: the sender went away. `too-large`: over the limit. `crowded`: too many bodies at one time. */
  readonly end: 'complete' | 'aborted' | 'too-large' | 'crowded';
};

export type BodyBudget = { inFlight: number };

const EMPTY = new Uint8Array(0);

/**
 * Resolves when the body is there, the sender has gone or a limit is reached; never rejects. After `too-large` and
 * `crowded` the rest of the body is left unread.
 */
export function receiveBody(
  request: IncomingMessage,
  limits: IngressLimits,
  budget: BodyBudget,
): Promise<ReceivedBody> {
  if (refusesToContinue(request, limits)) return Promise.resolve({ bytes: EMPTY, end: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;

    const finish = (end: ReceivedBody['end']): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      // A connection that breaks after this is nobody's news.
      request.on('error', ignore);
      budget.inFlight -= length;
      const single = chunks.length === 1 ? chunks[0] : undefined;
      resolve({ bytes: single ?? (length === 0 ? EMPTY : Buffer.concat(chunks, length)), end });
    };
    const onData = (chunk: Buffer): void => {
      const room = limits.bodyBytes - length;
      const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
      chunks.push(kept);
      length += kept.length;
      budget.inFlight += kept.length;
      if (chunk.length > room) {
        request.pause();
        finish('too-large');
      } else if (budget.inFlight > limits.bodyBytesInFlight) {
        request.pause();
        finish('crowded');
      }
    };
    const onEnd = (): void => finish('complete');
    const onClose = (): void => finish('aborted');
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

function ignore(): void {
  // The body has been dealt with; there is nothing left to report to.
}

/**
 * True for a sender that asks whether to go on (`Expect: 100-continue`) and announces more than the limit: it is told no,
 * and sends nothing.
 */
export function refusesToContinue(request: IncomingMessage, limits: IngressLimits): boolean {
  const asks = request.headers.expect?.toLowerCase() === '100-continue';
  return asks && Number(request.headers['content-length'] ?? 0) > limits.bodyBytes;
}

/**
 * Reads and drops what is still coming, so that a sender that writes before it reads gets to see the answer. Resolves
 * at the end of the request, or when enough was dropped.
 */
export function drainBody(request: IncomingMessage, limits: IngressLimits): Promise<void> {
  return new Promise((resolve) => {
    let dropped = 0;
    const timer = setTimeout(resolve, limits.drainMs);
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Buffer) => {
      dropped += chunk.length;
      if (dropped > limits.drainBytes) stop();
    });
    request.once('end', stop).once('close', stop).resume();
  });
}
