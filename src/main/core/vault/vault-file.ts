/** `<data>/vault.json`: which secrets there are, each sealed, and by which kind of box. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import { errorCode, removeLeftovers, storageError, writeDurably } from './durable-file.ts';

const version = 1;

const entry = z.object({
  /** base64 of what the box made of the envelope. */
  sealed: z.base64(),
  /** ms since the epoch. */
  savedAt: z.number(),
});
export type VaultEntry = z.infer<typeof entry>;

const fileContent = z.object({
  version: z.literal(version),
  /** The `kind` of the box that sealed the entries. */
  box: z.string().nullable(),
  /** The file beside this one that says how the box's key is made, where it is not the usual one. */
  parameters: z
    .string()
    .regex(/^vault\.scrypt\.[0-9a-f]{8}\.json$/)
    .nullable()
    .default(null),
  /** What stood behind the box, such as `gnome_libsecret`. */
  backend: z.string().nullable().default(null),
  entries: z.record(z.string(), entry),
});

export type VaultContent = {
  readonly box: string | null;
  readonly parameters: string | null;
  readonly backend: string | null;
  readonly entries: ReadonlyMap<string, VaultEntry>;
};

export const emptyVault: VaultContent = { box: null, parameters: null, backend: null, entries: new Map() };

export type VaultFile = {
  /** @throws AppError `vault_unavailable` when what is there cannot be understood; it is left as it is. */
  read(): Promise<VaultContent>;
  write(content: VaultContent): Promise<void>;
  /** What the file before the present one says of its box; null when there is none that can be read. */
  previousBox(): Promise<Pick<VaultContent, 'box' | 'parameters'> | null>;
  dropPrevious(): Promise<void>;
  /** Keeps copies of what is there under names that nothing else uses. */
  setAside(): Promise<void>;
};

export function createVaultFile(dataDir: string): VaultFile {
  const path = join(dataDir, 'vault.json');
  const previous = `${path}.previous`;

  return {
    async read() {
      const text = await readIfThere(path);
      if (text === null) {
        if ((await readIfThere(previous)) !== null) throw lost();
        return emptyVault;
      }
      const content = parse(text, (await readIfThere(previous)) !== null);
      // Of this file, the previous one and the boxes' own.
      await removeLeftovers(join(dataDir, 'vault'));
      return content;
    },
    async write({ entries, ...about }) {
      const content = { version, ...about, entries: Object.fromEntries(entries) };
      await writeDurably(path, `${JSON.stringify(content, null, 2)}\n`, previous);
    },
    async previousBox() {
      const text = await readIfThere(previous);
      try {
        return text === null ? null : parse(text, false);
      } catch {
        // A damaged one says nothing and is left alone.
        return null;
      }
    },
    async dropPrevious() {
      await rm(previous, { force: true });
    },
    async setAside() {
      for (const one of [path, previous]) {
        const text = await readIfThere(one);
        if (text !== null) await writeDurably(`${one}.before-restore`, text);
      }
    },
  };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError(error, 'vault.json');
  }
}

function parse(text: string, hasPrevious: boolean): VaultContent {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw damaged('it is not valid JSON', hasPrevious, error);
  }
  const result = fileContent.safeParse(raw);
  if (result.success) {
    const { box, parameters, backend, entries } = result.data;
    return { box, parameters, backend, entries: new Map(Object.entries(entries)) };
  }
  const newer = z.object({ version: z.number().gt(version) }).safeParse(raw);
  if (newer.success) {
    throw new AppError(
      'vault_unavailable',
      `vault.json has format ${newer.data.version}; this version of the companion understands format ${version}.`,
      { remedy: 'Start the newer version that wrote it.' },
    );
  }
  const issue = result.error.issues[0];
  throw damaged(`"${issue?.path.join('.') ?? ''}" is not as it should be`, hasPrevious, result.error);
}

const damaged = (why: string, hasPrevious: boolean, cause: unknown) =>
  new AppError(
    'vault_unavailable',
    `The vault file vault.json cannot be read: ${why}. It has been left as it is.`,
    {
      remedy: hasPrevious
        ? 'Put vault.json.previous in its place, or move both away and enter the client secrets again.'
        : 'Put a copy of it in its place, or move it away and enter the client secrets again.',
      cause,
    },
  );

const lost = () =>
  new AppError(
    'vault_unavailable',
    'The vault file vault.json is missing, but vault.json.previous is there.',
    {
      remedy:
        'Rename vault.json.previous to vault.json to go on with it, or move it away to begin an empty vault.',
    },
  );
