import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import type { SecretBox } from '../../src/main/core/ports.ts';
import { createKeyFileBox, createPassphraseBox } from '../../src/main/hosts/node/secret-box.ts';
import { filesBelow, nothingLogged, openVault, temporaryFolder } from './support.ts';

const secretName = 'profile/acme/client-secret';
const secretValue = 'b9e3c1d2-7f60-4c1b-9a52-0d8e5f6a7b1c';

/** A box whose next seals or opens can be held back, to order what cannot be ordered by time. */
function desktopBox(kind: 'keychain' | 'plain' = 'keychain'): SecretBox {
  const flip = (bytes: Uint8Array) => Promise.resolve(bytes.map((byte) => byte ^ 0xff));
  const status = () => Promise.resolve({ kind, label: 'Keychain', locked: false, warning: null });
  return { status, seal: flip, open: flip, unlock: status };
}

describe('the vault', () => {
  it('gives back what was set, also after a restart', async () => {
    const dataDir = await temporaryFolder();
    const vault = await openVault(dataDir);
    await vault.set(secretName, secretValue);
    await vault.set('ngrok/authtoken', 'naïve 🔑 "quoted"');
    expect(await vault.get(secretName)).toBe(secretValue);
    const again = await openVault(dataDir);
    expect(await again.get(secretName)).toBe(secretValue);
    expect(await again.get('ngrok/authtoken')).toBe('naïve 🔑 "quoted"');
    expect(await again.get('profile/other/client-secret')).toBeNull();
    expect(again.names('profile/')).toEqual([secretName]);
  });

  it('forgets what was deleted', async () => {
    const dataDir = await temporaryFolder();
    const vault = await openVault(dataDir);
    await vault.set(secretName, secretValue);
    await vault.delete(secretName);
    expect(await vault.get(secretName)).toBeNull();
    expect((await openVault(dataDir)).names('')).toEqual([]);
  });

  it('keeps every one of many changes made at once, in the order they were asked for', async () => {
    const dataDir = await temporaryFolder();
    const vault = await openVault(dataDir);
    const names = Array.from({ length: 60 }, (_, index) => `token/location:acme:${index}`);
    await Promise.all([
      ...names.map((name) => vault.set(name, `first value of ${name}`)),
      ...names.map((name) => vault.set(name, `second value of ${name}`)),
      vault.delete(names[7] ?? ''),
    ]);
    const again = await openVault(dataDir);
    expect(again.names('token/')).toHaveLength(59);
    for (const name of names) {
      expect(await again.get(name)).toBe(name === names[7] ? null : `second value of ${name}`);
    }
  });

  it('puts no secret into any file but sealed, and closes its files to others', async () => {
    const dataDir = await temporaryFolder();
    const vault = await openVault(dataDir);
    const pair = { access_token: 'planted-access-token-1', refresh_token: 'planted-refresh-token-1' };
    await vault.set(secretName, secretValue);
    await vault.set('token/location:acme:one', JSON.stringify(pair), Object.values(pair));
    await vault.set('token/location:acme:one', JSON.stringify(pair), Object.values(pair));
    const files = await filesBelow(dataDir);
    expect(files.map(({ name }) => name).sort()).toEqual(['vault.json', 'vault.json.previous', 'vault.key']);
    for (const { bytes } of files) {
      for (const secret of [secretValue, ...Object.values(pair)]) {
        expect(bytes.includes(secret)).toBe(false);
        expect(bytes.includes(Buffer.from(secret).toString('base64').slice(0, 20))).toBe(false);
      }
    }
    for (const { name } of files) expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
  });

  it('keeps the file before the last as vault.json.previous', async () => {
    const dataDir = await temporaryFolder();
    const vault = await openVault(dataDir);
    await vault.set(secretName, secretValue);
    const first = await readFile(join(dataDir, 'vault.json'), 'utf8');
    await vault.set('ngrok/authtoken', 'another one');
    expect(await readFile(join(dataDir, 'vault.json.previous'), 'utf8')).toBe(first);
  });

  it('opens what was there before a write that was killed, and clears away what it left', async () => {
    const dataDir = await temporaryFolder();
    await (await openVault(dataDir)).set(secretName, secretValue);
    const whole = await readFile(join(dataDir, 'vault.json'));
    await writeFile(
      join(dataDir, 'vault.json.11111111-1111-4111-8111-111111111111.tmp'),
      whole.subarray(0, 40),
    );
    await writeFile(join(dataDir, 'vault.json.previous.22222222-2222-4222-8222-222222222222.tmp'), whole);
    const vault = await openVault(dataDir);
    expect(await vault.get(secretName)).toBe(secretValue);
    expect((await readdir(dataDir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('rejects a change it could not write, and still has what was there', async () => {
    const dataDir = await temporaryFolder();
    const vault = await openVault(dataDir);
    await vault.set(secretName, secretValue);
    const path = join(dataDir, 'vault.json');
    // A folder in the file's place makes the rename fail, also for root.
    await rename(path, join(dataDir, 'aside'));
    await mkdir(join(path, 'in-the-way'), { recursive: true });
    await expect(vault.set(secretName, 'the new value')).rejects.toMatchObject({
      code: 'data_folder_unusable',
    });
    await expect(vault.delete(secretName)).rejects.toMatchObject({ code: 'data_folder_unusable' });
    expect(await vault.get(secretName)).toBe(secretValue);
    await rm(path, { recursive: true });
    await rename(join(dataDir, 'aside'), path);
    await vault.set(secretName, 'the new value');
    expect(await (await openVault(dataDir)).get(secretName)).toBe('the new value');
    expect((await readdir(dataDir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a vault file that cannot be used', () => {
  const contents = {
    'cut off': '{"version":1,"box":"key-file","entries":{"a":{"sea',
    empty: '',
    'an array': '[]',
    'an entry without its secret': '{"version":1,"box":"key-file","entries":{"a":{"savedAt":1}}}',
    'of a newer version': '{"version":2,"box":"key-file","entries":{}}',
  };

  it.each(Object.entries(contents))('%s: is refused in a sentence and left as it is', async (_, content) => {
    const dataDir = await temporaryFolder();
    const path = join(dataDir, 'vault.json');
    await writeFile(path, content);
    const vault = await openVault(dataDir);
    for (const attempt of [vault.get(secretName), vault.set(secretName, 'value'), vault.delete(secretName)]) {
      await expect(attempt).rejects.toMatchObject({
        code: 'vault_unavailable',
        message: expect.stringMatching(/^(The vault file )?vault\.json .+\.$/),
      });
    }
    expect(await vault.status()).toMatchObject({
      locked: true,
      warning: expect.stringContaining('vault.json'),
    });
    expect(await readFile(path, 'utf8')).toBe(content);
    expect(await readdir(dataDir)).toEqual(['vault.json']);
  });

  it('damaged: the one before is named in the remedy only where it is there', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'vault.json'), '[]');
    await expect((await openVault(dataDir)).get(secretName)).rejects.toMatchObject({
      remedy: expect.not.stringContaining('vault.json.previous'),
    });
    await writeFile(join(dataDir, 'vault.json.previous'), '{"version":1,"box":"key-file","entries":{}}');
    await expect((await openVault(dataDir)).get(secretName)).rejects.toMatchObject({
      remedy: expect.stringContaining('vault.json.previous'),
    });
  });

  it('missing beside its previous one: nothing is begun anew', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'vault.json.previous'), '{"version":1,"box":"key-file","entries":{}}');
    const vault = await openVault(dataDir);
    await expect(vault.set(secretName, 'value')).rejects.toThrow(
      'vault.json is missing, but vault.json.previous is there',
    );
    expect(await readdir(dataDir)).toEqual(['vault.json.previous']);
  });

  it('one secret changed: that one is refused by name, the others open', async () => {
    const dataDir = await temporaryFolder();
    const first = await openVault(dataDir);
    await first.set(secretName, secretValue);
    await first.set('ngrok/authtoken', 'the-authtoken');
    await change(dataDir, (entries) => {
      const sealed = Buffer.from(entries[secretName]?.sealed ?? '', 'base64');
      sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
      return { ...entries, [secretName]: { sealed: sealed.toString('base64'), savedAt: 1 } };
    });
    const vault = await openVault(dataDir);
    await expect(vault.get(secretName)).rejects.toMatchObject({
      code: 'vault_unavailable',
      message: expect.stringContaining(secretName),
    });
    expect(await vault.get('ngrok/authtoken')).toBe('the-authtoken');
    await vault.set(secretName, 'entered again');
    expect(await (await openVault(dataDir)).get(secretName)).toBe('entered again');
  });

  it('two secrets swapped: neither is taken for the other', async () => {
    const dataDir = await temporaryFolder();
    const first = await openVault(dataDir);
    for (const name of ['a', 'b', 'c']) await first.set(name, `value of ${name}`);
    await change(dataDir, ({ a, b, c }) => ({ a: b ?? none, b: a ?? none, c: c ?? none }));
    const vault = await openVault(dataDir);
    await expect(vault.get('a')).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(await vault.get('c')).toBe('value of c');
  });

  it('its key gone: nothing is sealed with a new one beside what the old one sealed', async () => {
    const dataDir = await temporaryFolder();
    await (await openVault(dataDir)).set(secretName, secretValue);
    const before = await readFile(join(dataDir, 'vault.json'), 'utf8');
    await rename(join(dataDir, 'vault.key'), join(dataDir, 'away'));
    const vault = await openVault(dataDir);
    await expect(vault.get(secretName)).rejects.toThrow('vault.key is missing');
    await expect(vault.set('ngrok/authtoken', 'value')).rejects.toThrow('vault.key is missing');
    expect(await readFile(join(dataDir, 'vault.json'), 'utf8')).toBe(before);
    await rename(join(dataDir, 'away'), join(dataDir, 'vault.key'));
    expect(await (await openVault(dataDir)).get(secretName)).toBe(secretValue);
  });
});

describe('a vault sealed by another box', () => {
  it('of the desktop: says in one sentence that only the desktop can open it', async () => {
    const dataDir = await temporaryFolder();
    await (await openVault(dataDir, desktopBox())).set(secretName, secretValue);
    const before = await readFile(join(dataDir, 'vault.json'), 'utf8');
    expect(JSON.parse(before)).toMatchObject({ version: 1, box: 'keychain' });
    const vault = await openVault(dataDir);
    await expect(vault.get(secretName)).rejects.toMatchObject({
      code: 'vault_unavailable',
      message:
        'The secrets in this data folder were sealed by the desktop app, and only the desktop app can open them.',
    });
    await expect(vault.set('ngrok/authtoken', 'value')).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(vault.names('profile/')).toEqual([secretName]);
    expect(await vault.status()).toMatchObject({ locked: true });
    expect(await readFile(join(dataDir, 'vault.json'), 'utf8')).toBe(before);
    expect(await (await openVault(dataDir, desktopBox())).get(secretName)).toBe(secretValue);
  });

  it.each([
    ['keychain, now without one', desktopBox('keychain'), desktopBox('plain'), 'which is not available now'],
    [
      'no keychain, now with one',
      desktopBox('plain'),
      desktopBox('keychain'),
      'were sealed without a keychain',
    ],
  ])('%s', async (_, sealedBy, present, sentence) => {
    const dataDir = await temporaryFolder();
    await (await openVault(dataDir, sealedBy)).set(secretName, secretValue);
    await expect((await openVault(dataDir, present)).get(secretName)).rejects.toThrow(sentence);
  });

  it('a passphrase given for a key file: says so, and makes no second kind of vault', async () => {
    const dataDir = await temporaryFolder();
    await (await openVault(dataDir)).set(secretName, secretValue);
    const box = createPassphraseBox({ dataDir, passphrase: 'correct horse', cost: 10 });
    const vault = await openVault(dataDir, box);
    await expect(vault.set('other', 'value')).rejects.toThrow('sealed with its key file');
    expect((await readdir(dataDir)).sort()).toEqual(['vault.json', 'vault.key']);
  });

  it('an emptied one may be taken over', async () => {
    const dataDir = await temporaryFolder();
    const desktop = await openVault(dataDir, desktopBox());
    await desktop.set(secretName, secretValue);
    await desktop.delete(secretName);
    const vault = await openVault(dataDir);
    await vault.set(secretName, 'value');
    expect(await (await openVault(dataDir)).get(secretName)).toBe('value');
  });
});

describe('a locked vault', () => {
  it('names what it holds, rejects the rest, and opens with its passphrase', async () => {
    const dataDir = await temporaryFolder();
    const made = createPassphraseBox({ dataDir, passphrase: 'correct horse', cost: 10 });
    await (await openVault(dataDir, made)).set(secretName, secretValue);
    const vault = await openVault(dataDir, createPassphraseBox({ dataDir, cost: 10 }));
    expect(await vault.status()).toMatchObject({ kind: 'passphrase', locked: true });
    expect(vault.names('')).toEqual([secretName]);
    expect(vault.redactor.text(`log of ${secretValue}`)).toContain(secretValue);
    await expect(vault.get(secretName)).rejects.toMatchObject({ code: 'vault_locked' });
    await expect(vault.set('other', 'value')).rejects.toMatchObject({ code: 'vault_locked' });
    const heard: boolean[] = [];
    vault.onStatus(({ locked }) => heard.push(locked));
    await expect(vault.unlock('wrong horse')).rejects.toMatchObject({ code: 'vault_locked' });
    expect(await vault.unlock('correct horse')).toMatchObject({ locked: false });
    expect(heard).toEqual([false]);
    // Everything in it is known to the redactor before anybody has asked for it.
    expect(vault.redactor.text(`log of ${secretValue}`)).toBe('log of ********');
    expect(await vault.get(secretName)).toBe(secretValue);
  });

  it('lets a secret be deleted without the passphrase', async () => {
    const dataDir = await temporaryFolder();
    const made = createPassphraseBox({ dataDir, passphrase: 'correct horse', cost: 10 });
    await (await openVault(dataDir, made)).set(secretName, secretValue);
    const vault = await openVault(dataDir, createPassphraseBox({ dataDir, cost: 10 }));
    await vault.delete(secretName);
    expect(vault.names('')).toEqual([]);
  });
});

it('passes a failing box on as it is', async () => {
  const dataDir = await temporaryFolder();
  const box = { ...createKeyFileBox({ dataDir }), seal: () => Promise.reject(new Error('the box broke')) };
  const vault = await createVault({ box, dataDir, log: nothingLogged });
  await expect(vault.set(secretName, secretValue)).rejects.toThrow('the box broke');
  expect(await vault.get(secretName)).toBeNull();
  expect(await readdir(dataDir)).toEqual([]);
});

type Entries = Record<string, { sealed: string; savedAt: number }>;
const none = { sealed: '', savedAt: 0 };

async function change(dataDir: string, edit: (entries: Entries) => Entries): Promise<void> {
  const path = join(dataDir, 'vault.json');
  const content = JSON.parse(await readFile(path, 'utf8')) as { entries: Entries };
  await writeFile(path, JSON.stringify({ ...content, entries: edit(content.entries) }));
}
