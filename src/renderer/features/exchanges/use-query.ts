/** The query of a list: as typed, as conditions, and as the filter the store is asked for. */
import { useEffect, useMemo, useState } from 'react';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import type { Condition } from '../../../shared/query/condition.ts';
import { fields, type Choice, type FieldKey } from '../../../shared/query/fields.ts';
import { parseQuery, sameCondition } from '../../../shared/query/parse.ts';
import { printQuery } from '../../../shared/query/print.ts';
import { toFilter } from '../../../shared/query/to-filter.ts';
import type { ExchangeLog } from '../../lib/exchange-log.ts';
import type { Screen } from '../../lib/route.ts';
import { useView, view } from '../../lib/view-state.ts';
import { useProfiles, useTokens } from '../../platform/queries.ts';

const searchDelayMs = 180;
const noApps: readonly never[] = [];

export type ListQuery = {
  readonly text: string;
  readonly conditions: readonly Condition[];
  readonly problems: readonly string[];
  readonly filter: ExchangeFilter;
  readonly setText: (text: string) => void;
  has(condition: Condition): boolean;
  /** Adds the condition, or takes it out. */
  toggle(condition: Condition, on: boolean): void;
  /** In the place of all other conditions of these fields. */
  replace(keys: readonly FieldKey[], conditions: readonly Condition[]): void;
};

/** @param base what the screen shows without a query */
export function useListQuery(screen: Screen, base: ExchangeFilter): ListQuery {
  const text = useView((state) => state.queries[screen]) ?? '';
  // The store is asked once the text has stayed the same for a moment; "last:1h" counts back from then.
  const [asked, setAsked] = useState(() => ({ text, now: Date.now() }));
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ text, now: Date.now() }), searchDelayMs);
    return () => clearTimeout(timer);
  }, [text]);
  const apps = useProfiles() ?? noApps;
  const { conditions, problems } = useMemo(() => parseQuery(text), [text]);
  const filter = useMemo(
    () => ({ ...base, ...toFilter(parseQuery(asked.text).conditions, { now: asked.now, apps }) }),
    [base, asked, apps],
  );
  const set = (next: readonly Condition[]): void => view.setQuery(screen, printQuery(next));
  return {
    text,
    conditions,
    problems,
    filter,
    setText: (next) => view.setQuery(screen, next),
    has: (condition) => conditions.some((one) => sameCondition(one, condition)),
    toggle(condition, on) {
      const others = conditions.filter((one) => !sameCondition(one, condition));
      set(on ? [...others, condition] : others);
    },
    replace(keys, next) {
      set([...conditions.filter((one) => one.kind === 'text' || !keys.includes(one.key)), ...next]);
    },
  };
}

/** Rows looked at for the values to offer. */
const rowsLookedAt = 500;

/** The values to offer for a field: the platform's, those of this companion, and those seen in the list. */
export function useChoices(log: ExchangeLog): (key: FieldKey) => readonly Choice[] {
  const apps = useProfiles();
  const tokens = useTokens();
  return (key) => {
    const known = new Map<string, string>();
    if (key === 'app') for (const { name, appId } of apps ?? []) known.set(name, appId);
    for (const token of tokens ?? []) {
      const id = key === 'location' ? token.locationId : key === 'company' ? token.companyId : null;
      if (id !== null) known.set(id, token.label ?? '');
    }
    for (let index = 0; index < Math.min(log.rows.length, rowsLookedAt); index += 1) {
      const row = log.rows.at(index);
      const seen =
        key === 'event'
          ? row?.type
          : key === 'location'
            ? row?.locationId
            : key === 'company'
              ? row?.companyId
              : key === 'entity'
                ? row?.entityId
                : null;
      if (seen !== null && seen !== undefined && !known.has(seen)) known.set(seen, '');
    }
    for (const { value, detail = '' } of fields[key].choices)
      known.set(value, known.get(value) === undefined ? detail : detail || (known.get(value) ?? ''));
    return [...known].map(([value, detail]) => ({ value, detail }));
  };
}
