import type { DeliveryTurn } from '../../../shared/model/delivery-rule.ts';

/** So many deliveries are told apart; beyond, the one seen longest ago is forgotten and begins anew. */
const MOST_KEYS = 10_000;

export type TurnCounter = {
  readonly matched: () => number;
  readonly decided: () => number;
  readonly isSpent: () => boolean;
  /** Counts a delivery that matches, and says whether its answer is the rule's. `key` tells one delivery from others. */
  take(key: () => string): boolean;
};

export function createTurnCounter(turn: DeliveryTurn): TurnCounter {
  const ofKey = new Map<string, number>();
  let matched = 0;
  let decided = 0;

  const isTurn = (key: () => string): boolean => {
    switch (turn.kind) {
      case 'all':
        return true;
      case 'first':
        return matched <= turn.times;
      case 'every':
        return matched % turn.times === 0;
      case 'first-of-each':
        return countOf(key()) <= turn.times;
    }
  };

  const countOf = (key: string): number => {
    const count = (ofKey.get(key) ?? 0) + 1;
    ofKey.delete(key);
    ofKey.set(key, count);
    const [oldest] = ofKey.size > MOST_KEYS ? ofKey.keys() : [];
    if (oldest !== undefined) ofKey.delete(oldest);
    return count;
  };

  return {
    matched: () => matched,
    decided: () => decided,
    isSpent: () => turn.kind === 'first' && matched >= turn.times,
    take(key) {
      matched += 1;
      const isOurs = isTurn(key);
      if (isOurs) decided += 1;
      return isOurs;
    },
  };
}
