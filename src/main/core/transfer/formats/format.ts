/** A way to write exchanges down, one after another, so that no more than one is held. */
import type { WholeExchange } from '../types.ts';

export type Format = {
  begin(): string;
  /** Null for an exchange the format has no place for. `isFirst`: none was written before it. */
  entry(exchange: WholeExchange, isFirst: boolean): string | null | Promise<string | null>;
  end(): string;
};
