import type { ExchangeFilter } from '../model/exchange.ts';
import type { Condition } from './condition.ts';
import { fields, type Draft, type QueryContext } from './fields.ts';

/** What the store is asked for. `context` has the time and the apps that words such as `last:1h` and `app:` mean. */
export function toFilter(conditions: readonly Condition[], context: QueryContext): ExchangeFilter {
  const draft: Draft = { filter: {}, except: {} };
  for (const condition of conditions) {
    if (condition.kind === 'field') {
      fields[condition.key].take(draft, condition.value, condition.not, context);
      continue;
    }
    const side = condition.not ? draft.except : draft.filter;
    side.terms = [...(side.terms ?? []), { text: condition.text, match: condition.match }];
  }
  return Object.keys(draft.except).length === 0 ? draft.filter : { ...draft.filter, except: draft.except };
}
