import { describe, expect, it } from 'vitest';
import { classifyKeychain } from '../../src/main/hosts/electron/keychain.ts';

describe('the keychain behind safeStorage', () => {
  it('is a keyring on Linux when a keyring sealed the probe', () => {
    expect(classifyKeychain('linux', 'gnome_libsecret', 'v11')).toEqual({
      kind: 'keychain',
      label: 'Secret Service',
      backend: 'gnome_libsecret',
      sentence: '',
    });
  });

  it.each([
    ['basic_text', 'v10'],
    ['basic_text', 'v11'],
    ['unknown', 'v11'],
    ['gnome_libsecret', 'v10'],
  ])('is said out loud to be none on Linux with %s and %s', (backend, tag) => {
    const keychain = classifyKeychain('linux', backend, tag);
    expect(keychain.kind).toBe('plain');
    expect(keychain.sentence).toMatch(/No keyring was found/);
  });

  it('is the Keychain on macOS, where v10 is its own tag', () => {
    expect(classifyKeychain('darwin', 'system', 'v10').kind).toBe('keychain');
  });

  it('is data protection on Windows', () => {
    expect(classifyKeychain('win32', 'system', 'v10').label).toBe('Windows data protection');
  });

  it('is refused where encryption is not available', () => {
    expect(classifyKeychain('linux', 'unavailable', null).kind).toBe('none');
  });
});
