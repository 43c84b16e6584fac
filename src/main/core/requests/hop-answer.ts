import type { Connection, HeaderPairs, Timings } from '../../../shared/model/exchange.ts';
import type { HttpFailure } from './http-failure.ts';

/** What one outgoing request brought back, whole, in part or not at all: enough to be recorded as an exchange. */
export type HopAnswer = {
  readonly status: number | null;
  readonly httpVersion: string | null;
  readonly remoteAddress: string | null;
  readonly headers: HeaderPairs;
  /** After transfer decoding, before content decoding. */
  readonly body: Uint8Array;
  /** False when the answer broke off. */
  readonly complete: boolean;
  readonly timings: Timings;
  /** Null where there was none, or nobody looked. */
  readonly connection: Connection | null;
  readonly failure: HttpFailure | null;
};
