import { AppError } from '../../../shared/model/app-error.ts';
import type { VaultStatus } from '../../../shared/model/system.ts';

/** The kinds of box only the desktop app has. `electron` is how early data folders name them. */
const desktopOnly = new Set(['keychain', 'plain', 'electron']);

/**
 * Says why secrets sealed by one kind of box cannot be opened by the one at hand; null when they are the same.
 * @param sealedBy the `box` of vault.json.
 */
export function boxMismatch(sealedBy: string | null, present: VaultStatus['kind']): AppError | null {
  if (sealedBy === null || sealedBy === present) return null;
  if (!desktopOnly.has(sealedBy)) {
    return sealedBy === 'passphrase'
      ? mismatch(
          'The secrets in this data folder are sealed with a passphrase.',
          'Start with that passphrase (HLC_PASSPHRASE), or unlock the vault in Settings.',
        )
      : mismatch(
          'The secrets in this data folder are sealed with its key file.',
          'Start without a passphrase (HLC_PASSPHRASE); to seal them with one, change the mode in Settings, Vault.',
        );
  }
  if (!desktopOnly.has(present)) {
    return mismatch(
      'The secrets in this data folder were sealed by the desktop app, and only the desktop app can open them.',
      'Start the desktop app, or use another data folder.',
    );
  }
  if (sealedBy === 'electron') return null;
  return mismatch(
    sealedBy === 'keychain'
      ? "The secrets in this data folder are sealed with the operating system's keychain, which is not available now."
      : "The secrets in this data folder were sealed without a keychain, and the operating system's keychain is in use now.",
    'Start in the same desktop session as before, restore a backup (Settings, Vault), or move vault.json away and enter the client secrets again.',
  );
}

/**
 * Says that another keyring stands behind the desktop's box than when the secrets were sealed; null when it is the same
 * or was not written down. Only told once they cannot be opened: some keyrings take over from one another.
 */
export function backendChanged(sealedBy: string | null, present: string | null): AppError | null {
  if (sealedBy === null || present === null || sealedBy === present) return null;
  return mismatch(
    `The secrets in this data folder were sealed with the back end "${sealedBy}" of the keychain, and "${present}" is in use now.`,
    `Start in the same desktop session as before (or with --password-store=${chromiumName(sealedBy)}), restore a backup (Settings, Vault), or move vault.json away and enter the client secrets again.`,
  );
}

/** How Chromium's switch calls a back end. */
const chromiumName = (backend: string) =>
  backend === 'gnome_libsecret' ? 'gnome-libsecret' : backend === 'basic_text' ? 'basic' : backend;

const mismatch = (message: string, remedy: string) => new AppError('vault_unavailable', message, { remedy });
