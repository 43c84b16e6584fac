/** Whose callback it is: settled by its state, else by the path it came to. */
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { CapturedCallback } from '../ingress/types.ts';
import type { Profiles } from '../services.ts';
import {
  failures,
  foreignStateWarning,
  noStateWarning,
  otherPathWarning,
  otherWaitingWarning,
  type InstallFailure,
} from './callback-pages.ts';
import { installAddress } from './install-address.ts';
import type { PastedCallback } from './paste-callback.ts';
import type { PendingInstall, PendingInstalls } from './pending-installs.ts';

export type Attribution = {
  readonly profileId: ProfileId;
  readonly redirectUri: string;
  readonly pending: PendingInstall | null;
  readonly warnings: readonly string[];
  /** Name of another app whose install is waiting, where the callback carries no state. */
  readonly otherWaiting: string | null;
};

export type AttributionDeps = {
  readonly profiles: Pick<Profiles, 'get' | 'list' | 'addresses'>;
  readonly installs: PendingInstalls;
};

const isLoopback = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

const sameAddress = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;

export function createAttribution({ profiles, installs }: AttributionDeps) {
  const nameOf = (id: ProfileId): string => profiles.list().find((one) => one.id === id)?.name ?? id;

  const onlyProfile = (): ProfileId | null => {
    const waiting = new Set(installs.waiting().map((one) => one.profileId));
    const all = profiles.list().map((profile) => profile.id);
    const candidates = all.length === 1 ? all : [...waiting];
    return candidates.length === 1 ? (candidates[0] ?? null) : null;
  };

  const usualRedirectUri = (profileId: ProfileId): string =>
    installAddress(profiles.get(profileId), profiles.addresses(profileId).redirectUrl, 'none').redirectUri;

  const waitingFor = (profileId: ProfileId): PendingInstall | null =>
    installs.waiting().findLast((one) => one.profileId === profileId) ?? null;

  const ofPending = (pending: PendingInstall, warnings: readonly string[]): Attribution => {
    const { profileId, redirectUri } = pending;
    return { profileId, redirectUri, pending, warnings, otherWaiting: null };
  };

  return {
    /** Spends the state, if there is one. */
    ofCallback(callback: CapturedCallback): Attribution | InstallFailure {
      const state = callback.query.get('state');
      if (state !== null && state !== '') {
        const found = installs.take(state);
        if (found.kind === 'used') return failures.usedState;
        if (found.kind === 'cancelled') return failures.cancelledState;
        if (found.kind === 'unknown') return failures.unknownState;
        const { profileId } = found.install;
        const elsewhere = callback.profileId !== null && callback.profileId !== profileId;
        const warning = elsewhere
          ? [otherPathWarning(nameOf(profileId), nameOf(callback.profileId ?? profileId))]
          : [];
        return ofPending(found.install, warning);
      }
      const profileId = callback.profileId ?? onlyProfile();
      if (profileId === null) return failures.whose;
      // An install begun here whose consent page did not hand the state back ends with this callback too.
      const pending = waitingFor(profileId);
      const expected = pending?.redirectUri ?? usualRedirectUri(profileId);
      const { address } = callback;
      // Begun elsewhere, under another name of this machine (`127.0.0.1` for `localhost`): that name counts.
      const local = address !== null && isLoopback(address) && isLoopback(expected);
      const other = pending === null ? (installs.waiting().at(-1)?.profileId ?? null) : null;
      const otherWaiting = other === null ? null : nameOf(other);
      const told = otherWaiting === null ? [] : [otherWaitingWarning(nameOf(profileId), otherWaiting)];
      const warnings = [noStateWarning, ...told];
      return { profileId, redirectUri: local ? address : expected, pending, warnings, otherWaiting };
    },

    /** The developer has said whose it is; a state that is another app's, or has been used, is refused all the same. */
    ofPasted(profileId: ProfileId, { code, state, address }: PastedCallback): Attribution | InstallFailure {
      const profile = profiles.get(profileId);
      const waiting = installs.waiting();
      const own = state === null ? null : (waiting.find((one) => one.state === state) ?? null);
      if (own !== null && own.profileId !== profileId)
        return failures.otherProfile(nameOf(own.profileId), profile.name);
      const found = own === null && state !== null ? installs.take(state) : null;
      if (found?.kind === 'used' && !installs.isReleased(code)) return failures.usedState;
      const pending = own ?? waitingFor(profileId);
      const known = [
        ...(pending === null ? [] : [pending.redirectUri]),
        usualRedirectUri(profileId),
        ...profile.portal.redirectUrls,
      ];
      // The browser adds a slash or changes the case of a host; the token endpoint wants what was registered.
      const registered = known.find((one) => address !== null && sameAddress(one, address));
      const redirectUri = registered ?? address ?? known[0] ?? '';
      const warnings = found?.kind === 'unknown' ? [foreignStateWarning] : [];
      return { profileId, redirectUri, pending, warnings, otherWaiting: null };
    },
  };
}
