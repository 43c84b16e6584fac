import type { VaultMode } from '../../../shared/model/system.ts';

export const modeWords: Readonly<Record<VaultMode, { readonly name: string; readonly text: string }>> = {
  keychain: {
    name: 'Keychain',
    text: 'The operating system keeps the key. Nothing to type; only this user of this machine can open it.',
  },
  passphrase: {
    name: 'Passphrase',
    text: 'Asked for at each start, written nowhere. Without it nobody opens the secrets, you included.',
  },
  'key-file': {
    name: 'Key file',
    text: 'The key lies beside the data. Nothing to type; whoever can read your files can open it.',
  },
};

export const shortestPassphrase = 8;

/** What is wrong with a new passphrase typed twice; null when nothing is. */
export function passphraseFault(passphrase: string, again: string): string | null {
  if (passphrase.length < shortestPassphrase) return `At least ${shortestPassphrase} characters.`;
  return passphrase === again ? null : 'The two are not the same yet.';
}

export const secretsWord = (count: number): string => (count === 1 ? '1 secret' : `${count} secrets`);

/** `profile/acme/client-secret` in words. */
export function secretName(name: string): string {
  const [area = '', ...rest] = name.split('/');
  const about = rest.join(' ');
  if (area === 'token') return `token ${about}`;
  return area === 'profile' ? `app ${about.replaceAll('-', ' ')}` : name.replaceAll('/', ' ');
}
