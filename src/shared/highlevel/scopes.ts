import { eventsOfScope } from './events.ts';
import { scopesTable } from './scopes-table.ts';
import { rowsOf } from './table.ts';

/** A scope of the platform. */
export type PlatformScope = {
  name: string;
  /** Token levels it is published for; empty when no page says. */
  access: readonly ('Sub-Account' | 'Agency')[];
  /** Asking for it keeps sub-account users from installing the app themselves. */
  agencyOnly: boolean;
  /** The portal asks for confirmation before it adds this scope. */
  sensitive: boolean;
  /** Seen on a token that HighLevel issued in 2026. */
  seenOnToken: boolean;
  /** The spelling live tokens carry, where the documented one differs. */
  liveSpelling: string | null;
};

/**
 * The 166 scope names found in HighLevel's docs, OpenAPI files and tokens. The list moves and is not complete:
 * never refuse a scope because it is missing here.
 */
export const scopes: readonly PlatformScope[] = rowsOf(scopesTable).map(
  ([name = '', levels = '', ...flags]) => ({
    name,
    access: accessOf(levels),
    agencyOnly: levels === 'A',
    sensitive: flags.includes('sensitive'),
    seenOnToken: flags.includes('live'),
    liveSpelling: flags.find((flag) => flag.startsWith('as:'))?.slice('as:'.length) ?? null,
  }),
);

const byName: ReadonlyMap<string, PlatformScope> = new Map(scopes.map((scope) => [scope.name, scope]));

/** What is known about a scope name, or null. */
export function scopeOf(name: string): PlatformScope | null {
  return byName.get(name) ?? null;
}

/** Types of the webhook events a scope unlocks: `contacts.readonly` unlocks `ContactCreate` and others. */
export function webhooksOfScope(name: string): string[] {
  return eventsOfScope(name).map((event) => event.type);
}

/** Scopes of `needed` that `granted` lacks, taking two spellings of one scope for the same. */
export function missingScopes(needed: readonly string[], granted: readonly string[]): string[] {
  const held = new Set(granted.map(canonical));
  return needed.filter((name) => !held.has(canonical(name)));
}

function canonical(name: string): string {
  return byName.get(name)?.liveSpelling ?? name;
}

function accessOf(levels: string): PlatformScope['access'] {
  const access: ('Sub-Account' | 'Agency')[] = [];
  if (levels.includes('S')) access.push('Sub-Account');
  if (levels.includes('A')) access.push('Agency');
  return access;
}
