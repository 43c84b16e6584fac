import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import type { SecretBox } from '../../src/main/core/ports.ts';
import { createKeyFileBox } from '../../src/main/hosts/node/secret-box.ts';

export const nothingLogged = () => undefined;

/** A data folder of the test's own, removed when it ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vault-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function openVault(dataDir: string, box: SecretBox = createKeyFileBox({ dataDir })) {
  const vault = await createVault({ box, dataDir, log: nothingLogged });
  onTestFinished(() => vault.dispose());
  return vault;
}

/** All files below a folder with their bytes. */
export async function filesBelow(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return await Promise.all(
    files.map(async ({ parentPath, name }) => ({ name, bytes: await readFile(join(parentPath, name)) })),
  );
}
