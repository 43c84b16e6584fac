/** The platform's token endpoints: what is sent, and what each refusal means for the grant that was sent. */
import { explainApiError } from '../../../shared/highlevel/api-errors.ts';
import { oauthPaths, oauthVersion, tokenContentType } from '../../../shared/highlevel/hosts.ts';
import { explainTokenError, type TokenErrorKind } from '../../../shared/highlevel/token-errors.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { HttpAnswer, HttpClient } from '../requests/http-client.ts';
import type { Vault } from '../vault/types.ts';
import { readGrantedToken, type GrantedToken, type Owner } from './granted-token.ts';

export type TokenEndpointDeps = {
  readonly http: Pick<HttpClient, 'send'>;
  readonly vault: Pick<Vault, 'get'>;
  /** For a whole answer, in ms. Default 30 s. */
  readonly timeoutMs?: number;
};

export type Granted = { readonly ok: true; readonly token: GrantedToken; readonly answer: HttpAnswer };

/**
 * What a failure says of the grant that was sent. `refused`: a definitive "invalid grant", it will never be accepted
 * again. `paused`: it works again once the sub-account is active. `not-done`: it was not used up (429, a refused client,
 * nobody reached). `unknown`: it may have been used up (no answer, 5xx, an answer that cannot be read).
 */
export type GrantFate = 'refused' | 'paused' | 'not-done' | 'unknown';

export type NotGranted = {
  readonly ok: false;
  readonly fate: GrantFate;
  readonly error: AppError;
  readonly exchangeId: ExchangeId;
};

export type GrantResult = Granted | NotGranted;

export type TokenEndpoint = {
  /** Rejects with `secret_missing` or `vault_locked` before anything is sent. */
  exchangeCode(profile: Profile, code: string, redirectUri: string): Promise<GrantResult>;
  /** One attempt; rejects as `exchangeCode` does. What came is read by `readRefresh`. */
  sendRefresh(profile: Profile, refreshToken: string, owner: Owner): Promise<HttpAnswer>;
  /** What an answer of `sendRefresh` means. */
  readRefresh(answer: HttpAnswer, owner: Owner): Promise<GrantResult>;
  /** One attempt; 401 handling is the caller's. HighLevel docs: Get Location Access Token from Agency Token. */
  sendLocationToken(
    profile: Profile,
    accessToken: string,
    companyId: string,
    locationId: string,
  ): Promise<HttpAnswer>;
  /** What an answer of `sendLocationToken` means. */
  readLocationToken(answer: HttpAnswer, companyId: string, locationId: string): Promise<GrantResult>;
};

export function createTokenEndpoint({ http, vault, timeoutMs = 30_000 }: TokenEndpointDeps): TokenEndpoint {
  const send = (
    profile: Profile,
    path: string,
    fields: Record<string, string>,
    headers: [string, string][],
  ) =>
    http.send({
      purpose: 'token',
      method: 'POST',
      url: new URL(path, profile.hosts.api).href,
      headers: [['Accept', 'application/json'], ['Content-Type', tokenContentType], ...headers],
      body: new TextEncoder().encode(new URLSearchParams(fields).toString()),
      profileId: profile.id,
      timeoutMs,
    });

  const credentials = async (profile: Profile): Promise<Record<string, string>> => {
    const secret = await vault.get(`profile/${profile.id}/client-secret`);
    if (secret === null) {
      throw new AppError('secret_missing', `The app "${profile.name}" has no client secret yet.`, {
        remedy:
          'Add the client secret to the app in Settings; the developer portal shows it once, when it is made.',
      });
    }
    return { client_id: profile.clientId, client_secret: secret };
  };

  return {
    async exchangeCode(profile, code, redirectUri) {
      const fields = {
        ...(await credentials(profile)),
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
      };
      return resultOf(await send(profile, oauthPaths.token, fields, []), 'authorization_code', null);
    },
    async sendRefresh(profile, refreshToken, owner) {
      const fields = {
        ...(await credentials(profile)),
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        user_type: owner.userType,
      };
      return send(profile, oauthPaths.token, fields, []);
    },
    readRefresh: (answer, owner) => resultOf(answer, 'refresh_token', owner),
    sendLocationToken: (profile, accessToken, companyId, locationId) =>
      send(profile, oauthPaths.locationToken, { companyId, locationId }, [
        ['Version', oauthVersion],
        ['Authorization', `Bearer ${accessToken}`],
      ]),
    readLocationToken: (answer, companyId, locationId) =>
      resultOf(answer, 'location', { userType: 'Location', companyId, locationId }),
  };
}

type GrantKind = 'authorization_code' | 'refresh_token' | 'location';

/** A failure is told once its exchange can be read; a grant at once, so that it is stored before anything else happens. */
async function resultOf(answer: HttpAnswer, kind: GrantKind, owner: Owner | null): Promise<GrantResult> {
  const result = readResult(answer, kind, owner);
  if (!result.ok) await answer.recorded;
  return result;
}

function readResult(answer: HttpAnswer, kind: GrantKind, owner: Owner | null): GrantResult {
  const { exchangeId, status } = answer;
  const failed = (error: AppError, fate: GrantFate): NotGranted => ({
    ok: false,
    fate,
    error,
    exchangeId,
  });
  if (answer.error !== null || status === null) {
    return failed(
      unanswered(answer, kind),
      answer.error?.kind === 'unreachable' && status === null ? 'not-done' : 'unknown',
    );
  }
  if (status >= 200 && status < 300) {
    const token = readGrantedToken(answer.body, owner);
    return token === null ? failed(unreadable(answer, kind), 'unknown') : { ok: true, token, answer };
  }
  const body = new TextDecoder().decode(answer.body);
  if (kind === 'location') {
    const explained = explainApiError(status, body);
    return failed(
      new AppError(
        'token_endpoint_refused',
        `No location token was given (status ${status}): ${explained?.sentence ?? 'the answer is not a success.'}`,
        { exchangeId, retryable: status >= 500 || status === 429, remedy: explained?.remedy ?? readRaw },
      ),
      status >= 500 ? 'unknown' : 'not-done',
    );
  }
  const explained = explainTokenError(status, body, kind);
  const error = new AppError('token_endpoint_refused', `${explained.sentence} (Status ${status}.)`, {
    exchangeId,
    remedy: explained.remedy,
    retryable: explained.kind === 'server-error' || explained.kind === 'rate-limited',
  });
  return failed(error, fateOf(status, explained.kind));
}

function fateOf(status: number, kind: TokenErrorKind): GrantFate {
  if (kind === 'invalid-refresh-token' && (status === 400 || status === 401)) return 'refused';
  if (kind === 'inactive-location') return 'paused';
  return status >= 500 || status < 400 ? 'unknown' : 'not-done';
}

const readRaw = 'Read the raw answer in the exchange.';

function unanswered(answer: HttpAnswer, kind: GrantKind): AppError {
  const { exchangeId, error } = answer;
  const sentence = error?.sentence ?? 'The token endpoint gave no answer.';
  const options = { exchangeId, retryable: kind !== 'authorization_code', remedy: retryRemedy(kind) };
  switch (error?.kind) {
    case 'timeout':
      return new AppError('timeout', `The token endpoint gave no answer in time: ${sentence}`, options);
    case 'cut-off':
    case 'too-large':
      return new AppError(
        'token_answer_unreadable',
        `The token answer did not arrive whole: ${sentence}`,
        options,
      );
    case 'cancelled':
      return new AppError('cancelled', sentence, options);
    case 'unreachable':
    case 'reset':
    case 'failed':
    case undefined:
      return new AppError('token_endpoint_unreachable', sentence, options);
  }
}

function unreadable(answer: HttpAnswer, kind: GrantKind): AppError {
  return new AppError(
    'token_answer_unreadable',
    `The token endpoint answered ${answer.status}, but its ${answer.body.length} bytes are not a token answer.`,
    { exchangeId: answer.exchangeId, retryable: kind !== 'authorization_code', remedy: retryRemedy(kind) },
  );
}

function retryRemedy(kind: GrantKind): string {
  switch (kind) {
    case 'authorization_code':
      return 'Check the connection and start the install again; a code works once.';
    case 'refresh_token':
      return 'Nothing was thrown away; refresh again once the connection is back.';
    case 'location':
      return 'Try again; a location token can be asked for as often as needed.';
  }
}
