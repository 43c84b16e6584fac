import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';
import type { SecretBox, SecretBoxes } from '../../core/ports.ts';
import { createKeyFileBox } from './key-file-box.ts';
import { createPassphraseBox, scryptFileName } from './passphrase-box.ts';

export { createKeyFileBox } from './key-file-box.ts';
export { createPassphraseBox } from './passphrase-box.ts';

export type NodeSecretBoxDeps = {
  /** The data folder, absolute. */
  readonly dataDir: string;
  /** What `HLC_PASSPHRASE` holds; empty counts as absent. */
  readonly passphrase?: string | null | undefined;
};

/** The box of hosts without a keychain: a passphrase where one is given or was in use before, else a key file. */
export function createNodeSecretBox({ dataDir, passphrase }: NodeSecretBoxDeps): SecretBox {
  const given = passphrase === undefined || passphrase === '' ? null : passphrase;
  if (given !== null || existsSync(join(dataDir, scryptFileName))) {
    return createPassphraseBox({ dataDir, passphrase: given });
  }
  return createKeyFileBox({ dataDir });
}

export type NodeSecretBoxesDeps = NodeSecretBoxDeps & {
  /** log2 of scrypt's N for new passphrases; left out, the usual one. */
  readonly cost?: number;
  /** The desktop's, where there is one. */
  readonly keychain?: { readonly box: SecretBox; make(): Promise<SecretBox> };
};

const keychainKinds = new Set(['keychain', 'plain', 'electron']);
const keyFiles = /^vault\.(key|scrypt(\.[0-9a-f]{8})?\.json)$/;

/** The boxes to choose from: those with a file in the data folder, and the desktop's keychain. */
export function createSecretBoxes(deps: NodeSecretBoxesDeps): SecretBoxes {
  const { dataDir, keychain, cost } = deps;
  const passphrase = deps.passphrase === undefined || deps.passphrase === '' ? null : deps.passphrase;
  const chosenCost = cost === undefined ? {} : { cost };
  return {
    modes: keychain === undefined ? ['passphrase', 'key-file'] : ['keychain', 'passphrase', 'key-file'],
    find({ kind, parameters }) {
      if (keychainKinds.has(kind)) return keychain?.box ?? null;
      if (kind === 'passphrase') {
        const fileName = parameters ?? scryptFileName;
        return createPassphraseBox({ dataDir, passphrase, fileName, ...chosenCost });
      }
      // Whoever gives a passphrase must not be served by a key that lies beside the data.
      return kind === 'key-file' && passphrase === null ? createKeyFileBox({ dataDir }) : null;
    },
    async make(mode, chosen) {
      if (mode === 'keychain') {
        if (keychain === undefined) throw new AppError('unsupported', 'This host has no keychain.');
        return { box: await keychain.make(), parameters: null };
      }
      if (mode === 'key-file') return { box: createKeyFileBox({ dataDir }), parameters: null };
      if (chosen === null || chosen.length < shortestPassphrase) {
        throw new AppError('bad_input', `A passphrase has at least ${shortestPassphrase} characters.`);
      }
      const fileName = `vault.scrypt.${randomBytes(4).toString('hex')}.json`;
      const box = createPassphraseBox({ dataDir, passphrase: chosen, fileName, ...chosenCost });
      // Its parameters are written with the first thing it seals.
      await box.seal(new Uint8Array());
      return { box, parameters: fileName };
    },
    async tidy({ kind, parameters }) {
      const kept =
        kind === 'passphrase' ? (parameters ?? scryptFileName) : kind === 'key-file' ? 'vault.key' : null;
      for (const name of await readdir(dataDir)) {
        if (keyFiles.test(name) && name !== kept) await rm(join(dataDir, name), { force: true });
      }
    },
  };
}

/** Short ones fall to guessing however costly each guess is. */
const shortestPassphrase = 8;
