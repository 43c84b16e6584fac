import type { Operation } from './operations/operation.ts';
import { scopes, webhooksOfScope } from './scopes.ts';
import type { PlatformScope } from './scopes.ts';

/** A scope with what it unlocks. */
export type ScopeRow = {
  name: string;
  /** Token levels it is published for; empty when no page says. */
  access: ('Sub-Account' | 'Agency')[];
  /** Asking for it keeps sub-account users from installing the app themselves. */
  agencyOnly: boolean;
  /** The portal asks for confirmation before it adds this scope. */
  sensitive: boolean;
  /** What is known of its name beyond the docs, one sentence; null where nothing is. */
  note: string | null;
  /** How many operations of the API declare it. */
  endpoints: number;
  /** Types of the webhook events it unlocks. */
  webhooks: string[];
};

/** An operation that declares a scope. */
export type ScopeEndpoint = { operationId: string; method: string; path: string; summary: string };

export type ScopeCatalogue = {
  /** Every known scope by name. The list is never complete: other names are to be allowed. */
  readonly rows: readonly ScopeRow[];
  /** The operations a scope unlocks, under any of its spellings. */
  endpointsOf(name: string): ScopeEndpoint[];
};

/** What each scope unlocks, from the tables of scopes and events and from the operations. */
export function createScopeCatalogue(operations: readonly Operation[]): ScopeCatalogue {
  const byScope = new Map<string, ScopeEndpoint[]>();
  for (const { id, method, path, summary, scopes: needed } of operations) {
    for (const name of new Set(needed.map(liveName))) {
      const list = byScope.get(name) ?? [];
      list.push({ operationId: id, method, path, summary });
      byScope.set(name, list);
    }
  }
  const endpointsOf = (name: string): ScopeEndpoint[] => [...(byScope.get(liveName(name)) ?? [])];
  const rows = scopes.map((scope) => ({
    name: scope.name,
    access: [...scope.access],
    agencyOnly: scope.agencyOnly,
    sensitive: scope.sensitive,
    note: noteOf(scope),
    endpoints: endpointsOf(scope.name).length,
    webhooks: webhooksOfScope(liveName(scope.name)),
  }));
  return { rows, endpointsOf };
}

const spelling: ReadonlyMap<string, string> = new Map(
  scopes.flatMap(({ name, liveSpelling }) => (liveSpelling === null ? [] : [[name, liveSpelling] as const])),
);

/** The spelling that tokens carry; two spellings of one scope come out the same. */
export function liveName(name: string): string {
  return spelling.get(name) ?? name;
}

function noteOf({ name, liveSpelling, access, seenOnToken }: PlatformScope): string | null {
  if (liveSpelling !== null) return `Tokens carry this scope as "${liveSpelling}".`;
  const documented = [...spelling].filter(([, live]) => live === name).map(([other]) => other);
  if (documented.length > 0) return `HighLevel's documentation spells it "${documented.join('" or "')}".`;
  if (access.length === 0 && seenOnToken) return 'Seen on tokens; no page of the documentation names it.';
  return null;
}
