import * as z from 'zod';
import { decodeJwt } from '../../../shared/highlevel/jwt.ts';
import { exchangeId, tokenId, type ProfileId, type TokenId } from '../../../shared/model/ids.ts';
import { lineageEvent, tokenSummary, type TokenSummary } from '../../../shared/model/token.ts';
import type { GrantedToken } from './granted-token.ts';

const tokenPair = z.object({ accessToken: z.string(), refreshToken: z.string().nullable() });

/** A refresh under way: written before it is sent, so that the next start knows of it however this process ends. */
const refreshUnderway = z.object({
  /** ms since the epoch. */
  at: z.number(),
  /** The answer as it came, written before it is read: what has been read is durable already. */
  answer: z.object({ body: z.string(), exchangeId }).nullable(),
});

/** A refresh of the present pair of which nobody knows whether HighLevel carried it out. */
const unknownOutcome = z.object({ at: z.number(), reason: z.string(), exchangeId: exchangeId.nullable() });

/** The sub-account is paused: the same refresh token works again later. */
const heldGrant = z.object({ reason: z.string(), attempts: z.int(), nextAt: z.number() });

/** What a summary and a record share. */
const facts = tokenSummary.omit({ status: true, problem: true, hasRefreshToken: true, claims: true });

/** What the vault keeps of a token, as JSON under `token/<id>`. */
export const tokenRecord = facts.extend({
  v: z.literal(1),
  ...tokenPair.shape,
  /** The pair before the last refresh, until the present one has worked once. */
  previous: tokenPair.nullable(),
  /** Why it can be neither used nor refreshed any more; null while it can. */
  dead: z.string().nullable(),
  sent: refreshUnderway.nullable().default(null),
  unknown: unknownOutcome.nullable().default(null),
  held: heldGrant.nullable().default(null),
  events: z.array(lineageEvent).default([]),
  refreshes: z.int().default(0),
  unavoidableLosses: z.int().default(0),
});
export type TokenRecord = z.infer<typeof tokenRecord>;

/** The `source` of a private integration token. */
export const privateToken = 'pit';

/** HighLevel's access tokens live about a day (HighLevel docs: OAuth 2.0); said where an answer names no lifetime. */
const usualLifetimeMs = 86_399_000;

export function companyTokenId(profile: ProfileId, companyId: string): TokenId {
  return tokenId.parse(`company:${profile}:${companyId}`);
}

export function locationTokenId(profile: ProfileId, locationId: string): TokenId {
  return tokenId.parse(`location:${profile}:${locationId}`);
}

/** Where a token came from. */
export type TokenOrigin = Pick<TokenRecord, 'source' | 'mintedFrom' | 'exchangeId'> & {
  readonly id: TokenId;
  readonly profileId: ProfileId;
  /** ms since the epoch. */
  readonly at: number;
};

/**
 * The record of a grant. `before` is what was held under the same id: what the answer leaves out is taken from it, and
 * its pair is kept as the previous one, unless the token can be minted again at any time.
 */
export function recordOf(grant: GrantedToken, origin: TokenOrigin, before: TokenRecord | null): TokenRecord {
  const { at, ...rest } = origin;
  return {
    v: 1,
    ...rest,
    userType: grant.userType,
    companyId: grant.companyId ?? before?.companyId ?? null,
    locationId: grant.locationId,
    label: before?.label ?? null,
    scopes: grant.scopes.length > 0 ? grant.scopes : (before?.scopes ?? []),
    userId: grant.userId ?? before?.userId ?? null,
    isBulkInstallation: grant.isBulkInstallation ?? before?.isBulkInstallation ?? false,
    approvedLocations: grant.approvedLocations ?? before?.approvedLocations ?? [],
    obtainedAt: at,
    expiresAt: at + (grant.lifetimeMs ?? usualLifetimeMs),
    lastRefreshAt: origin.source === 'refresh' ? at : (before?.lastRefreshAt ?? null),
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken ?? (origin.source === 'refresh' ? (before?.refreshToken ?? null) : null),
    previous:
      before !== null && origin.source !== 'location-token'
        ? { accessToken: before.accessToken, refreshToken: before.refreshToken }
        : null,
    dead: null,
    sent: null,
    unknown: null,
    held: null,
    events: before?.events ?? [],
    refreshes: before?.refreshes ?? 0,
    unavoidableLosses: before?.unavoidableLosses ?? 0,
  };
}

/** Every value of a record that must never be seen in plain text outside the vault. */
export function secretsOf(record: TokenRecord): string[] {
  return [record, record.previous].flatMap((pair) =>
    pair === null ? [] : [pair.accessToken, ...(pair.refreshToken === null ? [] : [pair.refreshToken])],
  );
}

/** `now` in ms since the epoch. */
export function summaryOf(record: TokenRecord, now: number): TokenSummary {
  const { accessToken, refreshToken, dead } = record;
  return {
    ...facts.parse(record),
    status:
      dead !== null
        ? 'dead'
        : record.expiresAt <= now && record.source !== privateToken
          ? 'expired'
          : 'active',
    problem: problemOf(record, now),
    hasRefreshToken: refreshToken !== null,
    claims: decodeJwt(accessToken),
  };
}

function problemOf({ dead, held, unknown, source, expiresAt }: TokenRecord, now: number): string | null {
  if (dead !== null) return dead;
  if (source === privateToken) {
    return expiresAt > now
      ? null
      : 'It is older than 90 days: HighLevel recommends to rotate it (Settings > Private Integrations) and to add the new one here.';
  }
  if (held !== null) {
    return `${held.reason} The grant is kept, and its refresh is tried again at ${instant(held.nextAt)}.`;
  }
  if (unknown === null) return null;
  return (
    `Whether HighLevel carried out the refresh of ${instant(unknown.at)} is not known: ${unknown.reason} ` +
    'The grant is kept, and the next refresh will tell.'
  );
}

/** An instant in a sentence: `2026-03-01 10:20:30 UTC`. */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `sub-account ve9…` or its name, for sentences. */
export function nameOf(record: Pick<TokenRecord, 'userType' | 'label' | 'companyId' | 'locationId'>): string {
  const kind = record.userType === 'Company' ? 'agency' : 'sub-account';
  const id = record.userType === 'Company' ? record.companyId : record.locationId;
  return `${kind} ${record.label ?? id ?? ''}`.trim();
}
