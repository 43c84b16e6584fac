/** What a grant brought becomes the record of its token: written before anybody uses it. */
import type { ExchangeId, TokenId } from '../../../shared/model/ids.ts';
import type { LineageEvent } from '../../../shared/model/token.ts';
import type { GrantedToken } from './granted-token.ts';
import { withEvent } from './lineage.ts';
import { companyTokenId, locationTokenId, recordOf, type TokenRecord } from './token-record.ts';
import type { TokenRecords } from './token-records.ts';

export type KeepGrantDeps = {
  readonly records: TokenRecords;
  /** What a sub-account is called, where some answer has told it. */
  readonly nameOfLocation: (locationId: string) => string | null;
  readonly now: () => number;
};

export type GrantOrigin = Pick<TokenRecord, 'profileId' | 'source' | 'mintedFrom'> & {
  readonly exchangeId: ExchangeId;
  /** The record whose refresh, or whose mint in place of one, this is; null for a first one. */
  readonly renews: TokenRecord | null;
  /** Why, where it is not the usual way. */
  readonly reason?: string;
};

/** Resolves once the record is durable; when it cannot be written it stays in memory and the call rejects. */
export type KeepGrant = (token: GrantedToken, origin: GrantOrigin) => Promise<TokenRecord>;

export function createKeepGrant({ records, nameOfLocation, now }: KeepGrantDeps): KeepGrant {
  return async (token, { renews, reason, ...origin }) => {
    const id = idOf(token, origin.profileId);
    const event: LineageEvent = {
      at: now(),
      kind: origin.source === 'refresh' ? 'refreshed' : renews === null ? 'obtained' : 're-minted',
      reason: reason ?? null,
      exchangeId: origin.exchangeId,
    };
    const written = await records.write(id, (before) => {
      // Forgotten while its refresh was under way: it stays forgotten.
      if (before === null && renews?.id === id) return null;
      const { accessToken, refreshToken } = token;
      if (before !== null && origin.source === 'refresh' && isNewer(before, renews)) {
        // A new install has come in between; its pair goes first, and this one is kept until that has worked.
        return withEvent({ ...before, previous: { accessToken, refreshToken } }, event);
      }
      const record = recordOf(token, { ...origin, id, at: now() }, before);
      const refreshes = record.refreshes + (origin.source === 'refresh' ? 1 : 0);
      const label = record.label ?? nameOfLocation(token.locationId ?? '');
      return withEvent({ ...record, label, refreshes }, event);
    });
    if (renews !== null && renews.id !== id) {
      const problem = `Its refresh answered with the token of another account (${id}).`;
      await records.write(renews.id, (before) =>
        before === null
          ? null
          : withEvent({ ...before, dead: problem, sent: null }, { ...event, kind: 'died', reason: problem }),
      );
    }
    return written ?? records.get(id);
  };
}

/** Whether a record no longer holds the pair that was sent. */
export function isNewer(present: TokenRecord, sent: TokenRecord | null): boolean {
  return sent !== null && present.accessToken !== sent.accessToken;
}

function idOf(token: GrantedToken, profileId: TokenRecord['profileId']): TokenId {
  return token.userType === 'Company'
    ? companyTokenId(profileId, token.companyId ?? '')
    : locationTokenId(profileId, token.locationId ?? '');
}
