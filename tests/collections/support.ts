import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createCollections } from '../../src/main/core/collections/create-collections.ts';
import type { Collections } from '../../src/main/core/collections/types.ts';
import { createRedactor } from '../../src/main/core/vault/redaction/create-redactor.ts';
import { createKnownSecrets } from '../../src/main/core/vault/redaction/known-secrets.ts';
import { savedRequest, type Collection, type SavedRequest } from '../../src/shared/model/collection.ts';
import { createConfSettings } from '../../src/main/hosts/node/settings-store.ts';

/** What the vault of the tests keeps. */
export const vaultSecret = 'a-value-that-only-the-vault-knows';

export type Shelf = {
  readonly dataDir: string;
  /** A folder outside of the data folder. */
  readonly elsewhere: string;
  readonly collections: Collections;
  /** A second one over the same data folder, as after a restart. */
  again(): Collections;
  dispose(): Promise<void>;
};

/** Collections over a real data folder. */
export async function createShelf(): Promise<Shelf> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hlc-collections-'));
  const elsewhere = await mkdtemp(join(tmpdir(), 'hlc-team-'));
  const known = createKnownSecrets();
  known.add('profile/acme/client-secret', [vaultSecret]);
  const made: Collections[] = [];
  const again = (): Collections => {
    const collections = createCollections({
      dataDir,
      settings: createConfSettings({ dataDir }),
      redactor: createRedactor(known),
      log: () => {},
      now: Date.now,
    });
    made.push(collections);
    return collections;
  };
  return {
    dataDir,
    elsewhere,
    collections: again(),
    again,
    async dispose() {
      await Promise.all(made.map((one) => one.dispose()));
      await rm(dataDir, { recursive: true, force: true });
      await rm(elsewhere, { recursive: true, force: true });
    },
  };
}

export const saved = (fields: Partial<SavedRequest> = {}): SavedRequest =>
  savedRequest.parse({ method: 'GET', path: '/contacts/{contactId}', ...fields });

/** Writes as another program does. */
export async function put(root: string, path: string, content: string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

export const textOf = (root: string, path: string): Promise<string> => readFile(join(root, path), 'utf8');

/** The tree as lines: `  name` of each item below its folder. */
export const treeOf = ({ items }: Collection): string[] =>
  items.map(({ path, name }) => `${'  '.repeat(path.split('/').length - 1)}${name}`);
