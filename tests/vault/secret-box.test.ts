import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createKeyFileBox,
  createNodeSecretBox,
  createPassphraseBox,
} from '../../src/main/hosts/node/secret-box.ts';
import { temporaryFolder } from './support.ts';

const plain = Buffer.from('a secret with ünïcode 🔑');
const passphrase = 'correct horse battery staple';

describe('the key-file box', () => {
  it('opens what it sealed, also in another run, and never seals twice alike', async () => {
    const dataDir = await temporaryFolder();
    const box = createKeyFileBox({ dataDir });
    const [first, second] = [await box.seal(plain), await box.seal(plain)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(false);
    expect(Buffer.from(await createKeyFileBox({ dataDir }).open(first))).toEqual(plain);
    const key = await stat(join(dataDir, 'vault.key'));
    expect([key.size, key.mode & 0o777]).toEqual([32, 0o600]);
  });

  it('makes no key before there is a secret, and one key however many ask at once', async () => {
    const dataDir = await temporaryFolder();
    const boxes = Array.from({ length: 8 }, () => createKeyFileBox({ dataDir }));
    await boxes[0]?.status();
    expect(await readdir(dataDir)).toEqual([]);
    const sealed = await Promise.all(boxes.map((box) => box.seal(plain)));
    const fresh = createKeyFileBox({ dataDir });
    for (const one of sealed) expect(Buffer.from(await fresh.open(one))).toEqual(plain);
    expect(await readdir(dataDir)).toEqual(['vault.key']);
  });

  it('refuses a secret of which any byte was changed or is missing', async () => {
    const dataDir = await temporaryFolder();
    const box = createKeyFileBox({ dataDir });
    const sealed = await box.seal(plain);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte));
      await expect(box.open(changed)).rejects.toMatchObject({ code: 'vault_unavailable' });
      await expect(box.open(sealed.subarray(0, index))).rejects.toMatchObject({ code: 'vault_unavailable' });
    }
  });

  it('closes a key that others could read, and says so', async () => {
    const dataDir = await temporaryFolder();
    await createKeyFileBox({ dataDir }).seal(plain);
    const path = join(dataDir, 'vault.key');
    await chmod(path, 0o644);
    const { warning } = await createKeyFileBox({ dataDir }).status();
    expect(warning).toContain('could be read by other users');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await createKeyFileBox({ dataDir }).status()).warning).not.toContain('other users');
  });

  it('refuses a damaged key by its size and leaves it', async () => {
    const dataDir = await temporaryFolder();
    const path = join(dataDir, 'vault.key');
    await writeFile(path, 'short');
    await expect(createKeyFileBox({ dataDir }).seal(plain)).rejects.toThrow('has 5 bytes instead of 32');
    expect(await readFile(path, 'utf8')).toBe('short');
  });

  it('says what it does not protect from, and takes no passphrase', async () => {
    const box = createKeyFileBox({ dataDir: await temporaryFolder() });
    expect(await box.status()).toMatchObject({
      kind: 'key-file',
      locked: false,
      warning: expect.stringContaining('anyone who can read your files can open the secrets'),
    });
    await expect(box.unlock(passphrase)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('the passphrase box', () => {
  it('derives its key with scrypt at N = 2^17, r = 8, p = 1 and opens in another run', async () => {
    const dataDir = await temporaryFolder();
    const sealed = await createPassphraseBox({ dataDir, passphrase }).seal(plain);
    const text = await readFile(join(dataDir, 'vault.scrypt.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ kdf: 'scrypt', cost: 17, blockSize: 8, parallelization: 1 });
    expect(text).not.toContain(passphrase);
    expect((await stat(join(dataDir, 'vault.scrypt.json'))).mode & 0o777).toBe(0o600);
    const again = createPassphraseBox({ dataDir, passphrase });
    expect(await again.status()).toEqual({
      kind: 'passphrase',
      label: 'Passphrase',
      locked: false,
      warning: null,
    });
    expect(Buffer.from(await again.open(sealed))).toEqual(plain);
  });

  it('tells a wrong passphrase from a damaged secret', async () => {
    const dataDir = await temporaryFolder();
    const sealed = await createPassphraseBox({ dataDir, passphrase, cost: 10 }).seal(plain);
    const wrong = createPassphraseBox({ dataDir, passphrase: 'wrong', cost: 10 });
    expect(await wrong.status()).toMatchObject({
      locked: true,
      warning: 'This is not the passphrase of this vault.',
    });
    await expect(wrong.open(sealed)).rejects.toMatchObject({ code: 'vault_locked' });
    await expect(wrong.seal(plain)).rejects.toMatchObject({ code: 'vault_locked' });
    const right = createPassphraseBox({ dataDir, passphrase, cost: 10 });
    const changed = Uint8Array.from(sealed, (byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte));
    await expect(right.open(changed)).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(Buffer.from(await right.open(sealed))).toEqual(plain);
  });

  it('stays locked until it is unlocked, with the passphrase typed in either Unicode form', async () => {
    const dataDir = await temporaryFolder();
    const sealed = await createPassphraseBox({ dataDir, passphrase: 'caf\u00E9', cost: 10 }).seal(plain);
    const box = createPassphraseBox({ dataDir, cost: 10 });
    await expect(box.open(sealed)).rejects.toMatchObject({ code: 'vault_locked' });
    await expect(box.unlock('')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(box.unlock('cafe')).rejects.toMatchObject({ code: 'vault_locked' });
    expect(await box.unlock('cafe\u0301')).toMatchObject({ locked: false });
    expect(Buffer.from(await box.open(sealed))).toEqual(plain);
  });

  it('refuses damaged parameters and leaves them', async () => {
    const dataDir = await temporaryFolder();
    const path = join(dataDir, 'vault.scrypt.json');
    await writeFile(path, '{"version":1');
    const box = createPassphraseBox({ dataDir, passphrase, cost: 10 });
    await expect(box.seal(plain)).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(await box.status()).toMatchObject({
      locked: true,
      warning: expect.stringContaining('vault.scrypt.json'),
    });
    expect(await readFile(path, 'utf8')).toBe('{"version":1');
  });
});

describe('the choice between them', () => {
  it('is the passphrase where one is given or was in use, else the key file', async () => {
    const dataDir = await temporaryFolder();
    const kindOf = async (given?: string) =>
      (await createNodeSecretBox({ dataDir, passphrase: given }).status()).kind;
    expect(await kindOf()).toBe('key-file');
    expect(await kindOf('')).toBe('key-file');
    expect(await kindOf(passphrase)).toBe('passphrase');
    await createPassphraseBox({ dataDir, passphrase, cost: 10 }).seal(plain);
    expect(await kindOf()).toBe('passphrase');
    expect(await createNodeSecretBox({ dataDir }).status()).toMatchObject({ locked: true });
  });
});
