/** The `state` values handed out: each is good for one callback, and they live in memory only. */
import { createHash, randomBytes } from 'node:crypto';
import type { ProfileId } from '../../../shared/model/ids.ts';

export type PendingInstall = {
  readonly state: string;
  readonly profileId: ProfileId;
  /** The one in the install link, and therefore the one of the code exchange. */
  readonly redirectUri: string;
  readonly installUrl: string;
  readonly startedAt: number;
};

export type StateFinding =
  | { readonly kind: 'pending'; readonly install: PendingInstall }
  | { readonly kind: 'used' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unknown' };

export type PendingInstalls = {
  newState(): string;
  add(install: PendingInstall): void;
  /** Finds a state and spends it. */
  take(state: string): StateFinding;
  cancel(state: string): void;
  /** Those still waiting, the latest last. */
  waiting(): readonly PendingInstall[];
  /** False when the code has been seen before. */
  spendCode(code: string): boolean;
  /** The token endpoint gave no verdict on the code: it may be given again, by hand. */
  releaseCode(code: string): void;
  isReleased(code: string): boolean;
};

/** More than anyone has open at once; the oldest are forgotten first. */
const limit = 500;

export function createPendingInstalls(): PendingInstalls {
  const pending = new Map<string, PendingInstall>();
  const ended = new Map<string, 'used' | 'cancelled'>();
  const codes = new Map<string, 'spent' | 'released'>();

  const remember = <T>(map: Map<string, T>, key: string, value: T): void => {
    map.set(key, value);
    const oldest = map.keys().next().value;
    if (map.size > limit && oldest !== undefined) map.delete(oldest);
  };
  const end = (state: string, how: 'used' | 'cancelled'): void => {
    pending.delete(state);
    remember(ended, digest(state), how);
  };

  return {
    newState: () => randomBytes(32).toString('base64url'),
    add: (install) => remember(pending, install.state, install),
    take(state) {
      const install = pending.get(state);
      if (install !== undefined) {
        end(state, 'used');
        return { kind: 'pending', install };
      }
      return { kind: ended.get(digest(state)) ?? 'unknown' };
    },
    cancel(state) {
      if (pending.has(state)) end(state, 'cancelled');
    },
    waiting: () => [...pending.values()],
    spendCode(code) {
      const key = digest(code);
      if (codes.get(key) === 'spent') return false;
      remember(codes, key, 'spent');
      return true;
    },
    releaseCode: (code) => remember(codes, digest(code), 'released'),
    isReleased: (code) => codes.get(digest(code)) === 'released',
  };
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
