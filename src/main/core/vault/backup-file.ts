/** A backup of the vault: one JSON file, its secrets under AES-256-GCM with a key that scrypt makes of a passphrase of its own. */
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import { derivation, deriveKey, newDerivation, usualCost } from './passphrase-key.ts';
import { openWith, sealWith } from './secret-envelope.ts';
import { vaultSecret, type VaultSecret } from './vault-entry.ts';

const format = 'highlevel-companion-vault-backup';

const file = z.object({
  format: z.literal(format),
  version: z.literal(1),
  /** ms since the epoch; only a remark: what counts is sealed. */
  madeAt: z.number(),
  ...derivation.shape,
  sealed: z.base64(),
});

const saved = vaultSecret.extend({ savedAt: z.number() });
const sealedPart = z.object({ madeAt: z.number(), secrets: z.array(saved) });

export type SavedSecret = VaultSecret & { readonly savedAt: number };
export type Backup = { readonly madeAt: number; readonly secrets: readonly SavedSecret[] };

/** base64 of the file. */
export async function writeBackup(backup: Backup, passphrase: string): Promise<string> {
  const made = newDerivation(usualCost);
  const key = await deriveKey(passphrase, made);
  const plain = Buffer.from(JSON.stringify(backup), 'utf8');
  try {
    const sealed = Buffer.from(sealWith(key, plain, 'backup')).toString('base64');
    const content = { format, version: 1, madeAt: backup.madeAt, ...made, sealed };
    return Buffer.from(`${JSON.stringify(content, null, 2)}\n`).toString('base64');
  } finally {
    key.fill(0);
    plain.fill(0);
  }
}

/** Rejects with `bad_input` for what is no backup, and with `vault_locked` for another passphrase or changed bytes. */
export async function readBackup(content: string, passphrase: string): Promise<Backup> {
  const result = file.safeParse(parsed(Buffer.from(content, 'base64').toString('utf8')));
  if (!result.success) {
    throw new AppError('bad_input', 'This file is not a backup of a vault.', {
      remedy: 'Choose a file that “Back up” has saved.',
      cause: result.error,
    });
  }
  const key = await deriveKey(passphrase, result.data);
  const plain = openWith(key, Buffer.from(result.data.sealed, 'base64'), 'backup');
  key.fill(0);
  if (plain === null) {
    throw new AppError(
      'vault_locked',
      'This is not the passphrase of this backup, or the file was changed.',
      {
        remedy: 'Enter the passphrase the backup was made with.',
      },
    );
  }
  try {
    return sealedPart.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
  } catch (cause) {
    throw new AppError('bad_input', 'The backup opens, but what is in it cannot be understood.', {
      remedy: 'Use the version of the companion that made it.',
      cause,
    });
  } finally {
    plain.fill(0);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller says so in words of its own.
    return undefined;
  }
}
