/** What a list keeps of an exchange: small enough for a hundred thousand of them. */
import type { ExchangeSummary, Outcome, Purpose } from '../../shared/model/exchange.ts';
import type { Tone } from './words.ts';
import { statusTone, verdictWords } from './words.ts';

type Verdict = keyof typeof verdictWords;

export type ExchangeRow = {
  readonly seq: number;
  readonly id: string;
  readonly purpose: Purpose;
  readonly receivedAt: number;
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly outcome: Outcome;
  readonly durationMs: number | null;
  readonly requestBytes: number;
  readonly responseBytes: number | null;
  readonly profileId: string | null;
  readonly type: string | null;
  readonly category: string | null;
  readonly entityId: string | null;
  readonly locationId: string | null;
  readonly companyId: string | null;
  readonly verdict: Verdict | null;
  readonly duplicate: boolean;
  /** How many times it was passed on or sent again. */
  readonly deliveries: number;
  readonly flagged: boolean;
  readonly pinned: boolean;
  readonly note: string | null;
};

const known = new Map<string, string>();

/** The same string object for the same text: most rows share their event type, sub-account and target. */
function shared(text: string): string {
  const seen = known.get(text);
  if (seen !== undefined) return seen;
  if (known.size > 5000) known.clear();
  known.set(text, text);
  return text;
}

const sharedOrNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : shared(text);

export function toRow(summary: ExchangeSummary): ExchangeRow {
  const event = summary.event;
  return {
    seq: summary.seq,
    id: summary.id,
    purpose: shared(summary.purpose) as Purpose,
    receivedAt: summary.receivedAt,
    method: shared(summary.method),
    url: shared(summary.url),
    status: summary.status,
    outcome: summary.outcome,
    durationMs: summary.durationMs,
    requestBytes: summary.requestBytes,
    responseBytes: summary.responseBytes,
    profileId: sharedOrNull(summary.profileId),
    type: sharedOrNull(event?.type),
    category: sharedOrNull(event?.category),
    entityId: event?.entityId ?? null,
    locationId: sharedOrNull(event?.locationId),
    companyId: sharedOrNull(event?.companyId),
    verdict: event?.signature.verdict ?? null,
    deliveries: summary.deliveries,
    duplicate: event !== null && event.duplicateOf !== null,
    flagged: event !== null && event.flags.length > 0,
    pinned: summary.pinned,
    note: summary.note,
  };
}

/** One colour a row: failures first, then the signature, then the answer. */
export function rowTone(row: ExchangeRow): Tone {
  if (row.outcome === 'failed' || row.outcome === 'too-large') return 'bad';
  if (row.outcome === 'pending') return 'info';
  if (row.outcome === 'cancelled') return 'faint';
  if (row.purpose === 'webhook' && row.verdict !== null && row.verdict !== 'valid')
    return verdictWords[row.verdict].tone;
  return statusTone(row.status);
}
