/** One secret as it is sealed. */
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import type { SecretBox } from '../ports.ts';
import type { VaultEntry } from './vault-file.ts';

/** The name is in what is sealed, so that two entries cannot be swapped in the file unnoticed. */
export const vaultSecret = z.object({
  name: z.string(),
  value: z.string(),
  /** What redaction must know; the value itself when left out. */
  secrets: z.array(z.string()).optional(),
});
export type VaultSecret = z.infer<typeof vaultSecret>;

/** Rejects with `vault_locked`, or with `vault_unavailable` in a sentence that names the secret. */
export async function openEntry(box: SecretBox, name: string, entry: VaultEntry): Promise<VaultSecret> {
  try {
    const plain = await box.open(Buffer.from(entry.sealed, 'base64'));
    try {
      const result = vaultSecret.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
      if (result.name !== name) throw new Error('sealed under another name');
      return result;
    } finally {
      plain.fill(0);
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault_locked') throw error;
    throw unopenable(name, error);
  }
}

/** @param savedAt ms since the epoch */
export async function sealEntry(box: SecretBox, secret: VaultSecret, savedAt: number): Promise<VaultEntry> {
  const plain = Buffer.from(JSON.stringify(secret), 'utf8');
  try {
    const sealed = await box.seal(plain);
    return { sealed: Buffer.from(sealed).toString('base64'), savedAt };
  } finally {
    plain.fill(0);
  }
}

/** All entries sealed by another box, each opened again by it before this resolves. */
export async function resealAll(
  entries: ReadonlyMap<string, VaultEntry>,
  from: SecretBox,
  to: SecretBox,
): Promise<Map<string, VaultEntry>> {
  const result = new Map<string, VaultEntry>();
  for (const [name, entry] of entries) {
    const resealed = await sealEntry(to, await openEntry(from, name, entry), entry.savedAt);
    await openEntry(to, name, resealed);
    result.set(name, resealed);
  }
  return result;
}

const unopenable = (name: string, cause: unknown) =>
  new AppError(
    'vault_unavailable',
    `The saved secret "${name}" cannot be opened: it was changed or sealed with another key.`,
    { remedy: 'Enter it again, or install the app again if it is a token.', cause },
  );
