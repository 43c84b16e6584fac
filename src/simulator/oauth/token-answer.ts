import type { Consent, TokenPair } from './grants.ts';
import { ACCESS_TOKEN_SECONDS } from './grants.ts';

/** The token endpoint's answer, with the fields each class of token has. */
export function toTokenAnswer(consent: Consent, tokens: TokenPair): Record<string, unknown> {
  const shared = {
    access_token: tokens.accessToken,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: tokens.refreshToken,
    refreshTokenId: tokens.refreshTokenId,
    scope: consent.scopes.join(' '),
    userType: consent.userType,
    companyId: consent.companyId,
  };
  if (consent.userType === 'Location') {
    return { ...shared, locationId: consent.locationId, userId: consent.userId, isBulkInstallation: false };
  }
  return {
    ...shared,
    userId: consent.userId,
    isBulkInstallation: consent.isBulk ?? true,
    approvedLocations: consent.approvedLocations,
    approveAllLocations: consent.approveAllLocations,
    installToFutureLocations: consent.installToFutureLocations,
  };
}

const V3_NAMES: Readonly<Record<string, string>> = {
  access_token: 'accessToken',
  token_type: 'tokenType',
  expires_in: 'expiresIn',
  refresh_token: 'refreshToken',
};

/** The same answer in the names of `Version: v3`. */
export function toV3Names(answer: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [V3_NAMES[name] ?? name, value]));
}
