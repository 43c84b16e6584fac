/** One request from first byte to answer: received, stored and synced, and only then answered. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../../shared/model/app-error.ts';
import type { HeaderPairs, Outcome, Purpose } from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type { CapturedBody, ExchangeCapture, ExchangeStore } from '../exchanges/types.ts';
import type { Log } from '../ports.ts';
import type { Redactor } from '../vault/types.ts';
import {
  CROWDED,
  NOT_FOUND,
  NOT_STORED,
  SELF_TEST,
  TOO_LARGE,
  send,
  sendBeforeEnd,
  textAnswer,
} from './answer.ts';
import type { Answer } from './answer.ts';
import { callbackAddress } from './callback-address.ts';
import { PAGE_HEADERS, renderCallbackPage } from './callback-page.ts';
import type { IngressLimits } from './limits.ts';
import { drainBody, receiveBody } from './receive-body.ts';
import type { BodyBudget, ReceivedBody } from './receive-body.ts';
import type { HeldAnswers } from './held-answers.ts';
import { answerByRule } from './ruled-answer.ts';
import type { DecideAnswer } from './ruled-answer.ts';
import { targetParts } from './route-table.ts';
import type { ReadyRoute, RouteTable } from './route-table.ts';
import type { SelfTests } from './self-test.ts';
import type { CallbackPage, CapturedCallback, CapturedWebhook } from './types.ts';

export type RequestDeps = {
  readonly store: Pick<ExchangeStore, 'append' | 'complete'>;
  readonly redactor: Redactor;
  readonly log: Log;
  readonly now: () => number;
  readonly onCallback: (callback: CapturedCallback) => Promise<CallbackPage>;
  readonly onWebhook?: (webhook: CapturedWebhook) => void;
  readonly limits: IngressLimits;
  readonly selfTests: SelfTests;
  readonly routes: () => RouteTable;
  /** Null while no rule is on. */
  readonly rules: () => DecideAnswer | null;
  readonly held: HeldAnswers;
};

/** What is known of a request before its body. */
type Head = {
  readonly receivedAt: number;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly route: ReadyRoute | null;
  readonly purpose: Purpose;
};

const FAILED_PAGE: CallbackPage = {
  ok: false,
  status: 500,
  title: 'The install could not be finished',
  sentences: [
    'Something went wrong in the companion. Its window shows what, and the install can be started again.',
  ],
};

export function createRequestHandler(
  deps: RequestDeps,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const budget: BodyBudget = { inFlight: 0 };
  return async (request, response) => {
    const head = readHead(request, deps);
    if (deps.selfTests.arrived(head.path)) {
      request.resume();
      send(response, SELF_TEST);
      return;
    }
    const body = await receiveBody(request, deps.limits, budget);
    try {
      if (head.purpose === 'callback' && body.end === 'complete')
        await callback(deps, request, response, head, body);
      else await capture(deps, request, response, head, body);
    } catch (error) {
      // A refusal of the store is said once, when it begins; anything else is a mistake of ours.
      if (!(error instanceof AppError)) {
        deps.log('error', 'A request could not be handled', { error: String(error), purpose: head.purpose });
      }
      send(response, NOT_STORED);
    }
  };
}

function readHead(request: IncomingMessage, deps: RequestDeps): Head {
  const { path, query } = targetParts(request.url ?? '/');
  const wantsCallback = request.method === 'GET' && (query.has('code') || query.has('error'));
  const routes = deps.routes();
  const route = (wantsCallback ? routes.find(path, true) : null) ?? routes.find(path, false);
  const purpose =
    route?.kind === 'callback' ? 'callback' : route?.kind === 'webhook' ? 'webhook' : ('inbound' as const);
  return { receivedAt: deps.now(), path, query, route, purpose };
}

/** Everything but a callback: the answer is known beforehand and stored with the request, in one write. */
async function capture(
  deps: RequestDeps,
  request: IncomingMessage,
  response: ServerResponse,
  head: Head,
  body: ReceivedBody,
): Promise<void> {
  const rules = deps.rules();
  const ruled =
    rules === null || head.route === null || body.end !== 'complete'
      ? null
      : rules({
          profileId: head.route.profileId,
          routeKind: head.route.kind,
          body: body.bytes,
          receivedAt: head.receivedAt,
        });
  if (ruled !== null) {
    await answerByRule(deps, {
      request,
      response,
      capture: captured(deps, request, head, body),
      ruled,
      onStored: (id) => tell(deps, request, head, body, id),
    });
    return;
  }
  const answer = answerFor(head, body);
  const fault = faultOf(request, body, deps.limits);
  const { id } = await deps.store.append({
    ...captured(deps, request, head, body),
    answer: {
      status: answer?.status ?? null,
      headers: answer?.headers ?? [],
      body: { bytes: answer === null || request.method === 'HEAD' ? new Uint8Array(0) : answer.body },
      outcome: fault?.outcome ?? 'answered',
      error: fault?.sentence ?? null,
      finishedAt: deps.now(),
    },
  });
  if (answer === null) return;
  if (body.end !== 'complete') {
    await sendBeforeEnd(response, answer, () => drainBody(request, deps.limits));
    return;
  }
  send(response, answer);
  tell(deps, request, head, body, id);
}

/** Says that a whole webhook has come. */
function tell(
  { onWebhook }: RequestDeps,
  request: IncomingMessage,
  head: Head,
  body: ReceivedBody,
  id: ExchangeId,
): void {
  if (head.purpose !== 'webhook') return;
  onWebhook?.({
    causeId: id,
    profileId: head.route?.profileId ?? null,
    method: request.method ?? '',
    requestTarget: request.url ?? '',
    headers: headerPairs(request.rawHeaders),
    body: body.bytes,
  });
}

/** A callback is stored as pending, then acted upon, and gets its answer when that is done. */
async function callback(
  deps: RequestDeps,
  request: IncomingMessage,
  response: ServerResponse,
  head: Head,
  body: ReceivedBody,
): Promise<void> {
  const profileId = head.route?.profileId ?? null;
  const { id } = await deps.store.append(captured(deps, request, head, body));
  let page = FAILED_PAGE;
  let failure: string | null = null;
  try {
    page = await deps.onCallback({
      exchangeId: id,
      profileId,
      query: head.query,
      address: callbackAddress(request, head.path),
      receivedAt: head.receivedAt,
    });
  } catch (error) {
    failure = 'The companion failed while it dealt with the callback.';
    deps.log('error', 'A callback could not be dealt with', {
      error: deps.redactor.text(String(error)),
      exchangeId: id,
    });
  }
  const answer = textAnswer(page.status, PAGE_HEADERS, renderCallbackPage(page));
  await deps.store.complete(id, {
    status: answer.status,
    headers: answer.headers,
    body: { bytes: answer.body },
    outcome: failure === null ? 'answered' : 'failed',
    error: failure,
    finishedAt: deps.now(),
  });
  send(response, answer);
}

function captured(
  deps: RequestDeps,
  request: IncomingMessage,
  head: Head,
  body: ReceivedBody,
): ExchangeCapture {
  const { redactor } = deps;
  const raw: CapturedBody = { bytes: body.bytes, complete: body.end === 'complete' };
  const secret = head.purpose === 'callback';
  const profileId: ProfileId | null = head.route?.profileId ?? null;
  return {
    purpose: head.purpose,
    direction: 'inbound',
    receivedAt: head.receivedAt,
    method: request.method ?? '',
    url: redactor.url(request.url ?? ''),
    httpVersion: request.httpVersion,
    remoteAddress: request.socket.remoteAddress ?? null,
    requestHeaders: redactor.headers(headerPairs(request.rawHeaders)),
    // What webhooks and other senders deliver is kept byte for byte.
    requestBody: secret
      ? {
          ...redactor.body(body.bytes, request.headers['content-type'] ?? null),
          complete: body.end === 'complete',
        }
      : raw,
    profileId,
  };
}

/** Null when there is nobody left to answer. */
function answerFor(head: Head, body: ReceivedBody): Answer | null {
  switch (body.end) {
    case 'aborted':
      return null;
    case 'too-large':
      return TOO_LARGE;
    case 'crowded':
      return CROWDED;
    case 'complete':
      return head.route?.ready ?? NOT_FOUND;
  }
}

function faultOf(
  request: IncomingMessage,
  body: ReceivedBody,
  limits: IngressLimits,
): { readonly outcome: Exclude<Outcome, 'pending'>; readonly sentence: string } | null {
  const announced = request.headers['content-length'];
  const of = announced === undefined ? '' : ` of the ${announced} announced`;
  switch (body.end) {
    case 'complete':
      return null;
    case 'aborted':
      return {
        outcome: 'failed',
        sentence: `The sender closed the connection, or took too long, after ${body.bytes.length} bytes${of}.`,
      };
    case 'too-large':
      return {
        outcome: 'too-large',
        sentence: `The body is larger than ${mebibytes(limits.bodyBytes)}; the first ${body.bytes.length} bytes${of} were kept.`,
      };
    case 'crowded':
      return {
        outcome: 'failed',
        sentence: `Too many large bodies came at one time; the first ${body.bytes.length} bytes${of} were kept.`,
      };
  }
}

function mebibytes(bytes: number): string {
  return `${Number((bytes / 1024 / 1024).toFixed(3))} MiB`;
}

/** Node lists names and values in turn. */
function headerPairs(raw: readonly string[]): HeaderPairs {
  const pairs: HeaderPairs = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return pairs;
}
