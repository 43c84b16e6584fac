import type { SavedRequest } from '../../../shared/model/collection.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { RequestDraft } from '../../../shared/model/request.ts';

/** A saved request as it is sent by an app: without what is switched off. */
export function draftOf(request: SavedRequest, profileId: ProfileId): RequestDraft {
  const sent = <T extends { readonly on: boolean }>(pairs: readonly T[]): T[] => pairs.filter(({ on }) => on);
  return {
    ...request,
    profileId,
    query: sent(request.query),
    headers: sent(request.headers),
    parts: sent(request.parts),
  };
}
