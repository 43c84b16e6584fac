/** What kind of keychain stands behind safeStorage, told from its back end's name and the tag on a ciphertext. */
export type Keychain = {
  readonly kind: 'keychain' | 'plain' | 'none';
  readonly label: string;
  /** Written beside what it sealed, so that a change of it can be told. */
  readonly backend: string;
  /** What is wrong with it, for the user; empty for a real keychain. */
  readonly sentence: string;
};

const names: Readonly<Record<string, string>> = {
  gnome_libsecret: 'Secret Service',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

/**
 * @param backend Electron's `getSelectedStorageBackend()` on Linux, `system` elsewhere, `unavailable` where encryption is not to be had
 * @param tag the first three bytes of a ciphertext. On Linux `v11` was sealed with the keyring's key and `v10` with a
 *   key built into Chromium; on macOS `v10` is the Keychain's (Chromium's os_crypt sources)
 */
export function classifyKeychain(platform: NodeJS.Platform, backend: string, tag: string | null): Keychain {
  if (backend === 'unavailable') {
    return {
      kind: 'none',
      label: 'no keychain',
      backend,
      sentence:
        'The operating system offers no keychain to keep secrets in. Choose a passphrase in Settings, Vault.',
    };
  }
  if (platform === 'linux' && (backend === 'basic_text' || backend === 'unknown' || tag === 'v10')) {
    return {
      kind: 'plain',
      label: 'no keyring',
      backend: backend === 'unknown' || tag === 'v10' ? 'basic_text' : backend,
      sentence:
        'No keyring was found, so secrets are sealed with a key that every Chromium knows: anyone who can read your files can open them. Choose a passphrase in Settings, Vault, or unlock a keyring and start again.',
    };
  }
  if (platform === 'darwin') return { kind: 'keychain', label: 'Keychain', backend, sentence: '' };
  if (platform === 'win32')
    return { kind: 'keychain', label: 'Windows data protection', backend, sentence: '' };
  return { kind: 'keychain', label: names[backend] ?? 'keychain', backend, sentence: '' };
}
