import { readErrorBody } from './error-body.ts';

/** An API error explained: what HighLevel says, what it means and what to do. */
export type ApiErrorExplanation = {
  sentence: string;
  remedy: string;
  traceId: string | null;
};

type Rule = { status?: number; said?: RegExp; sentence: string; remedy: string };

/** First match wins; wordings come from published schemas and from refusals that developers reported. */
const rules: readonly Rule[] = [
  {
    status: 401,
    said: /version header (?:was not found|is invalid)/i,
    sentence: 'The Version header is missing or has a value HighLevel does not know.',
    remedy: 'Send the Version of this operation; the catalogue names it.',
  },
  {
    said: /not available in api version|removed in version/i,
    sentence: 'This path does not exist under the Version that was sent.',
    remedy: 'Send a v2 path with a date as its Version, and a v3 path with v3.',
  },
  {
    status: 401,
    said: /not authorized for this scope/i,
    sentence: 'The token lacks the scope this operation needs.',
    remedy:
      'Compare the scopes of the operation with those of the token, add the missing one to the app and install it again.',
  },
  {
    said: /user type is not yet supported/i,
    sentence: 'The operation does not take a token of this level.',
    remedy: 'Use a sub-account token where an agency token was sent, or the other way round.',
  },
  {
    status: 403,
    said: /does not have access to this location/i,
    sentence: 'The token belongs to another sub-account than the one in the request.',
    remedy:
      'Choose the token of that sub-account, and send its locationId once only: a repeated locationId gives the same answer.',
  },
  {
    status: 401,
    said: /private integration token/i,
    sentence: 'The private integration token is invalid or was rotated.',
    remedy: 'Copy the current token from Settings > Private Integrations of the sub-account or agency.',
  },
  {
    status: 401,
    said: /jwt|access token is invalid|token (?:is|has) (?:invalid|expired)/i,
    sentence: 'The access token is invalid or has expired.',
    remedy: 'Refresh the token and send the request again.',
  },
  {
    status: 401,
    sentence: 'HighLevel does not accept the token for this request.',
    remedy: 'Check the level of the token, its scopes and whether it has expired.',
  },
  {
    status: 403,
    sentence: 'The token may not do this.',
    remedy:
      'Check that the token belongs to the sub-account or agency in the request and that the app is still installed there.',
  },
  {
    status: 404,
    said: /^cannot (?:get|post|put|patch|delete) /i,
    sentence: 'There is no such path under the Version that was sent.',
    remedy: 'Check the path, and send Version v3 for paths that exist only there.',
  },
  {
    status: 404,
    sentence: 'HighLevel has nothing under this id.',
    remedy: 'Check the ids in the path and that they belong to the sub-account of the token.',
  },
  {
    status: 422,
    said: /locationId/i,
    sentence: 'HighLevel refuses the locationId in this request.',
    remedy:
      'Operations below /contacts/{contactId} take no locationId in the body; others need it there or in the query.',
  },
  {
    status: 422,
    sentence: 'A field of the request has a value HighLevel does not accept.',
    remedy: 'The answer names the field; compare it with the fields of the operation.',
  },
  {
    status: 429,
    sentence:
      'The rate limit is reached: 100 requests in 10 seconds or 200,000 a day for each app and account.',
    remedy:
      'Wait for the interval of the rate-limit headers; with no daily requests left, wait for the next day.',
  },
  {
    status: 400,
    sentence: 'HighLevel cannot read the request.',
    remedy: 'Check the parameters and that the body is valid JSON.',
  },
];

const failed: Rule = {
  sentence: 'HighLevel failed on its side.',
  remedy: 'Try again in a moment; if it lasts, give the trace id to HighLevel support.',
};

const unknown: Rule = {
  sentence: 'HighLevel refused the request.',
  remedy: 'Read the raw answer; the catalogue says what the operation expects.',
};

/**
 * Explains an error answer of the API. `body` may be parsed JSON or text. A resolution that a v3 body carries is
 * the remedy. Returns null for statuses below 400.
 */
export function explainApiError(status: number, body: unknown): ApiErrorExplanation | null {
  if (status < 400) return null;
  const { messages, resolution, traceId } = readErrorBody(body);
  const said = messages.join('\n');
  const rule = rules.find((each) => matches(each, status, said)) ?? (status >= 500 ? failed : unknown);
  return { sentence: rule.sentence, remedy: resolution ?? rule.remedy, traceId };
}

function matches(rule: Rule, status: number, said: string): boolean {
  return (
    (rule.status === undefined || rule.status === status) && (rule.said === undefined || rule.said.test(said))
  );
}
