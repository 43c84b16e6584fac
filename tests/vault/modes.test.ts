import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import type { SecretBox } from '../../src/main/core/ports.ts';
import type { Vault } from '../../src/main/core/vault/types.ts';
import { createNodeSecretBox, createSecretBoxes } from '../../src/main/hosts/node/secret-box.ts';
import { filesBelow, nothingLogged, temporaryFolder } from './support.ts';

const passphrase = 'correct horse battery';
const other = 'another battery staple';
const secrets = new Map([
  ['profile/acme/client-secret', 'b9e3c1d2-7f60-4c1b-9a52-0d8e5f6a7b1c'],
  ['token/location:acme:one', '{"access_token":"planted-access","refresh_token":"planted-refresh"}'],
  ['ngrok/authtoken', 'naïve 🔑 "quoted"'],
]);

type Opening = { readonly passphrase?: string; readonly keychain?: SecretBox };

async function open(dataDir: string, { passphrase: given, keychain }: Opening = {}): Promise<Vault> {
  const box = keychain ?? createNodeSecretBox({ dataDir, passphrase: given });
  const choice = keychain && { keychain: { box: keychain, make: () => Promise.resolve(keychain) } };
  const boxes = createSecretBoxes({ dataDir, passphrase: given, cost: 10, ...choice });
  const vault = await createVault({ box, boxes, dataDir, log: nothingLogged });
  onTestFinished(() => vault.dispose());
  return vault;
}

async function filled(dataDir: string, opening: Opening = {}): Promise<Vault> {
  const vault = await open(dataDir, opening);
  for (const [name, value] of secrets) await vault.set(name, value);
  return vault;
}

async function expectAll(vault: Vault): Promise<void> {
  for (const [name, value] of secrets) expect(await vault.get(name)).toBe(value);
}

/** A keychain whose key, and whose name of what stands behind it, can be another one. */
function keychain({ backend = 'gnome_libsecret', mask = 0x5a, kind = 'keychain' as const } = {}) {
  const outdated = { now: false };
  const flip = (bytes: Uint8Array) => bytes.map((byte) => byte ^ mask);
  const status = () => Promise.resolve({ kind, label: 'Keychain', locked: false, warning: null });
  const box: SecretBox = {
    status,
    backend,
    stale: () => outdated.now,
    seal: (plain) => Promise.resolve(flip(plain)),
    open: (sealed) => Promise.resolve(flip(sealed)),
    unlock: status,
  };
  return { box, outdated };
}

const toPassphrase = (vault: Vault, next = passphrase, current: string | null = null) =>
  vault.changeMode('passphrase', { passphrase: next, current });

describe('a change of mode', () => {
  it('from key file to passphrase and back keeps every secret and leaves no earlier key', async () => {
    const dataDir = await temporaryFolder();
    const vault = await filled(dataDir);
    expect(await vault.status()).toMatchObject({ kind: 'key-file', modes: ['passphrase', 'key-file'] });
    expect(await toPassphrase(vault)).toMatchObject({ kind: 'passphrase', locked: false, warning: null });
    await expectAll(vault);
    const files = await readdir(dataDir);
    expect(files.sort()).toEqual(['vault.json', expect.stringMatching(/^vault\.scrypt\.[0-9a-f]{8}\.json$/)]);
    for (const name of files) expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);

    const again = await open(dataDir);
    expect(await again.status()).toMatchObject({ kind: 'passphrase', locked: true });
    await expect(again.get('ngrok/authtoken')).rejects.toMatchObject({ code: 'vault_locked' });
    await again.unlock(passphrase);
    await expectAll(again);
    await expectAll(await open(dataDir, { passphrase }));

    expect(await again.changeMode('key-file', { passphrase: null, current: passphrase })).toMatchObject({
      kind: 'key-file',
    });
    expect((await readdir(dataDir)).sort()).toEqual(['vault.json', 'vault.key']);
    await expectAll(await open(dataDir));
  });

  it('of the passphrase asks for the present one; the earlier one opens nothing any more', async () => {
    const dataDir = await temporaryFolder();
    const vault = await filled(dataDir);
    await toPassphrase(vault);
    await expect(toPassphrase(vault, other)).rejects.toMatchObject({ code: 'bad_input' });
    await expect(toPassphrase(vault, other, 'not it at all')).rejects.toMatchObject({
      code: 'vault_locked',
      message: 'This is not the passphrase of this vault.',
    });
    await expectAll(vault);
    await toPassphrase(vault, other, passphrase);
    const again = await open(dataDir);
    await expect(again.unlock(passphrase)).rejects.toMatchObject({ code: 'vault_locked' });
    await again.unlock(other);
    await expectAll(again);
    expect(await readdir(dataDir)).toHaveLength(2);
  });

  it('on the desktop: from the keychain, or from none to be had, to a passphrase and back', async () => {
    const dataDir = await temporaryFolder();
    const { box } = keychain();
    const vault = await filled(dataDir, { keychain: box });
    expect((await vault.status()).modes).toEqual(['keychain', 'passphrase', 'key-file']);
    await toPassphrase(vault);
    const again = await open(dataDir, { keychain: box });
    expect(await again.status()).toMatchObject({ kind: 'passphrase', locked: true });
    // What the desktop has sealed with a passphrase opens everywhere.
    await expectAll(await open(dataDir, { passphrase }));
    await again.unlock(passphrase);
    await again.changeMode('keychain', { passphrase: null, current: passphrase });
    expect(await readdir(dataDir)).toEqual(['vault.json']);
    await expectAll(await open(dataDir, { keychain: box }));
  });

  it('holds for an empty vault too', async () => {
    const dataDir = await temporaryFolder();
    await toPassphrase(await open(dataDir, { keychain: keychain().box }));
    const again = await open(dataDir, { keychain: keychain().box });
    expect(await again.status()).toMatchObject({ kind: 'passphrase', locked: true });
    await expect(again.set('ngrok/authtoken', 'x-y-z')).rejects.toMatchObject({ code: 'vault_locked' });
    await again.unlock(passphrase);
    await again.set('ngrok/authtoken', 'x-y-z');
    expect(await (await open(dataDir, { passphrase })).get('ngrok/authtoken')).toBe('x-y-z');
  });

  it('is refused for what this host does not offer, what it is already, and a short passphrase', async () => {
    const vault = await filled(await temporaryFolder());
    const none = { passphrase: null, current: null };
    await expect(vault.changeMode('keychain', none)).rejects.toMatchObject({ code: 'unsupported' });
    await expect(vault.changeMode('key-file', none)).rejects.toMatchObject({ code: 'bad_input' });
    await expect(toPassphrase(vault, 'short')).rejects.toThrow('at least 8 characters');
    await expectAll(vault);
  });

  it('is refused while one secret cannot be opened: nothing is left behind', async () => {
    const dataDir = await temporaryFolder();
    await filled(dataDir);
    const path = join(dataDir, 'vault.json');
    const content = JSON.parse(await readFile(path, 'utf8')) as {
      entries: Record<string, { sealed: string }>;
    };
    const token = content.entries['ngrok/authtoken'];
    if (token !== undefined) token.sealed = Buffer.from('not what it was').toString('base64');
    await writeFile(path, JSON.stringify(content));
    const vault = await open(dataDir);
    await expect(toPassphrase(vault)).rejects.toThrow('"ngrok/authtoken" cannot be opened');
    expect(await vault.get('profile/acme/client-secret')).toBe(secrets.get('profile/acme/client-secret'));
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ box: 'key-file' });
  });

  it('that cannot be written leaves the vault as it was', async () => {
    const dataDir = await temporaryFolder();
    const vault = await filled(dataDir);
    const path = join(dataDir, 'vault.json');
    await rename(path, join(dataDir, 'aside'));
    await mkdir(join(path, 'in-the-way'), { recursive: true });
    await expect(toPassphrase(vault)).rejects.toMatchObject({ code: 'data_folder_unusable' });
    await expectAll(vault);
    expect(await vault.status()).toMatchObject({ kind: 'key-file', locked: false });
  });

  it('keeps what is set and deleted while it runs', async () => {
    const dataDir = await temporaryFolder();
    const vault = await filled(dataDir);
    await Promise.all([
      vault.set('before', 'set before'),
      toPassphrase(vault),
      vault.set('after', 'set after'),
      vault.delete('before'),
    ]);
    const again = await open(dataDir, { passphrase });
    await expectAll(again);
    expect(await again.get('after')).toBe('set after');
    expect(await again.get('before')).toBeNull();
  });

  it('killed at any moment loses nothing, and the next start goes on', async () => {
    const dataDir = await temporaryFolder();
    await filled(dataDir);
    for (let trial = 0; trial < 10; trial += 1) {
      const changer = spawn(
        process.execPath,
        [new URL('mode-changer.ts', import.meta.url).pathname, dataDir, passphrase],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const exited = once(changer, 'exit');
      let seen = 0;
      for await (const _ of createInterface({ input: changer.stdout })) {
        seen += 1;
        // A change takes some milliseconds: each trial ends in another part of one.
        if (seen === 1 + (trial % 3)) setTimeout(() => changer.kill('SIGKILL'), trial * 2);
      }
      await exited;
      expect(seen).toBeGreaterThan(0);
      const vault = await open(dataDir);
      if ((await vault.status()).locked) await vault.unlock(passphrase);
      await expectAll(vault);
      await vault.dispose();
    }
    expect((await readdir(dataDir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }, 60_000);
});

describe('locking', () => {
  it('forgets the opened secrets until the passphrase is entered, and goes on hiding them', async () => {
    const dataDir = await temporaryFolder();
    const vault = await filled(dataDir);
    await toPassphrase(vault);
    const heard: boolean[] = [];
    vault.onStatus(({ locked }) => heard.push(locked));
    expect(await vault.lock()).toMatchObject({ kind: 'passphrase', locked: true });
    await expect(vault.get('ngrok/authtoken')).rejects.toMatchObject({ code: 'vault_locked' });
    await expect(vault.backup(other)).rejects.toMatchObject({ code: 'vault_locked' });
    await expect(toPassphrase(vault, other, passphrase)).rejects.toMatchObject({ code: 'vault_locked' });
    expect(vault.redactor.text('log of b9e3c1d2-7f60-4c1b-9a52-0d8e5f6a7b1c')).toBe('log of ********');
    await expect(vault.unlock(other)).rejects.toMatchObject({ code: 'vault_locked' });
    await vault.unlock(passphrase);
    await expectAll(vault);
    expect(heard).toEqual([true, false]);
  });

  it('takes effect although the passphrase came with the start', async () => {
    const vault = await filled(await temporaryFolder(), { passphrase });
    expect(await vault.lock()).toMatchObject({ locked: true });
    await expect(vault.get('ngrok/authtoken')).rejects.toMatchObject({ code: 'vault_locked' });
  });

  it('is refused where nothing would open it again', async () => {
    const vault = await filled(await temporaryFolder());
    await expect(vault.lock()).rejects.toMatchObject({ code: 'unsupported' });
    await expectAll(vault);
  });
});

describe('the keychain of the desktop', () => {
  it('another back end that cannot open it is named, with the way back', async () => {
    const dataDir = await temporaryFolder();
    await filled(dataDir, { keychain: keychain().box });
    const before = await readFile(join(dataDir, 'vault.json'), 'utf8');
    expect(JSON.parse(before)).toMatchObject({ box: 'keychain', backend: 'gnome_libsecret' });
    const vault = await open(dataDir, { keychain: keychain({ backend: 'kwallet6', mask: 0x77 }).box });
    expect(await vault.status()).toMatchObject({
      locked: true,
      warning: expect.stringMatching(
        /"gnome_libsecret".+"kwallet6" is in use now.+--password-store=gnome-libsecret/,
      ),
    });
    await expect(vault.set('x', 'value')).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(await readFile(join(dataDir, 'vault.json'), 'utf8')).toBe(before);
    await expectAll(await open(dataDir, { keychain: keychain().box }));
  });

  it('another back end that opens everything is simply gone on with', async () => {
    const dataDir = await temporaryFolder();
    await filled(dataDir, { keychain: keychain({ backend: 'kwallet5' }).box });
    const vault = await open(dataDir, { keychain: keychain({ backend: 'kwallet6' }).box });
    expect(await vault.status()).toMatchObject({ locked: false, warning: null });
    await expectAll(vault);
  });

  it('whose key has changed seals everything anew', async () => {
    const dataDir = await temporaryFolder();
    await filled(dataDir, { keychain: keychain().box });
    const before = await stat(join(dataDir, 'vault.json'));
    const { box, outdated } = keychain({ backend: 'kwallet6' });
    outdated.now = true;
    await expectAll(await open(dataDir, { keychain: box }));
    expect((await stat(join(dataDir, 'vault.json'))).ino).not.toBe(before.ino);
    expect(JSON.parse(await readFile(join(dataDir, 'vault.json'), 'utf8'))).toMatchObject({
      backend: 'kwallet6',
    });
  });
});

describe('a backup', () => {
  const restored = async (vault: Vault, content: string, mode: 'merge' | 'replace', dryRun = false) =>
    await vault.restore({ content, passphrase: other, mode, dryRun });

  it('holds every secret, sealed, and brings them back in another folder', async () => {
    const vault = await filled(await temporaryFolder());
    const { content, fileName, secrets: count, missing } = await vault.backup(other);
    expect([count, missing]).toEqual([3, []]);
    expect(fileName).toMatch(/^highlevel-companion-\d{4}-\d\d-\d\d\.vault-backup\.json$/);
    const file = Buffer.from(content, 'base64').toString('utf8');
    for (const value of [...secrets.values(), ...secrets.keys(), other]) expect(file).not.toContain(value);
    expect(JSON.parse(file)).toMatchObject({ kdf: 'scrypt', cost: 17 });

    const dataDir = await temporaryFolder();
    const fresh = await open(dataDir);
    expect(await restored(fresh, content, 'merge', true)).toMatchObject({
      added: [...secrets.keys()],
      kept: 0,
    });
    expect(fresh.names('')).toEqual([]);
    await restored(fresh, content, 'merge');
    await expectAll(fresh);
    await expectAll(await open(dataDir));
  });

  it('merged changes nothing that is here; in place of everything it says what goes, and keeps a copy', async () => {
    const dataDir = await temporaryFolder();
    const vault = await filled(dataDir);
    const { content } = await vault.backup(other);
    await vault.set('ngrok/authtoken', 'a newer one');
    await vault.set('profile/new/client-secret', 'made later');
    await vault.delete('profile/acme/client-secret');
    expect(await restored(vault, content, 'merge')).toMatchObject({
      added: ['profile/acme/client-secret'],
      replaced: [],
      removed: [],
      kept: 3,
    });
    expect(await vault.get('ngrok/authtoken')).toBe('a newer one');
    const plan = await restored(vault, content, 'replace', true);
    expect(plan).toMatchObject({
      added: [],
      replaced: ['ngrok/authtoken'],
      removed: ['profile/new/client-secret'],
      kept: 2,
    });
    expect(await vault.get('ngrok/authtoken')).toBe('a newer one');
    const before = await readFile(join(dataDir, 'vault.json'), 'utf8');
    expect(await restored(vault, content, 'replace')).toEqual(plan);
    await expectAll(vault);
    expect(vault.names('')).toHaveLength(3);
    expect(await readFile(join(dataDir, 'vault.json.before-restore'), 'utf8')).toBe(before);
    for (const { name } of await filesBelow(dataDir)) {
      expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('in place of everything is the way out of a vault that cannot be opened', async () => {
    const from = await filled(await temporaryFolder());
    const { content } = await from.backup(other);
    const dataDir = await temporaryFolder();
    await filled(dataDir);
    await rename(join(dataDir, 'vault.key'), join(dataDir, 'away'));
    const vault = await open(dataDir);
    await expect(restored(vault, content, 'merge')).rejects.toMatchObject({ code: 'vault_unavailable' });
    await restored(vault, content, 'replace');
    await expectAll(vault);
    await expectAll(await open(dataDir));
    expect(await readdir(dataDir)).toContain('vault.json.before-restore');
  });

  it('tells a wrong passphrase from a file that is none', async () => {
    const vault = await filled(await temporaryFolder());
    const { content } = await vault.backup(other);
    const wrong = { content, passphrase, mode: 'merge' as const, dryRun: true };
    await expect(vault.restore(wrong)).rejects.toMatchObject({
      code: 'vault_locked',
      message: expect.stringContaining('not the passphrase of this backup'),
    });
    const noBackup = Buffer.from('{"hello":1}').toString('base64');
    await expect(vault.restore({ ...wrong, content: noBackup })).rejects.toMatchObject({ code: 'bad_input' });
    await expectAll(vault);
  });
});
