/** A profile's secrets in the vault, and what is kept of the last removed profile so that the removal can be undone. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { Log } from '../ports.ts';
import type { Vault } from '../vault/types.ts';

/** The vault's name for a profile's client secret. */
export const clientSecretName = (id: ProfileId): string => `profile/${id}/client-secret`;

/** The vault's name for the shared secret of a profile's custom pages. */
export const ssoSecretName = (id: ProfileId): string => `profile/${id}/sso-secret`;

/** Secrets to be saved: null or absent leaves what there is, an empty text forgets it. */
export type GivenSecrets = {
  readonly clientSecret?: string | null | undefined;
  readonly ssoSecret?: string | null | undefined;
};

/** The given secrets by their names in the vault. */
export function secretNames(
  id: ProfileId,
  { clientSecret, ssoSecret }: GivenSecrets,
): [name: string, value: string][] {
  const named = [
    [clientSecretName(id), clientSecret ?? null],
    [ssoSecretName(id), ssoSecret ?? null],
  ] as const;
  return named.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]));
}

type RemovedProfileDeps = {
  readonly vault: Pick<Vault, 'get' | 'set' | 'names'>;
  readonly log: Log;
};

type Removed = {
  readonly profile: Profile;
  /** Its place in the list. */
  readonly index: number;
  readonly active: boolean;
  readonly secrets: readonly (readonly [name: string, value: string])[];
};

/**
 * Holds the last removed profile with its secrets, in the memory of this process only: until the next removal, or its end.
 */
export function createRemovedProfile({ vault, log }: RemovedProfileDeps) {
  let kept: (Removed & { tokensBack: (() => Promise<void>) | undefined }) | null = null;

  function last() {
    if (kept !== null) return kept;
    throw new AppError('not_found', 'No profile has been removed since the companion was started.');
  }

  return {
    /**
     * Reads what will be gone; nothing is kept before `keep`. What the vault cannot open is removed all the same, and
     * then does not come back.
     */
    async prepare(profile: Profile, place: Pick<Removed, 'index' | 'active'>): Promise<Removed> {
      const secrets: [string, string][] = [];
      for (const name of vault.names(`profile/${profile.id}/`)) {
        const value = await vault.get(name).catch((cause: unknown) => {
          log('warn', 'A removed secret cannot be brought back: the vault does not open it.', {
            name,
            cause,
          });
          return null;
        });
        if (value !== null) secrets.push([name, value]);
      }
      return { profile, ...place, secrets };
    },
    keep(removed: Removed, tokensBack: (() => Promise<void>) | undefined): void {
      kept = { ...removed, tokensBack };
    },
    last,
    /** Writes secrets and tokens back; can be called again when it fails. */
    async restore(): Promise<void> {
      const { secrets, tokensBack } = last();
      for (const [name, value] of secrets) await vault.set(name, value);
      await tokensBack?.();
    },
    forget(): void {
      kept = null;
    },
  };
}
