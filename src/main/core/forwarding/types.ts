/** Passing webhooks on; implemented in `create-forwarding.ts`. */
import type { ExchangeSummary, HeaderPairs, SignatureScheme } from '../../../shared/model/exchange.ts';
import type {
  DevelopmentKey,
  EditedReplay,
  ForwardingSettings,
  ForwardingState,
  ForwardTarget,
  ReplayProgress,
  ReplayRequest,
} from '../../../shared/model/forwarding.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { VerificationKey } from '../exchanges/types.ts';
import type { Message, Outgoing } from './record-delivery.ts';

/** An address that is not among the targets. */
export type Destination = Pick<ForwardTarget, 'url' | 'allowRemote'> & {
  readonly signal?: AbortSignal | undefined;
  /** For the whole answer; default 30 s. */
  readonly timeoutMs?: number | undefined;
};

export type Forwarding = {
  state(): ForwardingState;
  onState(listener: (state: ForwardingState) => void): () => void;
  /** Throws `bad_input` for an address that may not be used, and for `on` without a target; nothing has changed then. */
  set(changes: Partial<ForwardingSettings>): ForwardingState;
  /** A webhook that has been stored and acknowledged. Returns at once and never throws. */
  take(message: Message): void;
  /** Forwards to this target until the signal or the consumer ends it. Throws `bad_input` at the first step. */
  run(target: ForwardTarget, signal: AbortSignal | undefined): AsyncGenerator<ExchangeSummary, void>;
  /** Throws `bad_input` where there is nowhere to send to; rejects with `not_found` and `bad_input` at the first step. */
  replay(request: ReplayRequest, signal: AbortSignal | undefined): AsyncGenerator<ReplayProgress, void>;
  replayEdited(edited: EditedReplay): Promise<ExchangeSummary[]>;
  /** Newest first. */
  deliveries(causeIds: readonly ExchangeId[]): Promise<ExchangeSummary[]>;
  /** Sends a message of the companion's own and records it. Rejects with `bad_input` for an address that may not be used. */
  send(message: Outgoing, destination: Destination): Promise<ExchangeSummary>;
  /** The headers with the body's signature by the development key: `X-GHL-Signature`, unless the older scheme is asked for. */
  signed(headers: HeaderPairs, body: Uint8Array, scheme?: SignatureScheme): Promise<HeaderPairs>;
  developmentKey(scheme?: SignatureScheme): Promise<DevelopmentKey>;
  /** Public keys that signatures of edited webhooks are told by. */
  verificationKeys(): VerificationKey[];
  dispose(): Promise<void>;
};
