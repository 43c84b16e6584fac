import { highlevelKeys } from '../../../shared/highlevel/signature-keys.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { DerivationContext } from '../exchanges/types.ts';

/** What attributing and verifying needs to know: HighLevel's published keys for every live profile, and each profile's own. */
export function derivationContextOf(profiles: readonly Profile[]): DerivationContext {
  return {
    profiles: profiles.map(({ id, appId, environment }) => ({ id, appId, environment })),
    keys: [
      ...highlevelKeys.map(({ scheme, pem, owner }) => ({ scheme, pem, owner, profileId: null })),
      ...profiles.flatMap(({ id, keys }) => keys.map((key) => ({ ...key, profileId: id }))),
    ],
  };
}
