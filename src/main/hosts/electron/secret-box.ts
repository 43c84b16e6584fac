import { safeStorage } from 'electron';
import { AppError } from '../../../shared/model/app-error.ts';
import type { VaultStatus } from '../../../shared/model/system.ts';
import type { SecretBox } from '../../core/ports.ts';
import { classifyKeychain, type Keychain } from './keychain.ts';

/** Refused by the keychain for the moment (it is being unlocked, the service restarts): worth one more try. */
async function twice<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch {
    return await attempt();
  }
}

/**
 * The operating system's keychain, through Electron's asynchronous safeStorage (the synchronous one goes in Electron 46).
 * Call after `app.whenReady()`. On Linux, encryption is "available" even without any keyring, with a key that is
 * built into Chromium, so both the back end's name and the tag on a probe's ciphertext are looked at.
 */
export async function createKeychainBox(): Promise<SecretBox> {
  const keychain = await probe();
  let stale = false;

  const usable = (): void => {
    if (keychain.kind === 'none') throw new AppError('vault_unavailable', keychain.sentence);
  };

  const status = (): Promise<VaultStatus> =>
    Promise.resolve({
      kind: keychain.kind === 'keychain' ? 'keychain' : 'plain',
      label: keychain.label,
      locked: false,
      warning: keychain.kind === 'keychain' ? null : keychain.sentence,
    });

  return {
    status,
    backend: keychain.backend,
    stale() {
      const said = stale;
      stale = false;
      return said;
    },
    async seal(plain) {
      usable();
      const text = Buffer.from(plain).toString('base64');
      return await twice(() => safeStorage.encryptStringAsync(text));
    },
    async open(sealed) {
      usable();
      try {
        const { result, shouldReEncrypt } = await twice(() =>
          safeStorage.decryptStringAsync(Buffer.from(sealed)),
        );
        stale ||= shouldReEncrypt;
        return Buffer.from(result, 'base64');
      } catch (cause) {
        throw new AppError(
          'vault_unavailable',
          'The keychain cannot open this secret: it was sealed by another user, another keychain or another host.',
          { cause, remedy: 'Start the companion the way it was started before, or enter the secret again.' },
        );
      }
    },
    unlock: () =>
      Promise.reject(
        new AppError(
          'unsupported',
          'The desktop keeps secrets in the keychain, which takes no passphrase here.',
        ),
      ),
  };
}

/** The keychain as a choice: refused while there is none worth the name. */
export function keychainChoice(box: SecretBox): { readonly box: SecretBox; make(): Promise<SecretBox> } {
  return {
    box,
    async make() {
      const { kind, warning } = await box.status();
      if (kind === 'keychain') return box;
      throw new AppError('unsupported', warning ?? 'No keychain was found.', {
        remedy:
          'Unlock or install a keyring (GNOME Keyring, KWallet) and start the companion again, or choose a passphrase.',
      });
    },
  };
}

async function probe(): Promise<Keychain> {
  if (!(await safeStorage.isAsyncEncryptionAvailable()))
    return classifyKeychain(process.platform, 'unavailable', null);
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
  const cipher = await twice(() => safeStorage.encryptStringAsync('probe'));
  return classifyKeychain(process.platform, backend, cipher.subarray(0, 3).toString('latin1'));
}
