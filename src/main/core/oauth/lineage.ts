import type { LineageEvent, TokenLineage } from '../../../shared/model/token.ts';
import type { TokenRecord } from './token-record.ts';

/** Of each token so many events are kept; the counts go on. */
const keptEvents = 200;

/** The record with one more event in its lineage. */
export function withEvent(record: TokenRecord, event: LineageEvent): TokenRecord {
  return { ...record, events: [...record.events, event].slice(-keptEvents) };
}

export function lineageOf({ events, refreshes, unavoidableLosses }: TokenRecord): TokenLineage {
  return { events: [...events], refreshes, unavoidableLosses };
}
