/**
 * Keeping tokens usable: stored before they are used, refreshed once however many ask, minted for sub-accounts from the
 * agency's, and never given up for a failure that says nothing about the grant.
 */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ProfileId, TokenId } from '../../../shared/model/ids.ts';
import type { Log } from '../ports.ts';
import type { HttpAnswer } from '../requests/http-client.ts';
import type { Profiles } from '../services.ts';
import { refusesToken } from './refuses-token.ts';
import { createSingleFlight } from './single-flight.ts';
import { createKeepGrant, type GrantOrigin } from './keep-grant.ts';
import { createRefreshGrant } from './refresh-grant.ts';
import type { Granted, TokenEndpoint } from './token-endpoint.ts';
import { refusePrivate } from './private-tokens.ts';
import { instant, nameOf, privateToken, type TokenRecord } from './token-record.ts';
import type { TokenRecords } from './token-records.ts';

export type TokenCustodyDeps = {
  readonly records: TokenRecords;
  readonly endpoint: TokenEndpoint;
  readonly profiles: Pick<Profiles, 'get'>;
  /** What a sub-account is called, where some answer has told it. */
  readonly nameOfLocation: (locationId: string) => string | null;
  /** Whether tokens may be refreshed without being asked to: on a 401, at their end, ahead of it. */
  readonly autoRefresh: () => boolean;
  readonly log: Log;
  readonly now: () => number;
};

export type TokenCustody = {
  /** Stores what a code exchange brought; durable when it resolves. */
  accept(profileId: ProfileId, granted: Granted): Promise<TokenRecord>;
  /** A record good for at least a minute where one can be had. Rejects with `no_token` for a dead one. */
  usable(id: TokenId): Promise<TokenRecord>;
  refresh(id: TokenId): Promise<TokenRecord>;
  /** To be called for each record as it is loaded: settles the refresh in which the last run ended. */
  recover(id: TokenId): Promise<void>;
  /** Whether a new access token can be had for it without an install. */
  canRenew(record: TokenRecord): boolean;
  /** The record of an agency token; rejects with `bad_input` for one of a sub-account. */
  company(id: TokenId): TokenRecord & { companyId: string };
  mint(companyTokenId: TokenId, locationId: string): Promise<TokenRecord>;
  /**
   * Runs an attempt with the access token; when the answer refuses the token itself, refreshes it once and attempts
   * again. Calls that are refused together share one refresh.
   */
  readonly authorized: (
    id: TokenId,
    attempt: (accessToken: string) => Promise<HttpAnswer>,
  ) => Promise<HttpAnswer>;
  settled(): Promise<void>;
};

type Mint = Pick<GrantOrigin, 'renews' | 'reason'>;

/** A token that expires sooner than this is refreshed before it is used. */
const marginMs = 60_000;

export function createTokenCustody(deps: TokenCustodyDeps): TokenCustody {
  const { records, endpoint, profiles, nameOfLocation, autoRefresh, log, now } = deps;
  const once = createSingleFlight();

  const keep = createKeepGrant({ records, nameOfLocation, now });
  const grants = createRefreshGrant({
    records,
    endpoint,
    profiles,
    keep,
    remint: (record, reason) => {
      const agency = companyOf(record);
      return agency === null || record.locationId === null
        ? null
        : mint(agency.id, record.locationId, { renews: record, reason });
    },
    log,
    now,
  });
  const refresh = async (id: TokenId): Promise<TokenRecord> => {
    refusePrivate(records.get(id), 'refreshed');
    return await once(`refresh ${id}`, () => grants.refresh(id));
  };

  /** The agency token from which a sub-account's can be minted again. */
  const companyOf = (record: TokenRecord): TokenRecord | null => {
    if (record.userType === 'Company') return null;
    const agencies = records
      .all()
      .filter(
        (one) =>
          one.userType === 'Company' &&
          one.profileId === record.profileId &&
          one.dead === null &&
          one.source !== privateToken,
      );
    return (
      agencies.find((one) => one.id === record.mintedFrom) ??
      agencies.find((one) => one.companyId === record.companyId) ??
      null
    );
  };

  const usable = async (id: TokenId): Promise<TokenRecord> => {
    await records.save(id);
    const record = records.get(id);
    if (record.dead !== null) {
      const sentence = `The token of ${nameOf(record)} cannot be used any more: ${record.dead}`;
      throw new AppError('no_token', sentence, installAgain);
    }
    if (record.source === privateToken) return record;
    const expired = record.expiresAt <= now();
    if (record.expiresAt - now() > marginMs || (!expired && !autoRefresh())) return record;
    if (!autoRefresh()) {
      throw new AppError('no_token', `The token of ${nameOf(record)} has expired.`, {
        remedy: 'Refresh it by hand, or turn automatic refresh on in Settings.',
      });
    }
    if (record.held !== null && record.held.nextAt > now()) {
      if (!expired) return record;
      const { reason, nextAt } = record.held;
      throw new AppError(
        'token_endpoint_refused',
        `The token of ${nameOf(record)} has expired, and its refresh waits until ${instant(nextAt)}: ${reason}`,
        {
          retryable: true,
          remedy: 'Nothing is lost. Refresh it by hand as soon as the sub-account is active.',
        },
      );
    }
    try {
      return await refresh(id);
    } catch (error) {
      const present = records.find(id);
      if (present === null || present.dead !== null || present.expiresAt <= now()) throw error;
      log('warn', 'A token could not be refreshed ahead of its end; the present one is used.', { token: id });
      return present;
    }
  };

  const refreshOrNull = async (id: TokenId): Promise<TokenRecord | null> => {
    try {
      return await refresh(id);
    } catch (error) {
      const reason = error instanceof AppError ? error.code : 'internal';
      log('warn', 'A token was refused and could not be refreshed.', { token: id, reason });
      return null;
    }
  };

  /** The present pair has worked: the one before it need not be kept. */
  const proven = (used: TokenRecord): void => {
    if (used.previous === null) return;
    records
      .write(used.id, (before) =>
        before?.accessToken === used.accessToken ? { ...before, previous: null } : null,
      )
      .catch((cause: unknown) =>
        log('warn', 'A spent token pair stays in the vault.', { token: used.id, cause }),
      );
  };

  const authorized: TokenCustody['authorized'] = async (id, attempt) => {
    const before = await usable(id);
    const answer = await attempt(before.accessToken);
    if (!refusesToken(answer)) {
      if (answer.status !== null && answer.status < 400) proven(before);
      return answer;
    }
    const present = records.get(id);
    const after =
      present.accessToken !== before.accessToken
        ? present
        : autoRefresh() && present.source !== privateToken
          ? await refreshOrNull(id)
          : null;
    return after === null ? answer : attempt(after.accessToken);
  };

  const company: TokenCustody['company'] = (id) => {
    const record = records.get(id);
    refusePrivate(record, 'used to mint');
    const { companyId } = record;
    if (record.userType !== 'Company' || companyId === null) {
      const sentence = `The token "${id}" belongs to a sub-account; an agency token is needed here.`;
      throw new AppError('bad_input', sentence);
    }
    return { ...record, companyId };
  };

  const mintNow = async (id: TokenId, locationId: string, why: Mint): Promise<TokenRecord> => {
    const { companyId, profileId } = company(id);
    const profile = profiles.get(profileId);
    const answer = await authorized(id, (accessToken) =>
      endpoint.sendLocationToken(profile, accessToken, companyId, locationId),
    );
    const result = await endpoint.readLocationToken(answer, companyId, locationId);
    if (!result.ok) throw result.error;
    const { exchangeId, recorded } = result.answer;
    const origin = { profileId, source: 'location-token' as const, mintedFrom: id, exchangeId };
    const kept = await keep(result.token, { ...origin, ...why });
    await recorded;
    return kept;
  };
  const mint = (id: TokenId, locationId: string, why: Mint = { renews: null }): Promise<TokenRecord> =>
    once(`mint ${id} ${locationId}`, () => mintNow(id, locationId, why));

  return {
    async accept(profileId, { token, answer }) {
      const { exchangeId, recorded } = answer;
      const origin = { profileId, source: 'code' as const, mintedFrom: null, exchangeId, renews: null };
      const kept = await keep(token, origin);
      await recorded;
      return kept;
    },
    usable,
    refresh,
    recover: (id) => once(`refresh ${id}`, () => grants.recover(id)),
    canRenew: (record) =>
      record.source !== privateToken &&
      ([record.refreshToken, record.previous?.refreshToken].some((one) => typeof one === 'string') ||
        companyOf(record) !== null),
    company,
    mint: (id, locationId) => mint(id, locationId),
    authorized,
    settled: () => once.settled(),
  };
}

const installAgain = { remedy: 'Install the app again for this account.' };
