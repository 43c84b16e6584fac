/** The main thread's end of the capture worker: rows in, promises out. */
import type { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import { failureError } from './database-errors.ts';
import type { AnswerTuple, BodyTuple, FromCapture, ToCapture, WriteRow } from './messages.ts';
import type { CapturedAnswer, CapturedBody, ExchangeCapture } from './types.ts';

type Waiting = {
  readonly resolve: (seq: number) => void;
  readonly reject: (error: AppError) => void;
};

export type CaptureQueue = {
  append(id: ExchangeId, capture: ExchangeCapture): Promise<number>;
  complete(id: ExchangeId, answer: CapturedAnswer): Promise<number>;
  settle(message: Extract<FromCapture, { kind: 'committed' }>): void;
  /** Every write that waits, and every later one, fails with this. */
  fail(error: AppError): void;
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>;
};

/**
 * Collects the writes of one turn of the event loop and posts them together, their bodies packed into one transferred
 * buffer. The worker answers in the order it was asked, so a plain queue matches answers to promises.
 */
export function createCaptureQueue(
  post: (message: ToCapture, transfer: ArrayBuffer[]) => void,
): CaptureQueue {
  let rows: WriteRow[] = [];
  let bodies: Uint8Array[] = [];
  let packed = 0;
  let scheduled = false;
  let failed: AppError | null = null;
  const waiting: Waiting[] = [];
  let head = 0;
  const idle: (() => void)[] = [];

  const tuple = (body: CapturedBody): BodyTuple => {
    const offset = packed;
    bodies.push(body.bytes);
    packed += body.bytes.length;
    const marks = body.marks === undefined || body.marks.length === 0 ? null : JSON.stringify(body.marks);
    return [offset, body.bytes.length, body.complete ?? true, marks, body.spooled ?? null];
  };

  const answerTuple = (answer: CapturedAnswer): AnswerTuple => [
    answer.status,
    JSON.stringify(answer.headers),
    tuple(answer.body),
    answer.outcome,
    answer.error ?? null,
    answer.timings ? JSON.stringify(answer.timings) : null,
    answer.finishedAt,
    answer.connection ? JSON.stringify(answer.connection) : null,
  ];

  const flush = (): void => {
    scheduled = false;
    if (rows.length === 0) return;
    const bytes = new Uint8Array(packed);
    let offset = 0;
    for (const body of bodies) {
      bytes.set(body, offset);
      offset += body.length;
    }
    const message: ToCapture = { kind: 'write', rows, bytes: bytes.buffer };
    rows = [];
    bodies = [];
    packed = 0;
    post(message, [bytes.buffer]);
  };

  const push = (row: () => WriteRow): Promise<number> =>
    new Promise((resolve, reject) => {
      if (failed !== null) {
        reject(failed);
        return;
      }
      rows.push(row());
      waiting.push({ resolve, reject });
      if (scheduled) return;
      scheduled = true;
      setImmediate(flush);
    });

  const wakeIdle = (): void => {
    if (head < waiting.length) return;
    waiting.length = 0;
    head = 0;
    for (const wake of idle.splice(0)) wake();
  };

  return {
    append: (id, capture) =>
      push(() => ({
        capture: [
          [
            id,
            capture.purpose,
            capture.direction,
            capture.receivedAt,
            capture.method,
            capture.url,
            capture.httpVersion ?? null,
            capture.remoteAddress ?? null,
            capture.profileId ?? null,
            capture.causeId ?? null,
            JSON.stringify(capture.requestHeaders),
            capture.imported ? JSON.stringify(capture.imported) : null,
          ],
          tuple(capture.requestBody),
          capture.answer === undefined ? null : answerTuple(capture.answer),
        ],
      })),
    complete: (id, answer) => push(() => ({ completion: [id, answerTuple(answer)] })),
    settle({ results }) {
      for (const result of results) {
        const next = waiting[head];
        head += 1;
        if (typeof result === 'number') next?.resolve(result);
        else next?.reject(failureError(result));
      }
      if (head > 1024) {
        waiting.splice(0, head);
        head = 0;
      }
      wakeIdle();
    },
    fail(error) {
      failed = error;
      rows = [];
      bodies = [];
      packed = 0;
      for (const next of waiting.splice(0).slice(head)) next.reject(error);
      head = 0;
      wakeIdle();
    },
    drained: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        wakeIdle();
      }),
  };
}
