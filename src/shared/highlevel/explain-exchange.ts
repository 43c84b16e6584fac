/**
 * The code exchange and the refresh, field by field, in our own words (HighLevel docs: Get Access Token, OAuth 2.0, App
 * Distribution). Pure: bodies come in as text, with secrets already masked.
 */

import { parseQuery } from './url-parts.ts';

/** One field as it crossed the wire; `sentence` is null for a field that no source explains. */
export type ExplainedField = {
  readonly name: string;
  readonly value: string;
  readonly sentence: string | null;
};

type Sentence = string | ((value: unknown) => string);

/** By the name before v3; `accessToken` finds `access_token`. */
const requestFields: Readonly<Record<string, Sentence>> = {
  client_id: 'Says which app asks; the part before the dash is the app id.',
  client_secret: 'Proves that the app itself asks. Never put it into a page or an app that others can read.',
  grant_type: (value) =>
    value === 'refresh_token'
      ? 'A refresh: the refresh token is handed in for a new pair.'
      : value === 'authorization_code'
        ? 'A code exchange: the code of the callback is handed in for the first pair of tokens.'
        : 'What is handed in for a token: authorization_code or refresh_token.',
  code: 'The code of the callback. It works once, and only with the redirect URL it was issued for.',
  refresh_token: 'Works once: the answer brings the next one, and this one is worthless from then on.',
  redirect_uri: 'The redirect URL of the install link, to the letter; another one is refused.',
  user_type:
    'Which kind of token is wished for. The app’s own target user decides; read userType in the answer.',
  company_id: 'The agency whose token is used for minting.',
  location_id: 'The sub-account for which a token is minted.',
};

const answerFields: Readonly<Record<string, Sentence>> = {
  access_token:
    'Goes into the Authorization header of API calls. A JWT; its claims can be read, not changed.',
  token_type: 'How the access token is sent: Authorization: Bearer, a space, then the token.',
  expires_in: (value) =>
    Number(value) > 0
      ? `Seconds until the access token ends: ${Math.round(Number(value) / 360) / 10} hours.`
      : 'Seconds until the access token ends.',
  refresh_token: 'Brings the next pair; valid for a year or until it is used. Losing it means a new install.',
  refresh_token_id: 'Names the refresh token without being one; useful in talks with support.',
  scope: (value) =>
    `What was granted: ${String(value).split(/\s+/).filter(Boolean).length} scopes. Compare with what the link asked for.`,
  user_type: (value) =>
    value === 'Company'
      ? 'An agency token: for agency endpoints, and for minting location tokens.'
      : value === 'Location'
        ? 'A sub-account token: for the endpoints of this one location.'
        : 'Company for an agency token, Location for one of a sub-account.',
  company_id: 'The agency the account belongs to.',
  location_id: 'The sub-account this token is for; agency tokens have none.',
  is_bulk_installation: (value) =>
    value === true
      ? 'The agency installed for many sub-accounts at once: list them, then mint a token for each.'
      : 'Not a bulk install: this token is used as it is.',
  approved_locations: (value) =>
    `The sub-accounts the agency chose${Array.isArray(value) ? `: ${value.length}` : ''}. Location tokens can be minted for these.`,
  approve_all_locations: (value) =>
    value === true
      ? 'Every sub-account of the agency is covered.'
      : 'Only the chosen sub-accounts are covered.',
  install_to_future_locations: (value) =>
    value === true
      ? 'Sub-accounts added later get the app too; an INSTALL webhook announces each.'
      : 'Sub-accounts added later do not get the app by themselves.',
  user_id: 'The HighLevel user who agreed on the consent page.',
  plan_id: 'The plan the installer chose; paid apps only.',
  app_id: 'The app this token is for.',
  version_id: 'The version of the app that was installed.',
  trace_id: 'Names this request in HighLevel’s own logs; give it to support.',
  message: 'What HighLevel says went wrong.',
  error: 'The kind of error, as HTTP calls it.',
  status_code: 'The HTTP status once more.',
};

/** The fields of a form or JSON body sent to the token endpoints, in their order. */
export function explainTokenRequest(body: string): ExplainedField[] {
  const json = objectOf(body);
  const pairs = json === null ? parseQuery(body) : Object.entries(json);
  return pairs.map(([name, value]) => explained(requestFields, name, value));
}

/** The fields of a token endpoint's answer; none when it is not a JSON object. */
export function explainTokenAnswer(body: string): ExplainedField[] {
  return Object.entries(objectOf(body) ?? {}).map(([name, value]) => explained(answerFields, name, value));
}

function explained(table: Readonly<Record<string, Sentence>>, name: string, value: unknown): ExplainedField {
  const key = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const sentence = Object.hasOwn(table, key) ? table[key] : undefined;
  return {
    name,
    value: typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    sentence: sentence === undefined ? null : typeof sentence === 'string' ? sentence : sentence(value),
  };
}

function objectOf(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    // A form, or an answer cut off half-way: the raw body says which.
    return null;
  }
}
