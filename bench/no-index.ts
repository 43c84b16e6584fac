/** In the place of the text index where its cost is measured. */
import type { TextIndexer } from '../src/main/core/exchanges/text-indexer.ts';

export const createTextIndexer = (): TextIndexer => ({
  step: () => false,
  indexedUntil: () => Infinity,
  completedUntil: () => Infinity,
  lastCompletion: () => 0,
  revise: () => {},
});
