/** Sends something on and records it: one exchange with the purpose `forward`, on success and on failure alike. */
import type { ExchangeSummary, HeaderPairs, Outcome } from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { FailureKind } from '../requests/http-failure.ts';
import type { Redactor } from '../vault/types.ts';
import { createAgents, deliver } from './deliver.ts';
import { deliveryHeaders, deliveryUrl } from './delivery-headers.ts';

/** What is sent on. */
export type Message = {
  /** The exchange it came from. */
  readonly causeId: ExchangeId;
  readonly profileId: ProfileId | null;
  readonly method: string;
  /** Request target as it came; its query goes along. */
  readonly requestTarget: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
};

/** What is sent on its own account where `causeId` is null. */
export type Outgoing = Omit<Message, 'causeId'> & { readonly causeId: ExchangeId | null };

export type DelivererDeps = {
  readonly store: Pick<ExchangeStore, 'append'>;
  readonly redactor: Pick<Redactor, 'url' | 'headers' | 'text'>;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly timeoutMs: number;
};

export type Deliverer = {
  /** Rejects only when the delivery could not be stored. */
  send(message: Outgoing, target: URL, signal: AbortSignal, timeoutMs?: number): Promise<ExchangeSummary>;
  dispose(): void;
};

const OUTCOMES: Readonly<Record<FailureKind, Exclude<Outcome, 'pending'>>> = {
  unreachable: 'failed',
  timeout: 'failed',
  reset: 'failed',
  'cut-off': 'failed',
  failed: 'failed',
  cancelled: 'cancelled',
  'too-large': 'too-large',
};

export function createDeliverer({ store, redactor, now, timeoutMs }: DelivererDeps): Deliverer {
  const agents = createAgents();
  return {
    async send(message, target, signal, patienceMs = timeoutMs) {
      const receivedAt = now();
      const url = deliveryUrl(target, message.requestTarget);
      const headers = deliveryHeaders(message.headers, url.host, message.body.length);
      const { method, body } = message;
      const result = await deliver({ url, method, headers, body, timeoutMs: patienceMs, signal }, agents);
      const { status, failure } = result;
      const answer = {
        status,
        headers: redactor.headers(result.headers),
        body: { bytes: result.body, complete: result.complete },
        outcome: failure === null ? ('answered' as const) : OUTCOMES[failure.kind],
        error: failure === null ? null : redactor.text(failure.sentence),
        timings: result.timings,
        connection: result.connection,
        finishedAt: receivedAt + result.timings.total,
      };
      const shownUrl = redactor.url(url.href);
      const { seq, id } = await store.append({
        purpose: 'forward',
        direction: 'outbound',
        receivedAt,
        method,
        url: shownUrl,
        httpVersion: result.httpVersion,
        remoteAddress: result.remoteAddress,
        requestHeaders: redactor.headers(headers),
        requestBody: { bytes: body },
        profileId: message.profileId,
        causeId: message.causeId,
        answer,
      });
      return {
        seq,
        id,
        purpose: 'forward',
        direction: 'outbound',
        receivedAt,
        method,
        url: shownUrl,
        status,
        outcome: answer.outcome,
        error: answer.error,
        durationMs: result.timings.total,
        requestBytes: body.length,
        responseBytes: result.body.length,
        profileId: message.profileId,
        causeId: message.causeId,
        deliveries: 0,
        event: null,
        imported: null,
        pinned: false,
        note: null,
      };
    },
    dispose() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
