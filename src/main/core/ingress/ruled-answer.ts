/** A delivery answered otherwise than its route says: stored first, and with what became of it in the end. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../../../shared/model/profile.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type { CapturedAnswer, ExchangeCapture, ExchangeStore } from '../exchanges/types.ts';
import type { Redactor } from '../vault/types.ts';
import { send } from './answer.ts';
import type { Answer } from './answer.ts';
import type { HeldAnswers, HoldEnd } from './held-answers.ts';

/** What a rule is asked about. */
export type ArrivedDelivery = {
  readonly profileId: ProfileId | null;
  readonly routeKind: Route['kind'];
  readonly body: Uint8Array;
  /** ms since the epoch. */
  readonly receivedAt: number;
};

export type RuledAnswer =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly delayMs: number }
  | { readonly kind: 'hang'; readonly forMs: number }
  | { readonly kind: 'reset'; readonly delayMs: number };

/** Null leaves the answer to the route. Must neither wait nor throw. */
export type DecideAnswer = (delivery: ArrivedDelivery) => RuledAnswer | null;

export type RuledAnswerDeps = {
  readonly store: Pick<ExchangeStore, 'append' | 'complete'>;
  readonly redactor: Pick<Redactor, 'headers'>;
  readonly now: () => number;
  readonly held: HeldAnswers;
};

export type RuledRequest = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly capture: ExchangeCapture;
  readonly ruled: RuledAnswer;
  /** Called once it is stored, before anybody waits. */
  readonly onStored: (id: ExchangeId) => void;
};

/** Rejects when it could not be stored; then nothing has been answered. */
export async function answerByRule(deps: RuledAnswerDeps, given: RuledRequest): Promise<void> {
  const { store, held, now } = deps;
  const { request, response, capture, ruled, onStored } = given;
  const holdMs = ruled.kind === 'hang' ? ruled.forMs : ruled.delayMs;
  if (holdMs === 0) {
    const { id } = await store.append({ ...capture, answer: recorded(deps, given, 'time') });
    onStored(id);
    carryOut(request, response, ruled);
    return;
  }
  const { id } = await store.append(capture);
  onStored(id);
  const end = await held.wait(response, holdMs);
  await store.complete(id, recorded(deps, given, end, now() - capture.receivedAt));
  if (end !== 'gone') carryOut(request, response, ruled);
}

function carryOut(request: IncomingMessage, response: ServerResponse, ruled: RuledAnswer): void {
  switch (ruled.kind) {
    case 'answer':
      send(response, ruled.answer);
      return;
    case 'hang':
      request.socket.destroy();
      return;
    case 'reset':
      request.socket.resetAndDestroy();
  }
}

function recorded(
  { redactor, now }: RuledAnswerDeps,
  { request, ruled }: RuledRequest,
  end: HoldEnd,
  waitedMs = 0,
): CapturedAnswer {
  const finishedAt = now();
  if (ruled.kind === 'answer' && end !== 'gone') {
    const { status, headers, body } = ruled.answer;
    const bytes = request.method === 'HEAD' ? new Uint8Array(0) : body;
    return { status, headers: redactor.headers(headers), body: { bytes }, outcome: 'answered', finishedAt };
  }
  return {
    status: null,
    headers: [],
    body: { bytes: new Uint8Array(0) },
    outcome: 'failed',
    error: sentence(ruled, end, seconds(waitedMs)),
    finishedAt,
  };
}

function sentence(ruled: RuledAnswer, end: HoldEnd, after: string): string {
  switch (ruled.kind) {
    case 'answer':
      return `The sender gave up after ${after}, before an answer rule let ${ruled.answer.status} go.`;
    case 'reset':
      return end === 'gone'
        ? `The sender gave up after ${after}, before an answer rule reset the connection.`
        : 'An answer rule reset the connection instead of answering.';
    case 'hang':
      return `An answer rule gave no answer; ${hangEnds[end](after)}.`;
  }
}

const hangEnds: Readonly<Record<HoldEnd, (after: string) => string>> = {
  gone: (after) => `the sender gave up after ${after}`,
  time: (after) => `the connection was closed after ${after}, since the sender would not give up`,
  'let-go': (after) => `the connection was closed after ${after}, when the rules or the companion were ended`,
  crowded: () => 'the connection was closed at once, since too many senders were waiting already',
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
