/** The tokens as the router and the other services see them: summaries without secrets, and the deeds on them. */
import { oauthPaths, oauthVersion } from '../../../shared/highlevel/hosts.ts';
import type { ProfileId, TokenId } from '../../../shared/model/ids.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { Log } from '../ports.ts';
import type { HttpClient } from '../requests/http-client.ts';
import type { Profiles, Tokens } from '../services.ts';
import type { Vault } from '../vault/types.ts';
import { createAutoRefresh, type Timer } from './auto-refresh.ts';
import { readInstalledLocations } from './installed-locations.ts';
import { lineageOf } from './lineage.ts';
import { addPrivateToken } from './private-tokens.ts';
import { createTokenCustody, type TokenCustody } from './token-custody.ts';
import { createTokenEndpoint, type Granted, type TokenEndpoint } from './token-endpoint.ts';
import { locationTokenId, summaryOf, type TokenRecord } from './token-record.ts';
import { createTokenRecords } from './token-records.ts';

export type TokensDeps = {
  readonly vault: Vault;
  readonly http: Pick<HttpClient, 'send'>;
  readonly profiles: Pick<Profiles, 'get' | 'list'>;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Whether tokens may be refreshed without being asked to; left out, they may. */
  readonly autoRefresh?: () => boolean;
  /** Runs the refreshes ahead of a token's end; left out, tokens are refreshed when they are used. */
  readonly timer?: Timer;
  /** How long the token endpoint may take, in ms. */
  readonly timeoutMs?: number;
};

/** What the rest of the core may do with tokens beyond what the router sees. */
export type TokenService = Tokens & {
  readonly endpoint: TokenEndpoint;
  /** Stores what a code exchange brought, durable when it resolves. */
  accept(profileId: ProfileId, granted: Granted): Promise<TokenSummary>;
  /** An access token good for at least a minute where one can be had. Rejects with `no_token` for a dead one. */
  getAccessToken(id: TokenId): Promise<string>;
  readonly authorized: TokenCustody['authorized'];
  /** Takes away all tokens of a profile that is being removed; what it answers puts them back. */
  forgetProfile(profileId: ProfileId): Promise<() => Promise<void>>;
  /** To be called when the setting of automatic refresh has changed. */
  reschedule(): void;
  dispose(): Promise<void>;
};

/** Resolves once the stored tokens are read; while the vault is locked there are none, they come with its unlocking. */
export async function createTokens(deps: TokensDeps): Promise<TokenService> {
  const { vault, http, profiles, log, now, timer, timeoutMs, autoRefresh = () => true } = deps;
  const listeners = new Set<(tokens: readonly TokenSummary[]) => void>();
  /** What sub-accounts are called, learnt from the answers that list them. */
  const names = new Map<string, string>();

  const summary = (record: TokenRecord): TokenSummary => summaryOf(record, now());
  const list = (profileId?: ProfileId): TokenSummary[] =>
    records
      .all()
      .filter((record) => profileId === undefined || record.profileId === profileId)
      .map(summary);
  const changed = (): void => {
    const tokens = list();
    for (const listener of listeners) listener(tokens);
    auto?.reschedule();
  };
  const records = createTokenRecords({ vault, log, changed });
  const endpoint = createTokenEndpoint({ http, vault, ...(timeoutMs !== undefined && { timeoutMs }) });
  const nameOfLocation = (locationId: string): string | null => names.get(locationId) ?? null;
  const custody = createTokenCustody({
    records,
    endpoint,
    profiles,
    nameOfLocation,
    autoRefresh,
    log,
    now,
  });
  /** A simulator forgets its grants when it ends: what has expired there is refreshed when it is used, if ever. */
  const isLeftBehind = ({ profileId, expiresAt }: TokenRecord): boolean =>
    !profiles.list().some(({ id, environment }) => {
      const forgets = environment === 'simulator' && expiresAt <= now();
      return id === profileId && !forgets;
    });
  const auto =
    timer === undefined
      ? null
      : createAutoRefresh({
          records: () => records.all(),
          canRenew: (record) => custody.canRenew(record) && !isLeftBehind(record),
          refresh: (id) => custody.refresh(id),
          enabled: autoRefresh,
          timer,
          log,
          now,
        });

  const learn = (profileId: ProfileId, items: readonly { id: string; name: string | null }[]): void => {
    for (const { id: locationId, name } of items) {
      if (name === null) continue;
      names.set(locationId, name);
      const id = locationTokenId(profileId, locationId);
      const held = records.find(id);
      if (held === null || held.label === name) continue;
      records
        .write(id, (before) => (before === null ? null : { ...before, label: name }))
        .catch((cause: unknown) =>
          log('warn', 'The name of a sub-account could not be kept.', { token: id, cause }),
        );
    }
  };

  const load = async (): Promise<void> => {
    try {
      const loaded = await records.load();
      await Promise.all(loaded.map((id) => custody.recover(id)));
    } catch (cause) {
      log('error', 'The stored tokens cannot be read.', { cause });
    }
    auto?.reschedule();
  };
  const stopVault = vault.onStatus((status) => {
    if (status.locked) records.drop();
    else void load();
  });
  await load();

  return {
    endpoint,
    list,
    reveal: async (id) => (await custody.usable(id)).accessToken,
    refresh: async (id) => summary(await custody.refresh(id)),
    lineage: (id) => lineageOf(records.get(id)),
    addPrivate: async (input) => summary(await addPrivateToken({ records, profiles, now }, input)),
    async forget(id) {
      records.get(id);
      await records.forget(id);
    },
    async installedLocations(id, query) {
      const { companyId, profileId } = custody.company(id);
      const profile = profiles.get(profileId);
      const url = new URL(oauthPaths.installedLocations, profile.hosts.api);
      url.searchParams.set('companyId', companyId);
      url.searchParams.set('appId', profile.appId);
      url.searchParams.set('skip', String(query.skip));
      url.searchParams.set('limit', String(query.limit));
      if (query.query !== undefined && query.query !== '') url.searchParams.set('query', query.query);
      const answer = await custody.authorized(id, (accessToken) =>
        http.send({
          purpose: 'api',
          method: 'GET',
          url: url.href,
          headers: [
            ['Accept', 'application/json'],
            ['Version', oauthVersion],
            ['Authorization', `Bearer ${accessToken}`],
          ],
          body: null,
          profileId,
        }),
      );
      await answer.recorded;
      const { items, count } = readInstalledLocations(answer);
      learn(profileId, items);
      const held = (locationId: string): boolean => {
        const record = records.find(locationTokenId(profileId, locationId));
        return record !== null && record.dead === null;
      };
      return { items: items.map((item) => ({ ...item, hasToken: held(item.id) })), count };
    },
    mintLocation: async (id, locationId) => summary(await custody.mint(id, locationId)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    accept: async (profileId, granted) => summary(await custody.accept(profileId, granted)),
    getAccessToken: async (id) => (await custody.usable(id)).accessToken,
    authorized: custody.authorized,
    reschedule: () => auto?.reschedule(),
    async forgetProfile(profileId) {
      const all = records.all().filter((record) => record.profileId === profileId);
      await Promise.all(all.map((record) => records.forget(record.id)));
      return async () => {
        // A token that a new install has brought in the meantime is the better one.
        await Promise.all(
          all.map((record) => records.write(record.id, (now) => (now === null ? record : null))),
        );
      };
    },
    async dispose() {
      stopVault();
      listeners.clear();
      await auto?.dispose();
      await custody.settled();
      await records.settled();
    },
  };
}
