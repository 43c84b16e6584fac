import { readErrorBody } from './error-body.ts';

/**
 * Why the token endpoint refused. HighLevel publishes no complete list, so bodies are matched tolerantly and the
 * raw body should always be shown beside the explanation.
 */
export type TokenErrorKind =
  | 'invalid-code'
  | 'invalid-refresh-token'
  | 'invalid-client'
  | 'redirect-mismatch'
  | 'inactive-location'
  | 'missing-parameter'
  | 'invalid-parameter'
  | 'endpoint-removed'
  | 'rate-limited'
  | 'server-error'
  | 'unknown';

/** A refusal explained. `final` is true when the same grant will never be accepted, so that retrying is useless. */
export type TokenError = {
  kind: TokenErrorKind;
  sentence: string;
  remedy: string;
  final: boolean;
  traceId: string | null;
};

/** The grant that was asked for decides what an "invalid grant" was about. */
export type TokenGrant = 'authorization_code' | 'refresh_token' | 'location';

type Explanation = Omit<TokenError, 'kind' | 'traceId'>;

const explanations: Readonly<Record<TokenErrorKind, Explanation>> = {
  'invalid-code': {
    sentence:
      'HighLevel does not accept the authorization code: it was used before, has expired or belongs to another app.',
    remedy: 'Start the install again; a code works once and only for a short time.',
    final: true,
  },
  'invalid-refresh-token': {
    sentence: 'HighLevel does not accept the refresh token: it is invalid, has expired or was used before.',
    remedy:
      'Install the app again for this account, or mint a new location token from the agency token if there is one.',
    final: true,
  },
  'invalid-client': {
    sentence: 'HighLevel does not recognise the client id or the client secret.',
    remedy:
      'Compare both with the keys on the Auth page of the app; a secret is shown only once, so create a new key if in doubt.',
    final: false,
  },
  'redirect-mismatch': {
    sentence: 'The redirect URL sent is not the one the authorization code was issued for.',
    remedy: 'Register the very same redirect URL on the Auth page of the app and start the install again.',
    final: true,
  },
  'inactive-location': {
    sentence: 'The sub-account is paused or its subscription is unpaid.',
    remedy: 'Nothing is lost: once the sub-account is active again, the same refresh token works.',
    final: false,
  },
  'missing-parameter': {
    sentence: 'A parameter that the token endpoint needs is missing.',
    remedy: 'Check that client id, client secret, grant type and the code or refresh token are all set.',
    final: false,
  },
  'invalid-parameter': {
    sentence: 'A parameter has a value that the token endpoint does not accept.',
    remedy: 'The raw answer names the parameter; grant_type and user_type take fixed values only.',
    final: false,
  },
  'endpoint-removed': {
    sentence: 'HighLevel has removed this endpoint.',
    remedy: 'There is no replacement for reconnecting: install the app again for this account.',
    final: true,
  },
  'rate-limited': {
    sentence: 'HighLevel limits how often tokens may be asked for, and the limit is reached.',
    remedy: 'Wait ten seconds and try again.',
    final: false,
  },
  'server-error': {
    sentence: 'The token endpoint failed on its side.',
    remedy: 'Try again in a moment: nothing was decided, so the code or token may still be good.',
    final: false,
  },
  unknown: {
    sentence: 'The token endpoint refused the request for a reason the companion does not know.',
    remedy: 'Read the raw answer, and give its trace id to HighLevel support.',
    final: false,
  },
};

/** Explains an answer of the token endpoint that is not a success. `body` may be parsed JSON or text. */
export function explainTokenError(status: number, body: unknown, grant: TokenGrant): TokenError {
  const { messages, error, traceId } = readErrorBody(body);
  const kind = kindOf(status, [...messages, error ?? ''].join('\n'), grant);
  return { kind, ...explanations[kind], traceId };
}

function kindOf(status: number, said: string, grant: TokenGrant): TokenErrorKind {
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'server-error';
  if (/location is not active/i.test(said)) return 'inactive-location';
  if (/endpoint has been removed/i.test(said)) return 'endpoint-removed';
  if (/redirect[_ ]?ur[il]/i.test(said) && /match|invalid|mismatch/i.test(said)) return 'redirect-mismatch';
  if (
    /invalid[ _]client|client (?:is )?(?:invalid|not found)|client credentials|client[_ ]?secret/i.test(
      said,
    ) &&
    !/missing parameter/i.test(said)
  )
    return 'invalid-client';
  if (/invalid[ _]grant|(?:code|token) (?:is|has) (?:invalid|expired|been used)/i.test(said))
    return invalidGrant(said, grant);
  if (/missing parameter|should not be empty/i.test(said)) return 'missing-parameter';
  if (/invalid parameter|must be (?:a|an|one)/i.test(said) || status === 422) return 'invalid-parameter';
  return 'unknown';
}

function invalidGrant(said: string, grant: TokenGrant): TokenErrorKind {
  if (/refresh/i.test(said)) return 'invalid-refresh-token';
  if (/authorization code/i.test(said)) return 'invalid-code';
  return grant === 'refresh_token' ? 'invalid-refresh-token' : 'invalid-code';
}
