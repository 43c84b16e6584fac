import { randomBytes } from 'node:crypto';
import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';
import type { SecretBox } from '../../core/ports.ts';
import { createDurably, errorCode, storageError } from '../../core/vault/durable-file.ts';
import { keyBytes, openWith, sealWith } from '../../core/vault/secret-envelope.ts';

export type KeyFileBoxDeps = { readonly dataDir: string };

/**
 * Seals with a random key in `<data>/vault.key`, made when the first secret is sealed, readable by its owner only.
 * It keeps secrets out of exports, backups of single files and screenshots, not from whoever can read the folder.
 */
export function createKeyFileBox({ dataDir }: KeyFileBoxDeps): SecretBox {
  const path = join(dataDir, 'vault.key');
  let key: Uint8Array | null = null;
  let exposed = false;

  async function readKey(): Promise<Uint8Array | null> {
    if (key !== null) return key;
    try {
      exposed = (await closeToOthers(path)) || exposed;
      const bytes = await readFile(path);
      if (bytes.length !== keyBytes) throw wrongSize(bytes.length);
      key = bytes;
      return key;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw storageError(error, 'vault.key');
    }
  }

  async function readOrMakeKey(): Promise<Uint8Array> {
    const present = await readKey();
    if (present !== null) return present;
    await createDurably(path, randomBytes(keyBytes));
    // Read back: another process may have made its own in the same moment, and the file is the truth.
    const made = await readKey();
    if (made === null)
      throw new AppError('vault_unavailable', 'The key file vault.key was made and is gone again.');
    return made;
  }

  return {
    async status() {
      // Looked at once before it is asked for, so that open permissions are told at the start.
      await readKey().catch(() => null);
      return {
        kind: 'key-file',
        label: 'Key file in the data folder',
        locked: false,
        warning:
          'The key lies beside the data: anyone who can read your files can open the secrets. Choose a passphrase in Settings, Vault, or set HLC_PASSPHRASE before the first secret.' +
          (exposed
            ? ' vault.key could be read by other users of this machine; its permissions have been set to 0600.'
            : ''),
      };
    },
    async seal(plain) {
      return sealWith(await readOrMakeKey(), plain, 'key-file');
    },
    async open(sealed) {
      const present = await readKey();
      if (present === null) {
        throw new AppError(
          'vault_unavailable',
          'The key file vault.key is missing, so the secrets cannot be opened.',
          {
            remedy: 'Put vault.key back into the data folder.',
          },
        );
      }
      const plain = openWith(present, sealed, 'key-file');
      if (plain !== null) return plain;
      throw new AppError(
        'vault_unavailable',
        'A secret was changed, or sealed with another key than that in vault.key.',
      );
    },
    unlock: () =>
      Promise.reject(
        new AppError('unsupported', 'The secrets are sealed with a key file, which takes no passphrase.'),
      ),
  };
}

/** Takes away what other users may do with the file; true when that was needed. */
async function closeToOthers(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return false;
  await chmod(path, 0o600);
  return true;
}

const wrongSize = (bytes: number) =>
  new AppError(
    'vault_unavailable',
    `The key file vault.key has ${bytes} bytes instead of ${keyBytes}: it is damaged.`,
    {
      remedy:
        'Put the right vault.key back, or move it and vault.json away and enter the client secrets again.',
    },
  );
