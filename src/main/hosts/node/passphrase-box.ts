import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import type { SecretBox } from '../../core/ports.ts';
import { createDurably, errorCode, storageError } from '../../core/vault/durable-file.ts';
import { derivation, deriveKey, newDerivation, usualCost } from '../../core/vault/passphrase-key.ts';
import { openWith, sealWith } from '../../core/vault/secret-envelope.ts';

export type PassphraseBoxDeps = {
  readonly dataDir: string;
  /** Null or absent: locked until `unlock`. */
  readonly passphrase?: string | null;
  /** log2 of scrypt's N for a new vault. */
  readonly cost?: number;
  /** Where it is written how the key comes from the passphrase; each change of passphrase has a file of its own. */
  readonly fileName?: string;
};

/** The file beside the vault that says how its key comes from the passphrase, until the passphrase is changed. */
export const scryptFileName = 'vault.scrypt.json';

const parameters = derivation.extend({
  version: z.literal(1),
  /** A known text, sealed: it tells a wrong passphrase from a damaged secret. */
  verifier: z.base64(),
});
type Parameters = z.infer<typeof parameters>;

const knownText = Buffer.from('highlevel-companion');

/** Seals with a key derived from a passphrase that is written nowhere, and kept no longer than until the key is there. */
export function createPassphraseBox(deps: PassphraseBoxDeps): SecretBox {
  const { dataDir, passphrase, cost = usualCost, fileName = scryptFileName } = deps;
  const path = join(dataDir, fileName);
  let given: string | null = passphrase ?? null;
  let key: Promise<Buffer> | null = null;

  /** Derived once; after a failure the next call tries again. */
  function requireKey(): Promise<Buffer> {
    if (key !== null) return key;
    if (given === null) return Promise.reject(locked('The vault is locked.', 'Enter its passphrase.'));
    const deriving = keyOf(given).then(
      (derived) => {
        given = null;
        return derived;
      },
      (error: unknown) => {
        if (key === deriving) key = null;
        throw error;
      },
    );
    key = deriving;
    return deriving;
  }

  async function keyOf(text: string): Promise<Buffer> {
    const stored = await readParameters(path, fileName);
    if (stored === null) return await makeKey(text);
    const derived = await deriveKey(text, stored);
    if (openWith(derived, Buffer.from(stored.verifier, 'base64'), 'passphrase-verifier') === null) {
      derived.fill(0);
      throw locked(
        'This is not the passphrase of this vault.',
        'Enter the passphrase the vault was made with.',
      );
    }
    return derived;
  }

  async function makeKey(text: string): Promise<Buffer> {
    const made = newDerivation(cost);
    const derived = await deriveKey(text, made);
    const verifier = Buffer.from(sealWith(derived, knownText, 'passphrase-verifier')).toString('base64');
    const content: Parameters = { version: 1, ...made, verifier };
    const written = await createDurably(path, `${JSON.stringify(content, null, 2)}\n`);
    return written ? derived : await keyOf(text);
  }

  async function whyLocked(): Promise<string | null> {
    try {
      if (key === null && given === null) {
        return (await readParameters(path, fileName)) === null
          ? 'Choose a passphrase: the secrets are sealed with it.'
          : 'The vault is locked: enter its passphrase.';
      }
      // A new vault's parameters are written with its first secret, not by looking at it.
      if (key !== null || (await readParameters(path, fileName)) !== null) await requireKey();
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.message;
      throw error;
    }
  }

  const box: SecretBox = {
    async status() {
      const problem = await whyLocked();
      return { kind: 'passphrase', label: 'Passphrase', locked: problem !== null, warning: problem };
    },
    async seal(plain) {
      return sealWith(await requireKey(), plain, 'passphrase');
    },
    async open(sealed) {
      const plain = openWith(await requireKey(), sealed, 'passphrase');
      if (plain !== null) return plain;
      throw new AppError('vault_unavailable', 'A secret was changed, or sealed with another passphrase.');
    },
    async unlock(text) {
      if (text === '') throw new AppError('bad_input', 'The passphrase is empty.');
      const derived = await keyOf(text);
      await box.lock?.();
      key = Promise.resolve(derived);
      return await box.status();
    },
    async lock() {
      const present = key;
      key = null;
      given = null;
      const bytes = await present?.catch(() => null);
      bytes?.fill(0);
    },
  };
  return box;
}

async function readParameters(path: string, fileName: string): Promise<Parameters | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError(error, fileName);
  }
  try {
    return parameters.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError(
      'vault_unavailable',
      `${fileName} is damaged, so the passphrase cannot open the vault.`,
      {
        remedy: 'Put it back from a copy: without it the secrets cannot be opened.',
        cause,
      },
    );
  }
}

const locked = (message: string, remedy: string) => new AppError('vault_locked', message, { remedy });
