/** Deliveries that tell of what may be one change. */
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { Related } from '../../../shared/model/relations.ts';

/** What one change fires arrives within a few seconds; longer than this without any, and the next is another change. */
const GAP_MS = 3000;
const MOST_LISTED = 100;

/**
 * The deliveries around one that have at most three seconds between one and the next. Opportunity changes fire
 * OpportunityUpdate and the event of what changed, and contact changes do likewise, so several events are often one
 * change. Repetitions of the same `webhookId` are in the group and make no noise of their own.
 *
 * @param others deliveries about the same entity, in any order, without the one itself
 */
export function groupAround(exchange: ExchangeSummary, others: readonly ExchangeSummary[]): Related['group'] {
  const sorted = [exchange, ...others].toSorted((a, b) => a.receivedAt - b.receivedAt || a.seq - b.seq);
  const own = sorted.indexOf(exchange);
  const near = (a: ExchangeSummary | undefined, b: ExchangeSummary | undefined): boolean =>
    a !== undefined && b !== undefined && b.receivedAt - a.receivedAt <= GAP_MS;
  let first = own;
  let last = own;
  while (near(sorted[first - 1], sorted[first])) first -= 1;
  while (near(sorted[last], sorted[last + 1])) last += 1;
  const items = sorted.slice(first, last + 1);
  const types = [...new Set(items.flatMap(({ event }) => event?.type ?? []))];
  const distinct = new Set(items.map(({ id, event }) => event?.webhookId ?? id)).size;
  const noisy = distinct > 1;
  return {
    items: items.slice(0, MOST_LISTED),
    more: items.length > MOST_LISTED,
    gapMs: GAP_MS,
    noisy,
    sentence: noisy ? sentenceOf(distinct, types) : null,
  };
}

function sentenceOf(count: number, types: readonly string[]): string {
  const general = types.find((type) => /^[A-Z][a-z]+Update$/.test(type));
  const specific = types.filter((type) => type !== general);
  if (general !== undefined && specific.length > 0)
    return `${general} came together with ${specific.join(', ')}: HighLevel may send ${types.length > 2 ? 'all of them' : 'both'} for one change, so code that acts on each acts twice.`;
  if (types.length > 1) return `${types.join(', ')} came within seconds and may tell of one change.`;
  return `${count} deliveries of ${types[0] ?? 'one kind'} about the same entity came within seconds.`;
}
