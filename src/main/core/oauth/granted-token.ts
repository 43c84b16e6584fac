import * as z from 'zod';
import { readAccessToken } from '../../../shared/highlevel/jwt.ts';
import type { UserType } from '../../../shared/model/token.ts';

/** What a token answer grants. */
export type GrantedToken = {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly lifetimeMs: number | null;
  readonly scopes: string[];
  readonly userType: UserType;
  readonly companyId: string | null;
  readonly locationId: string | null;
  readonly userId: string | null;
  readonly isBulkInstallation: boolean | null;
  readonly approvedLocations: string[] | null;
};

export type Owner = Pick<GrantedToken, 'userType' | 'companyId' | 'locationId'>;

const text = z.string().min(1).nullish();

/** HighLevel docs: Get Access Token. Only what is needed is demanded: the published schema requires next to nothing. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: text,
  expires_in: z.coerce.number().positive().nullish(),
  scope: z.string().nullish(),
  userType: z.enum(['Company', 'Location']).nullish(),
  companyId: text,
  locationId: text,
  userId: text,
  isBulkInstallation: z.boolean().nullish(),
  approvedLocations: z.array(z.string()).nullish(),
});

/**
 * Reads the answer of the token endpoints. What kind of token it is follows from the answer's own `userType` (from the
 * token's claims where that is missing), never from what was asked for.
 *
 * @param known whose token it is when that is settled beforehand, as in a refresh: fills in what the answer leaves out
 * @returns null when the bytes are not JSON or carry no usable token
 */
export function readGrantedToken(body: Uint8Array, known: Owner | null = null): GrantedToken | null {
  const parsed = tokenAnswer.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const answer = parsed.data;
  const claims = readAccessToken(answer.access_token);
  const userType =
    answer.userType ??
    claimedType(claims?.authClass ?? null) ??
    ((answer.locationId ?? null) === null ? (known?.userType ?? null) : 'Location');
  if (userType === null) return null;
  const claimedId = claims?.authClass === userType ? claims.authClassId : null;
  const locationId =
    userType === 'Location' ? (answer.locationId ?? claimedId ?? known?.locationId ?? null) : null;
  const companyId =
    answer.companyId ?? (userType === 'Company' ? claimedId : null) ?? known?.companyId ?? null;
  if ((userType === 'Location' ? locationId : companyId) === null) return null;
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    lifetimeMs: typeof answer.expires_in === 'number' ? answer.expires_in * 1000 : null,
    scopes: (answer.scope ?? '').split(/\s+/).filter((scope) => scope !== ''),
    userType,
    companyId,
    locationId,
    userId: answer.userId ?? null,
    isBulkInstallation: answer.isBulkInstallation ?? null,
    approvedLocations: answer.approvedLocations ?? null,
  };
}

function claimedType(authClass: string | null): UserType | null {
  return authClass === 'Company' || authClass === 'Location' ? authClass : null;
}

/** The value of a JSON body; undefined when it is not JSON in UTF-8. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // Not JSON: the callers say so in words of their own.
    return undefined;
  }
}
