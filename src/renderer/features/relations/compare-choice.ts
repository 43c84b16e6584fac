/** The first of two exchanges to be compared, while the second one is looked for. */
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { announce, toast } from '../../lib/notices.ts';
import { go } from '../../lib/route.ts';
import { createValue } from '../../lib/value.ts';
import { exchangeTitle } from '../../lib/words.ts';

type Choice = { readonly id: string; readonly title: string; readonly at: number };

export const compareChoice = createValue<Choice | null>(null);

export function chooseToCompare(
  exchange: Pick<ExchangeSummary, 'id' | 'method' | 'url' | 'event' | 'receivedAt'>,
): void {
  compareChoice.set({ id: exchange.id, title: exchangeTitle(exchange), at: exchange.receivedAt });
  const words = 'Open the exchange to compare it with, in any list';
  toast(words, { label: 'Cancel', run: () => compareChoice.set(null) });
  announce(words);
}

export function compareWith(id: string): void {
  const first = compareChoice.get();
  if (first === null) return;
  compareChoice.set(null);
  go('compare', `${first.id}/${id}`);
}
