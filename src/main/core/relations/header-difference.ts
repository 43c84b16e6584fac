/** Headers that are not the same in two messages. */
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { NamedDifference } from '../../../shared/model/relations.ts';

/** Names are compared without regard to case; several values of one name are compared in their order. */
export function headerDifference(before: HeaderPairs | null, after: HeaderPairs | null): NamedDifference[] {
  const old = byName(before ?? []);
  const fresh = byName(after ?? []);
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((key) => ({
      name: (fresh.get(key) ?? old.get(key))?.name ?? key,
      before: old.get(key)?.value ?? null,
      after: fresh.get(key)?.value ?? null,
    }))
    .filter((header) => header.before !== header.after);
}

function byName(headers: HeaderPairs): Map<string, { readonly name: string; readonly value: string }> {
  const found = new Map<string, { name: string; value: string }>();
  for (const [name, value] of headers) {
    const known = found.get(name.toLowerCase());
    if (known === undefined) found.set(name.toLowerCase(), { name, value });
    else known.value += `\n${value}`;
  }
  return found;
}
