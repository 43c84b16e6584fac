/** The one listener the internet can reach: routes as data, capture first, answer fast. Implemented in `create-ingress.ts`. */
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type { AnswerRule, Route } from '../../../shared/model/profile.ts';
import type { IngressStatus } from '../../../shared/model/system.ts';
import type { HeldAnswers } from './held-answers.ts';
import type { DecideAnswer } from './ruled-answer.ts';

export type IngressRoute = {
  readonly profileId: ProfileId | null;
  readonly kind: Route['kind'];
  readonly path: string;
  readonly answer: AnswerRule;
};

/** A callback that has been captured, with its query still unmasked: it lives in memory only. */
export type CapturedCallback = {
  readonly exchangeId: ExchangeId;
  readonly profileId: ProfileId | null;
  readonly query: URLSearchParams;
  /** The address it came to, as the browser wrote it, without its query; null where the headers do not tell. */
  readonly address: string | null;
  readonly receivedAt: number;
};

/** A webhook that has been captured, as it came: the log's copy has no `Authorization` and no `Cookie`. */
export type CapturedWebhook = {
  readonly causeId: ExchangeId;
  readonly profileId: ProfileId | null;
  readonly method: string;
  readonly requestTarget: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
};

/** What the callback page says. Plain text: the ingress escapes it. */
export type CallbackPage = {
  readonly ok: boolean;
  readonly status: number;
  readonly title: string;
  readonly sentences: readonly string[];
};

export type Ingress = {
  status(): IngressStatus;
  onStatus(listener: (status: IngressStatus) => void): () => void;
  /** Binds 127.0.0.1 and ::1 on the same port. Port 0 takes any free one. Rejects with `port_busy`. */
  listen(port: number): Promise<IngressStatus>;
  /** Replaces the route table; takes effect with the next request. */
  setRoutes(routes: readonly IngressRoute[]): void;
  /** Asked about whole deliveries on the routes, callbacks excepted; takes effect with the next one. Null asks nobody. */
  setRules(decide: DecideAnswer | null): void;
  /** Senders that wait because a rule says so. */
  readonly held: HeldAnswers;
  /** A nonce the self-test sends through the public address; resolves when it arrived, rejects with `timeout`. */
  expectSelfTest(nonce: string, timeoutMs: number): Promise<void>;
  dispose(): Promise<void>;
};
