/** The first API call: the cheapest one that proves token, scopes and `Version`. */
import { useMutation } from '@tanstack/react-query';
import type { Profile } from '../../shared/model/profile.ts';
import type { RequestDraft, RequestResult } from '../../shared/model/request.ts';
import type { TokenSummary } from '../../shared/model/token.ts';
import { rpc } from './connection.ts';

/** The token a call would best be made with: a sub-account's, the newest first. */
export function tokenForFirstCall(tokens: readonly TokenSummary[], profile: Profile): TokenSummary | null {
  const usable = tokens.filter((token) => token.profileId === profile.id && token.status !== 'dead');
  const newest = usable.toSorted((one, other) => other.obtainedAt - one.obtainedAt);
  return newest.find((token) => token.userType === 'Location') ?? newest[0] ?? null;
}

export function firstCall(token: TokenSummary, profile: Profile): RequestDraft {
  const shared = { profileId: profile.id, method: 'GET', tokenId: token.id, locationId: token.locationId };
  if (token.userType === 'Location' && token.scopes.includes('locations.readonly'))
    return {
      ...shared,
      operationId: 'locations.get-location',
      path: '/locations/{locationId}',
      pathParams: { locationId: token.locationId ?? '' },
    };
  if (token.userType === 'Location')
    return {
      ...shared,
      operationId: 'contacts.get-contacts',
      path: '/contacts/',
      query: [
        { name: 'locationId', value: token.locationId ?? '' },
        { name: 'limit', value: '5' },
      ],
    };
  return {
    ...shared,
    operationId: 'oauth.get-installed-location',
    path: '/oauth/installedLocations',
    query: [
      { name: 'companyId', value: token.companyId ?? '' },
      { name: 'appId', value: profile.appId },
    ],
  };
}

/** @param callId names it among the calls that wait for the rate limit */
export const send = (draft: RequestDraft, signal?: AbortSignal, callId?: string): Promise<RequestResult> =>
  rpc.requests.send({ ...draft, callId }, signal === undefined ? {} : { signal });

export const useFirstCall = () =>
  useMutation({
    mutationFn: ({ token, profile }: { token: TokenSummary; profile: Profile }) =>
      send(firstCall(token, profile)),
  });
