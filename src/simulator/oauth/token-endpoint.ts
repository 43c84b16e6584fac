import { z } from 'zod';
import { validate } from '../api/validation.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { jsonReply } from '../http/messages.ts';
import { parseBody } from '../http/parse-body.ts';
import { Refusal, refuse, refuseGrant } from '../http/refusal.ts';
import { installEvents } from '../webhooks/app-events.ts';
import type { World } from '../world/world.ts';
import type { Consent } from './grants.ts';
import { toTokenAnswer, toV3Names } from './token-answer.ts';

const GRANT_TYPES = ['authorization_code', 'refresh_token', 'client_credentials'] as const;
const USER_TYPES = ['Company', 'Location'] as const;

/** The body before `Version: v3`; names that are not listed are let through, as form posts often carry more. */
const tokenRequest = z.object({
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  grant_type: z.enum(GRANT_TYPES),
  code: z.string().optional(),
  refresh_token: z.string().optional(),
  user_type: z.enum(USER_TYPES).optional(),
  redirect_uri: z.string().optional(),
});

type TokenRequest = z.infer<typeof tokenRequest>;

/** Each field by its name before v3, with its name since. */
const V3_NAMES: ReadonlyMap<keyof TokenRequest, string> = new Map([
  ['client_id', 'clientId'],
  ['client_secret', 'clientSecret'],
  ['grant_type', 'grantType'],
  ['code', 'code'],
  ['refresh_token', 'refreshToken'],
  ['user_type', 'userType'],
  ['redirect_uri', 'redirectUri'],
]);

/** `POST /oauth/token`, with a form or JSON body. */
export function answerTokenRequest(request: Incoming, world: World): Reply {
  const v3 = request.headers['version'] === 'v3';
  const name = (field: keyof TokenRequest): string => (v3 ? (V3_NAMES.get(field) ?? field) : field);
  const raw = parseBody(request);
  const fields = v3 ? readV3(raw) : validate(tokenRequest, raw);
  if (fields.client_id !== world.app.clientId || fields.client_secret !== world.app.clientSecret) {
    throw refuseUnpublished('client', 'Invalid client: client is invalid', world);
  }
  switch (fields.grant_type) {
    case 'authorization_code':
      return exchangeCode(fields, world, v3, name);
    case 'refresh_token':
      return refresh(fields, world, v3, name);
    case 'client_credentials':
      throw refuseGrant(`Invalid parameter: ${name('grant_type')}`);
  }
}

/** v3 answers 400 and names the first field that is missing or wrong. */
function readV3(raw: Readonly<Record<string, unknown>>): TokenRequest {
  const renamed: Record<string, unknown> = {};
  for (const [field, v3Name] of V3_NAMES) if (raw[v3Name] !== undefined) renamed[field] = raw[v3Name];
  const result = tokenRequest.safeParse(renamed);
  if (result.success) return result.data;
  const field = String(result.error.issues[0]?.path[0]);
  const problem = renamed[field] === undefined || renamed[field] === '' ? 'Missing' : 'Invalid';
  const v3Name = V3_NAMES.entries().find(([before]) => before === field)?.[1] ?? field;
  throw refuseGrant(`${problem} parameter: ${v3Name}`);
}

type Naming = (field: keyof TokenRequest) => string;

function exchangeCode(fields: TokenRequest, world: World, v3: boolean, name: Naming): Reply {
  if (!fields.code) throw refuseGrant(`Missing parameter: ${name('code')}`);
  const redeemed = world.grants.redeemCode(fields.code);
  if (redeemed === 'invalid')
    throw refuseUnpublished('grant', 'Invalid grant: authorization code is invalid', world);
  if (redeemed === 'expired')
    throw refuseUnpublished('grant', 'Invalid grant: authorization code has expired', world);
  if (fields.redirect_uri !== undefined && fields.redirect_uri !== redeemed.redirectUri) {
    throw refuseUnpublished('grant', `Invalid request: ${name('redirect_uri')} is invalid`, world);
  }
  const { consent } = redeemed;
  world.installations.add(consent);
  const announce = (): void => {
    for (const event of installEvents(consent, world)) world.webhooks.emit(event);
  };
  return { ...answerTokens(consent, world, v3), after: announce };
}

function refresh(fields: TokenRequest, world: World, v3: boolean, name: Naming): Reply {
  if (!fields.refresh_token) throw refuseGrant(`Missing parameter: ${name('refresh_token')}`);
  const consent = world.grants.peekRefreshToken(fields.refresh_token);
  if (consent === undefined) throw refuseGrant('Invalid grant: refresh token is invalid');
  // Not terminal: the same refresh token works again once the location does.
  const location =
    consent.locationId === undefined ? undefined : world.directory.location(consent.locationId);
  if (location?.active === false) throw refuseGrant('Location is not active');
  world.grants.consumeRefreshToken(fields.refresh_token);
  return answerTokens(consent, world, v3);
}

/** A refusal whose body nobody has published, in the wording that is switched on. */
function refuseUnpublished(kind: 'client' | 'grant', phrase: string, world: World): Refusal {
  const status = kind === 'client' ? 401 : 400;
  switch (world.switches.grantRefusals) {
    case 'phrases':
      return refuseGrant(phrase);
    case 'rfc6749':
      return new Refusal(status, { error: `invalid_${kind}`, error_description: phrase });
    case 'plain':
      return refuse(status, kind === 'client' ? 'Unauthorized' : 'Bad Request');
  }
}

function answerTokens(consent: Consent, world: World, v3: boolean): Reply {
  const planId = world.installations.location(consent.locationId ?? '')?.planId;
  const answer = {
    ...toTokenAnswer(consent, world.grants.issueTokens(consent)),
    ...(planId !== undefined && { planId }),
    traceId: world.random.uuid(),
  };
  return jsonReply(200, v3 ? toV3Names(answer) : answer, { 'cache-control': 'no-store', pragma: 'no-cache' });
}
