import type { AppRegistration } from '../world/app.ts';
import type { Clock } from '../world/clock.ts';
import type { Random } from '../world/random.ts';
import type { Switches } from '../world/switches.ts';
import type { SigningKeys } from '../webhooks/signing-keys.ts';
import { signJwt } from './jwt.ts';

export type UserType = 'Company' | 'Location';

/** What an installer agreed to. */
export interface Consent {
  readonly userType: UserType;
  readonly companyId: string;
  /** The sub-account of a Location grant. */
  readonly locationId?: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  /** The sub-accounts an agency install covers. */
  readonly approvedLocations: readonly string[];
  readonly approveAllLocations: boolean;
  readonly installToFutureLocations: boolean;
  /** Of a Company grant: whether it stands for an install on sub-accounts, whose tokens it then mints. */
  readonly isBulk?: boolean;
  /** Whether the install came through the white-label pages. */
  readonly isWhiteLabel?: boolean;
  /** Of a private integration: whether its account is a sandbox, which has lower rate limits. */
  readonly isSandbox?: boolean;
}

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly refreshTokenId: string;
}

/** Codes and tokens: what was handed out, what is still good. */
export interface Grants {
  issueCode(consent: Consent, redirectUri: string): string;
  /** Uses the code up. */
  redeemCode(code: string): { consent: Consent; redirectUri: string } | 'invalid' | 'expired';
  issueTokens(consent: Consent): TokenPair;
  /** The consent behind a refresh token that can still be used, without using it up. */
  peekRefreshToken(refreshToken: string): Consent | undefined;
  /** Uses the refresh token up. */
  consumeRefreshToken(refreshToken: string): void;
  authenticate(accessToken: string): Consent | 'unknown' | 'expired' | 'revoked';
  /** A private integration token: no end, and no part of any install. */
  issuePrivateToken(consent: Consent): string;
  authenticatePrivate(token: string): Consent | undefined;
  /** Ends every token for which the test holds. */
  revoke(test: (consent: Consent) => boolean): void;
  counts(): { codes: number; accessTokens: number; refreshTokens: number };
  export(): GrantsData;
  import(data: GrantsData): void;
  clear(): void;
}

interface Code {
  readonly consent: Consent;
  readonly redirectUri: string;
  readonly expiresAt: number;
}

/** All codes and tokens, as plain data. */
export interface GrantsData {
  readonly codes: readonly (readonly [string, Code])[];
  readonly accessTokens: readonly (readonly [string, Issued])[];
  readonly refreshTokens: readonly (readonly [string, Issued])[];
  readonly privateTokens: readonly (readonly [string, Consent])[];
}

export const ACCESS_TOKEN_SECONDS = 86_399;
const REFRESH_TOKEN_SECONDS = 365 * 86_400;

interface Issued {
  readonly consent: Consent;
  readonly expiresAt: number;
  revoked: boolean;
}

interface GrantsOptions {
  readonly app: AppRegistration;
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly switches: Pick<Switches, 'codeLifetimeMs'>;
}

export function createGrants({ app, keys, clock, random, switches }: GrantsOptions): Grants {
  const codes = new Map<string, Code>();
  const accessTokens = new Map<string, Issued>();
  const refreshTokens = new Map<string, Issued>();
  const privateTokens = new Map<string, Consent>();

  function claims(consent: Consent, lifetimeSeconds: number): Record<string, unknown> {
    const iat = Math.floor(clock.now() / 1000);
    return {
      authClass: consent.userType,
      authClassId: consent.locationId ?? consent.companyId,
      source: 'INTEGRATION',
      sourceId: app.clientId,
      channel: 'OAUTH',
      primaryAuthClassId: consent.locationId ?? consent.companyId,
      oauthMeta: {
        scopes: consent.scopes,
        client: app.appId,
        versionId: app.versionId,
        clientKey: app.clientId,
      },
      iat,
      exp: iat + lifetimeSeconds,
      jti: random.hex(24),
    };
  }

  function issue(store: Map<string, Issued>, consent: Consent, seconds: number, more: object): string {
    const token = signJwt({ ...claims(consent, seconds), ...more }, keys.rsaPrivateKey);
    store.set(token, { consent, expiresAt: clock.now() + seconds * 1000, revoked: false });
    return token;
  }

  function clear(): void {
    codes.clear();
    accessTokens.clear();
    refreshTokens.clear();
    privateTokens.clear();
  }

  return {
    issueCode(consent, redirectUri) {
      const code = random.hex(40);
      codes.set(code, { consent, redirectUri, expiresAt: clock.now() + switches.codeLifetimeMs });
      return code;
    },
    redeemCode(code) {
      const found = codes.get(code);
      if (found === undefined) return 'invalid';
      codes.delete(code);
      return found.expiresAt > clock.now() ? found : 'expired';
    },
    issueTokens(consent) {
      const refreshTokenId = random.hex(24);
      return {
        accessToken: issue(accessTokens, consent, ACCESS_TOKEN_SECONDS, {}),
        refreshToken: issue(refreshTokens, consent, REFRESH_TOKEN_SECONDS, { uniqueId: refreshTokenId }),
        refreshTokenId,
      };
    },
    peekRefreshToken(refreshToken) {
      const found = refreshTokens.get(refreshToken);
      return found !== undefined && found.expiresAt > clock.now() ? found.consent : undefined;
    },
    consumeRefreshToken: (refreshToken) => void refreshTokens.delete(refreshToken),
    authenticate(accessToken) {
      const found = accessTokens.get(accessToken);
      if (found === undefined) return 'unknown';
      if (found.revoked) return 'revoked';
      return found.expiresAt > clock.now() ? found.consent : 'expired';
    },
    issuePrivateToken(consent) {
      const token = `pit-${random.hex(32)}`;
      privateTokens.set(token, consent);
      return token;
    },
    authenticatePrivate: (token) => privateTokens.get(token),
    revoke(test) {
      for (const issued of accessTokens.values()) if (test(issued.consent)) issued.revoked = true;
      for (const [token, issued] of refreshTokens) if (test(issued.consent)) refreshTokens.delete(token);
      for (const [code, issued] of codes) if (test(issued.consent)) codes.delete(code);
    },
    counts: () => ({
      codes: codes.size,
      accessTokens: Array.from(accessTokens.values()).filter((token) => !token.revoked).length,
      refreshTokens: refreshTokens.size,
    }),
    export: () => ({
      codes: [...codes],
      accessTokens: Array.from(accessTokens, ([token, issued]) => [token, { ...issued }] as const),
      refreshTokens: [...refreshTokens],
      privateTokens: [...privateTokens],
    }),
    import(data) {
      clear();
      for (const [code, issued] of data.codes) codes.set(code, issued);
      for (const [token, issued] of data.accessTokens) accessTokens.set(token, { ...issued });
      for (const [token, issued] of data.refreshTokens) refreshTokens.set(token, issued);
      for (const [token, consent] of data.privateTokens) privateTokens.set(token, consent);
    },
    clear,
  };
}
