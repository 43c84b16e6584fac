import * as z from 'zod';
import { exchangeId, profileId, tokenId } from './ids.ts';

export const userType = z.enum(['Company', 'Location']);
export type UserType = z.infer<typeof userType>;

/** A token without its secrets. */
export const tokenSummary = z.object({
  id: tokenId,
  profileId,
  userType,
  companyId: z.string().nullable(),
  locationId: z.string().nullable(),
  /** The sub-account's or agency's name, once some answer has told it. */
  label: z.string().nullable(),
  scopes: z.array(z.string()),
  userId: z.string().nullable(),
  isBulkInstallation: z.boolean(),
  approvedLocations: z.array(z.string()),
  /** Times in ms since the epoch. */
  obtainedAt: z.number(),
  /** Of a private integration token, which has no end: when it should be rotated. */
  expiresAt: z.number(),
  lastRefreshAt: z.number().nullable(),
  /** `pit`: a private integration token, entered by hand. */
  source: z.enum(['code', 'refresh', 'location-token', 'pit']),
  /** The company token it was minted from. */
  mintedFrom: tokenId.nullable(),
  /** The exchange that brought it. */
  exchangeId: exchangeId.nullable(),
  status: z.enum(['active', 'expired', 'dead']),
  /** Why it is dead, or what stands in the way of its refresh, in words; null when all is well. */
  problem: z.string().nullable(),
  hasRefreshToken: z.boolean(),
  /** Decoded claims of the access token, none of them secret; null when it is not a JWT. */
  claims: z.record(z.string(), z.unknown()).nullable(),
});
export type TokenSummary = z.infer<typeof tokenSummary>;

/** A private integration token, as it is entered. */
export const privateTokenInput = z.object({
  profileId,
  token: z.string().min(1).max(500),
  level: z.enum(['agency', 'sub-account']),
  /** The companyId of an agency, the locationId of a sub-account. */
  accountId: z
    .string()
    .trim()
    .regex(/^[\w-]{1,100}$/, 'a companyId or locationId has letters and digits only'),
  label: z.string().trim().min(1).max(200).optional(),
});
export type PrivateTokenInput = z.infer<typeof privateTokenInput>;

export const lineageKinds = [
  /** By a code exchange, or minted for the first time. */
  'obtained',
  'refreshed',
  /** A new one from the agency token, since its own refresh token was refused. */
  're-minted',
  /** A refresh was sent, and whether it was carried out is not known. */
  'outcome-unknown',
  /** The sub-account is paused; the grant is kept and tried again. */
  'held',
  /** A refresh that was refused or could not be sent; the grant is as it was. */
  'failed',
  /** HighLevel renewed the grant and its answer never arrived: a loss that nobody can avoid. */
  'lost',
  /** Refused for good. */
  'died',
] as const;

export const lineageEvent = z.object({
  /** ms since the epoch. */
  at: z.number(),
  kind: z.enum(lineageKinds),
  reason: z.string().nullable(),
  exchangeId: exchangeId.nullable(),
});
export type LineageEvent = z.infer<typeof lineageEvent>;

/** What became of a token since it was first obtained; the latest events, oldest first. */
export const tokenLineage = z.object({
  events: z.array(lineageEvent),
  refreshes: z.int(),
  /** Grants lost because HighLevel renewed them and its answer never arrived. */
  unavoidableLosses: z.int(),
});
export type TokenLineage = z.infer<typeof tokenLineage>;

export const installedLocation = z.object({
  id: z.string(),
  name: z.string().nullable(),
  address: z.string().nullable(),
  isInstalled: z.boolean().nullable(),
  /** True when the vault holds a token for it. */
  hasToken: z.boolean(),
});
export type InstalledLocation = z.infer<typeof installedLocation>;

export const installPhases = ['idle', 'waiting', 'exchanging', 'done', 'failed', 'cancelled'] as const;

/** A callback without a state, for an install that was not begun here. Its code waits in memory for a decision. */
export const installConfirmation = z.object({
  /** The exchange that captured the callback. */
  id: exchangeId,
  profileId,
  receivedAt: z.number(),
  /** The redirect URL with which its code would be exchanged. */
  redirectUri: z.string(),
  /** Name of another app whose own install is still waiting. */
  otherWaiting: z.string().nullable(),
});
export type InstallConfirmation = z.infer<typeof installConfirmation>;

/** How far an install has come. */
export const installProgress = z.object({
  phase: z.enum(installPhases),
  profileId: profileId.nullable(),
  installUrl: z.string().nullable(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  callbackExchangeId: exchangeId.nullable(),
  tokenExchangeId: exchangeId.nullable(),
  tokenId: tokenId.nullable(),
  /** Worth saying although the install went on: the callback came without `state`, … */
  warnings: z.array(z.string()),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().nullable() }).nullable(),
  /** After a failure that says nothing about the code: it is still held, and can be sent again. */
  canRetry: z.boolean(),
  /** Callbacks that wait for a confirmation, whatever the phase; the latest last. */
  confirmations: z.array(installConfirmation),
});
export type InstallProgress = z.infer<typeof installProgress>;

/** No install has begun. */
export const idleInstall: InstallProgress = {
  phase: 'idle',
  profileId: null,
  installUrl: null,
  startedAt: null,
  finishedAt: null,
  callbackExchangeId: null,
  tokenExchangeId: null,
  tokenId: null,
  warnings: [],
  error: null,
  canRetry: false,
  confirmations: [],
};

/** One step of minting location tokens one after another. */
export const mintProgress = z.object({
  total: z.int(),
  minted: z.int(),
  failed: z.int(),
  /** The one that has just been dealt with; null in the first report. */
  last: z
    .object({
      locationId: z.string(),
      tokenId: tokenId.nullable(),
      /** Why there is no token, one sentence. */
      problem: z.string().nullable(),
      exchangeId: z.string().nullable(),
    })
    .nullable(),
  /** When the next is tried, ms since the epoch, while HighLevel's rate limit is waited out. */
  pausedUntil: z.number().nullable(),
});
export type MintProgress = z.infer<typeof mintProgress>;

/** What an uninstall took away. */
export const uninstalled = z.object({ exchangeId, forgotten: z.int() });
export type Uninstalled = z.infer<typeof uninstalled>;
