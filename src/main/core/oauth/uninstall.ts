/** Uninstalling the app from an account through the API (HighLevel docs: Uninstall an application). */
import { explainApiError } from '../../../shared/highlevel/api-errors.ts';
import { oauthVersion } from '../../../shared/highlevel/hosts.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { TokenId } from '../../../shared/model/ids.ts';
import type { TokenSummary, Uninstalled } from '../../../shared/model/token.ts';
import type { HttpClient } from '../requests/http-client.ts';
import type { Profiles } from '../services.ts';
import type { TokenService } from './create-tokens.ts';

export type UninstallDeps = {
  readonly tokens: Pick<TokenService, 'list' | 'authorized' | 'forget'>;
  readonly http: Pick<HttpClient, 'send'>;
  readonly profiles: Pick<Profiles, 'get'>;
};

/**
 * @returns the exchange, and how many tokens were forgotten because the uninstall has ended them
 * @throws AppError `not_found` for an unknown token, `request_failed` with HighLevel's reason; nothing is forgotten then
 */
export function createUninstall({ tokens, http, profiles }: UninstallDeps) {
  return async (id: TokenId, reason?: string): Promise<Uninstalled> => {
    const all = tokens.list();
    const token = all.find((one) => one.id === id);
    if (token === undefined) throw new AppError('not_found', `There is no token "${id}".`);
    if (!isOfInstall(token)) {
      throw new AppError('unsupported', 'A private integration token belongs to no install of the app.', {
        remedy: 'Delete it in HighLevel, Settings > Private Integrations, and forget it here.',
      });
    }
    const profile = profiles.get(token.profileId);
    const url = new URL(
      `/marketplace/app/${encodeURIComponent(profile.appId)}/installations`,
      profile.hosts.api,
    );
    const account =
      token.userType === 'Company' ? { companyId: token.companyId } : { locationId: token.locationId };
    const body = JSON.stringify({ ...account, ...(reason === undefined ? {} : { reason }) });
    const answer = await tokens.authorized(id, (accessToken) =>
      http.send({
        purpose: 'api',
        method: 'DELETE',
        url: url.href,
        headers: [
          ['Accept', 'application/json'],
          ['Content-Type', 'application/json'],
          ['Version', oauthVersion],
          ['Authorization', `Bearer ${accessToken}`],
        ],
        body: new TextEncoder().encode(body),
        profileId: token.profileId,
      }),
    );
    await answer.recorded;
    const { exchangeId, status } = answer;
    if (answer.error !== null || status === null) {
      throw new AppError('request_failed', answer.error?.sentence ?? 'There was no answer.', {
        exchangeId,
        retryable: true,
        remedy: 'Whether the app is still installed is not known; look in HighLevel, or try again.',
      });
    }
    const explained = explainApiError(status, new TextDecoder().decode(answer.body));
    if (explained !== null) {
      throw new AppError(
        'request_failed',
        `The app was not uninstalled (status ${status}): ${explained.sentence}`,
        { exchangeId, remedy: explained.remedy },
      );
    }
    const ended = all.filter((one) => one.id === id || (isOfInstall(one) && isBelow(one, token)));
    await Promise.all(ended.map((one) => tokens.forget(one.id)));
    return { exchangeId, forgotten: ended.length };
  };
}

/** Private integration tokens belong to an account, not to an install of the app. */
export function isOfInstall({ source }: TokenSummary): boolean {
  const kind: string = source;
  return kind !== 'pit';
}

/** Location tokens of an agency end with the agency's install. */
const isBelow = (one: TokenSummary, agency: TokenSummary): boolean =>
  agency.userType === 'Company' &&
  one.userType === 'Location' &&
  one.profileId === agency.profileId &&
  (one.mintedFrom === agency.id || one.companyId === agency.companyId);
