import { AppError } from '../../../shared/model/app-error.ts';
import type { TunnelSettings } from '../../../shared/model/system.ts';
import type { SettingsStore } from '../ports.ts';
import type { Tunnel } from '../services.ts';
import type { Vault } from '../vault/types.ts';
import { readDomain, readPublicAddress } from './public-address.ts';

/** The vault's name for the ngrok account's authtoken. */
export const authtokenName = 'ngrok/authtoken';

type Changes = Parameters<Tunnel['configure']>[0];

/** What the public address is made of: plain settings, and the authtoken in the vault. */
export function createTunnelSettings(
  store: SettingsStore,
  vault: Pick<Vault, 'get' | 'set' | 'delete' | 'names'>,
) {
  const get = (): TunnelSettings => store.get('tunnel');

  function requireUrl(url: string | null): string {
    if (url === null || url.trim() === '') {
      throw new AppError(
        'bad_input',
        'The public address is missing: enter the https address that leads here.',
      );
    }
    return readPublicAddress(url);
  }

  async function changeAuthtoken(text: string): Promise<void> {
    const authtoken = text.trim();
    if (authtoken === '') await vault.delete(authtokenName);
    else if (/\s/.test(authtoken))
      throw new AppError('bad_input', 'The ngrok authtoken must not contain spaces.');
    else await vault.set(authtokenName, authtoken);
  }

  return {
    get,
    hasAuthtoken: (): boolean => vault.names(authtokenName).includes(authtokenName),
    requireUrl,
    /** @throws AppError `secret_missing`, `vault_locked`, `vault_unavailable`. */
    async requireAuthtoken(): Promise<string> {
      const authtoken = await vault.get(authtokenName);
      if (authtoken === null) {
        throw new AppError(
          'secret_missing',
          'The ngrok authtoken is missing: copy it from https://dashboard.ngrok.com.',
        );
      }
      return authtoken;
    },
    /**
     * Checks everything, then stores it: the authtoken first.
     *
     * @returns whether anything is different now.
     * @throws AppError `bad_input`; nothing has been stored then.
     */
    async change({ authtoken, ...changes }: Changes): Promise<boolean> {
      const before = get();
      const merged = { ...before, ...changes };
      const next: TunnelSettings = {
        kind: merged.kind,
        url: merged.kind === 'url' || changes.url ? requireUrl(merged.url) : merged.url,
        domain: merged.domain === null || merged.domain.trim() === '' ? null : readDomain(merged.domain),
      };
      if (authtoken !== undefined) await changeAuthtoken(authtoken);
      const same = next.kind === before.kind && next.url === before.url && next.domain === before.domain;
      if (!same) store.set('tunnel', next);
      return !same || authtoken !== undefined;
    },
  };
}
