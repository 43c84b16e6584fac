/** Claims of a JSON Web Token, as found; nothing is verified. */
export type JwtClaims = Readonly<Record<string, unknown>>;

/** What HighLevel's access tokens say about themselves. */
export type AccessTokenClaims = {
  /** `Company` or `Location`, or whatever else stands there. */
  authClass: string | null;
  /** Id of the agency or sub-account. */
  authClassId: string | null;
  /** Seconds since 1970. */
  issuedAt: number | null;
  expiresAt: number | null;
  claims: JwtClaims;
};

/**
 * Decodes the claims of a JWT without checking its signature. Returns null for anything that is not a JWT,
 * such as a private integration token.
 */
export function decodeJwt(token: string): JwtClaims | null {
  const parts = token.trim().split('.');
  const payload = parts[1];
  if (parts.length !== 3 || payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(decodeUtf8(decodeBase64Url(payload)));
    return isRecord(claims) ? claims : null;
  } catch {
    return null;
  }
}

/** Reads the claims HighLevel puts into access tokens; null when the token is no JWT. */
export function readAccessToken(token: string): AccessTokenClaims | null {
  const claims = decodeJwt(token);
  if (claims === null) return null;
  return {
    authClass: text(claims.authClass),
    authClassId: text(claims.authClassId),
    issuedAt: seconds(claims.iat),
    expiresAt: seconds(claims.exp),
    claims,
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64 in either alphabet, with or without padding. @throws on any other character */
function decodeBase64Url(encoded: string): number[] {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')) {
    const value = alphabet.indexOf(character);
    if (value === -1) throw new Error('not base64url');
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
    }
  }
  return bytes;
}

/** The platform's own decoder of percent escapes turns UTF-8 bytes into text. @throws on invalid UTF-8 */
function decodeUtf8(bytes: readonly number[]): string {
  return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function seconds(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
