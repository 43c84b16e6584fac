/** What is done with a vault as a whole: locked, sealed with another key, saved to a file and brought back from one. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { VaultRestore, VaultStatus } from '../../../shared/model/system.ts';
import type { Log, SecretBox, SecretBoxes } from '../ports.ts';
import { readBackup, writeBackup, type SavedSecret } from './backup-file.ts';
import type { RestoreRequest, Vault } from './types.ts';
import { openEntry, resealAll, sealEntry } from './vault-entry.ts';
import type { VaultContent, VaultEntry, VaultFile } from './vault-file.ts';

export type VaultCustodyDeps = {
  readonly boxes: SecretBoxes | undefined;
  /** The box of a vault that is begun anew. */
  readonly fallback: SecretBox;
  readonly file: VaultFile;
  readonly log: Log;
  readonly now: () => number;
  readonly present: () => {
    readonly box: SecretBox;
    readonly content: VaultContent;
    readonly damage: AppError | null;
  };
  readonly requireWorking: () => Promise<void>;
  readonly status: () => Promise<VaultStatus>;
  /** What is in the file from now on, and the box that sealed it where that is another one. */
  readonly swap: (next: { readonly content: VaultContent; readonly box?: SecretBox }) => Promise<void>;
  readonly sealedBy: () => Promise<Omit<VaultContent, 'entries'>>;
  readonly announce: () => Promise<VaultStatus>;
  readonly reopen: () => Promise<VaultStatus>;
};

/** Every call is to be made alone with the file. */
export type VaultCustody = Pick<Vault, 'lock' | 'changeMode' | 'backup' | 'restore'> & {
  /** After everything has been opened: ends a change of mode that was cut off, and seals anew what its key has outlived. */
  settle(): Promise<void>;
};

export function createVaultCustody(deps: VaultCustodyDeps): VaultCustody {
  const {
    boxes,
    fallback,
    file,
    log,
    now,
    present,
    requireWorking,
    status,
    swap,
    sealedBy,
    announce,
    reopen,
  } = deps;

  async function requireOpen(): Promise<void> {
    await requireWorking();
    if ((await status()).locked) {
      throw new AppError('vault_locked', 'The vault is locked.', {
        remedy: 'Unlock it with its passphrase.',
      });
    }
  }

  /** Takes away what the earlier box left: its keys first, so that a kill in between leaves the sign to go on by. */
  async function tidy({ box, parameters }: Pick<VaultContent, 'box' | 'parameters'>): Promise<void> {
    try {
      if (box !== null) await boxes?.tidy({ kind: box, parameters });
      await file.dropPrevious();
    } catch (cause) {
      log('warn', 'What an earlier key of the vault left could not be removed; the next start tries again.', {
        cause,
      });
    }
  }

  async function settle(): Promise<void> {
    const { box, content } = present();
    if (box.stale?.() === true) {
      try {
        const entries = await resealAll(content.entries, box, box);
        const next = { ...content, backend: box.backend ?? null, entries };
        await file.write(next);
        await swap({ content: next });
        log('info', 'The secrets were sealed anew, since the key of the keychain has changed.');
      } catch (cause) {
        log('warn', 'The secrets could not be sealed anew with the new key of the keychain.', { cause });
      }
    }
    const before = await file.previousBox();
    if (before === null || boxes === undefined) return;
    if (before.box !== content.box || before.parameters !== content.parameters) await tidy(content);
  }

  return {
    settle,

    async lock() {
      const { box } = present();
      if (box.lock === undefined) {
        throw new AppError('unsupported', 'Only a vault with a passphrase can be locked.', {
          remedy: 'Change its mode to passphrase first.',
        });
      }
      await box.lock();
      return await reopen();
    },

    async changeMode(mode, { passphrase, current }) {
      if (boxes === undefined || !boxes.modes.includes(mode)) {
        throw new AppError('unsupported', `This host offers no vault of the kind "${mode}".`);
      }
      const { box: from, content, damage } = present();
      if (damage !== null) throw damage;
      const { kind } = await from.status();
      if (content.entries.size > 0 || content.parameters !== null) await requireOpen();
      if (kind === mode && mode !== 'passphrase') {
        throw new AppError('bad_input', 'The vault is of this kind already.');
      }
      if (kind === 'passphrase' && content.box === 'passphrase') {
        if (current === null || current === '') {
          throw new AppError('bad_input', 'The present passphrase is missing.', {
            remedy: 'Enter it, so that nobody else can change it at an unlocked window.',
          });
        }
        await from.unlock(current);
      }
      const made = await boxes.make(mode, passphrase);
      const next: VaultContent = {
        box: (await made.box.status()).kind,
        parameters: made.parameters,
        backend: made.box.backend ?? null,
        entries: await resealAll(content.entries, from, made.box),
      };
      await file.write(next);
      try {
        // What counts is what stands on the disk.
        const written = await file.read();
        for (const [name, entry] of written.entries) await openEntry(made.box, name, entry);
      } catch (error) {
        await file.write(content);
        throw error;
      }
      await swap({ content: next, box: made.box });
      await tidy(next);
      return await announce();
    },

    async backup(passphrase) {
      await requireOpen();
      const { box, content } = present();
      const secrets: SavedSecret[] = [];
      const missing: string[] = [];
      for (const [name, entry] of content.entries) {
        try {
          secrets.push({ ...(await openEntry(box, name, entry)), savedAt: entry.savedAt });
        } catch (error) {
          if (error instanceof AppError && error.code === 'vault_locked') throw error;
          log('warn', 'A saved secret cannot be opened and is not in the backup.', { secret: name });
          missing.push(name);
        }
      }
      const madeAt = now();
      const day = new Date(madeAt).toISOString().slice(0, 10);
      return {
        content: await writeBackup({ madeAt, secrets }, passphrase),
        fileName: `highlevel-companion-${day}.vault-backup.json`,
        secrets: secrets.length,
        missing,
      };
    },

    async restore(request) {
      const { box, content, damage } = present();
      const broken = damage ?? (await requireWorking().then(() => null, asAppError));
      if (broken === null) await requireOpen();
      else if (request.mode === 'merge') throw broken;
      const { madeAt, secrets } = await readBackup(request.content, request.passphrase);
      const plan = await planOf(secrets, request, broken === null ? { box, content } : null);
      if (request.dryRun) return { madeAt, ...plan };
      const takes = new Set([...plan.added, ...plan.replaced]);
      const target = broken === null ? box : fallback;
      const entries = new Map<string, VaultEntry>(broken === null ? content.entries : []);
      for (const name of plan.removed) entries.delete(name);
      for (const { savedAt, ...secret } of secrets) {
        if (takes.has(secret.name)) entries.set(secret.name, await sealEntry(target, secret, savedAt));
      }
      const about =
        broken === null
          ? await sealedBy()
          : { box: (await target.status()).kind, parameters: null, backend: target.backend ?? null };
      if (request.mode === 'replace') await file.setAside();
      const next = { ...about, entries };
      await file.write(next);
      // The copy beside it is the one to go back to: its keys must not be taken for those of an earlier mode.
      if (broken !== null) await file.dropPrevious();
      await swap({ content: next, box: target });
      await reopen();
      return { madeAt, ...plan };
    },
  };
}

/** What a restore changes; where the vault cannot be opened, everything in it goes. */
async function planOf(
  secrets: readonly SavedSecret[],
  { mode }: RestoreRequest,
  here: { readonly box: SecretBox; readonly content: VaultContent } | null,
): Promise<Omit<VaultRestore, 'madeAt'>> {
  const entries = here?.content.entries ?? new Map<string, VaultEntry>();
  const added: string[] = [];
  const replaced: string[] = [];
  for (const secret of secrets) {
    const entry = entries.get(secret.name);
    if (entry === undefined) added.push(secret.name);
    else if (mode === 'replace' && here !== null) {
      const present = await openEntry(here.box, secret.name, entry).catch(() => null);
      if (present?.value !== secret.value) replaced.push(secret.name);
    }
  }
  const names = new Set(secrets.map(({ name }) => name));
  const removed = mode === 'replace' ? [...entries.keys()].filter((name) => !names.has(name)) : [];
  return { added, replaced, removed, kept: entries.size - replaced.length - removed.length };
}

function asAppError(error: unknown): AppError {
  return error instanceof AppError
    ? error
    : new AppError('vault_unavailable', 'The vault cannot be used.', { cause: error });
}
