import { parseInstallLink } from '../../../shared/highlevel/install-link.ts';
import {
  createOperationFinder,
  type OperationFinder,
} from '../../../shared/highlevel/operations/find-operation.ts';
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import {
  createScopeCatalogue,
  liveName,
  type ScopeCatalogue,
  type ScopeEndpoint,
  type ScopeRow,
} from '../../../shared/highlevel/scope-catalogue.ts';
import { diffScopes } from '../../../shared/highlevel/scope-diff.ts';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { ScopeUse } from '../../../shared/model/scope.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { ExchangeStore } from '../exchanges/types.ts';

/** Calls looked at, newest first: a picture of present use, not of all time. */
const mostCalls = 5000;
const pageSize = 1000;

export type ScopeKnowledge = {
  /** Every known scope with what it unlocks. */
  rows(): ScopeRow[];
  /** The operations a scope unlocks. */
  endpointsOf(name: string): ScopeEndpoint[];
  /** The operation a call was one of. */
  readonly find: OperationFinder;
};

/** What operations say of scopes. `operations` gives the same list until one of them changes. */
export function createScopeKnowledge(operations: () => readonly Operation[]): ScopeKnowledge {
  let of: readonly Operation[] | null = null;
  let known: { catalogue: ScopeCatalogue; find: OperationFinder } | null = null;
  const current = (): { catalogue: ScopeCatalogue; find: OperationFinder } => {
    const list = operations();
    if (known !== null && of === list) return known;
    of = list;
    known = { catalogue: createScopeCatalogue(list), find: createOperationFinder(list) };
    return known;
  };
  return {
    rows: () => [...current().catalogue.rows],
    endpointsOf: (name) => current().catalogue.endpointsOf(name),
    find: (method, path) => current().find(method, path),
  };
}

type Tally = { name: string; calls: number; refused: number; lastAt: number };

/** Compares the scopes of the install link, of the tokens held and of the calls recorded. */
export async function scopeUseOf(
  profile: Profile,
  tokens: readonly TokenSummary[],
  store: Pick<ExchangeStore, 'page'> | undefined,
  { find }: Pick<ScopeKnowledge, 'find'>,
): Promise<ScopeUse> {
  const held = tokens.filter(({ status, scopes }) => status !== 'dead' && scopes.length > 0);
  const { items, more } = await recordedCalls(profile, store);
  const tallies = new Map<string, Tally>();
  let unknownCalls = 0;
  for (const call of items) {
    const operation = find(call.method, call.url);
    if (operation === null) unknownCalls += 1;
    for (const name of operation?.scopes ?? []) count(tallies, name, call);
  }
  const rows = diffScopes({
    link: scopesOfLink(profile),
    token: held.length === 0 ? null : held.flatMap(({ scopes }) => scopes),
    needed: items.length === 0 ? null : [...tallies.values()].map(({ name }) => name),
  });
  return {
    rows: rows.map((row) => {
      const tally = tallies.get(liveName(row.name));
      return {
        ...row,
        calls: tally?.calls ?? 0,
        refused: tally?.refused ?? 0,
        lastAt: tally?.lastAt ?? null,
      };
    }),
    tokens: held.length,
    calls: items.length,
    unknownCalls,
    more,
  };
}

/** What the next install will ask for: the pasted link's scopes count, where there is one. */
function scopesOfLink({ installLink, scopes }: Profile): readonly string[] {
  const parsed = installLink === null ? null : parseInstallLink(installLink);
  return parsed?.ok === true ? parsed.link.scopes : scopes;
}

function count(tallies: Map<string, Tally>, name: string, { status, receivedAt }: ExchangeSummary): void {
  const key = liveName(name);
  const tally = tallies.get(key) ?? { name, calls: 0, refused: 0, lastAt: receivedAt };
  tally.calls += 1;
  if (status === 401 || status === 403) tally.refused += 1;
  tally.lastAt = Math.max(tally.lastAt, receivedAt);
  tallies.set(key, tally);
}

async function recordedCalls(
  { id, hosts }: Profile,
  store: Pick<ExchangeStore, 'page'> | undefined,
): Promise<{ items: ExchangeSummary[]; more: boolean }> {
  const items: ExchangeSummary[] = [];
  if (store === undefined) return { items, more: false };
  const origin = new URL(hosts.api).origin;
  let before: number | undefined;
  for (let looked = 0; looked < mostCalls;) {
    const page = await store.page({
      purposes: ['api'],
      profileId: id,
      limit: pageSize,
      ...(before === undefined ? {} : { before }),
    });
    looked += page.items.length;
    // What went elsewhere, such as a file behind a redirect, needs no scope.
    items.push(...page.items.filter(({ url }) => URL.canParse(url) && new URL(url).origin === origin));
    before = page.items.at(-1)?.seq;
    if (!page.more || before === undefined) return { items, more: false };
  }
  return { items, more: true };
}
