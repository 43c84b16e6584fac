import { AppError } from '../../../shared/model/app-error.ts';
import type { VaultStatus } from '../../../shared/model/system.ts';
import type { Log, SecretBox, SecretBoxes } from '../ports.ts';
import { createKnownSecrets } from './redaction/known-secrets.ts';
import { createRedactor } from './redaction/create-redactor.ts';
import type { Vault } from './types.ts';
import { createVaultFile, emptyVault, type VaultContent, type VaultEntry } from './vault-file.ts';
import { openEntry, sealEntry, type VaultSecret } from './vault-entry.ts';
import { createVaultCustody } from './vault-custody.ts';
import { backendChanged, boxMismatch } from './box-mismatch.ts';

export type VaultDeps = {
  /** Seals a vault that is begun here, and every vault where there are no `boxes`. */
  readonly box: SecretBox;
  readonly boxes?: SecretBoxes | undefined;
  /** Absolute; `vault.json` is written there. */
  readonly dataDir: string;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now?: () => number;
};

type Change = {
  readonly name: string;
  readonly entry: VaultEntry | null;
  resolve(): void;
  reject(reason: unknown): void;
};

/**
 * The vault over `<data>/vault.json`. It always resolves: where the file is damaged, or was sealed by a box that this
 * host does not have, the rest of the companion goes on working, `status()` says so, and reading or writing a secret
 * rejects with `vault_unavailable`. Nothing that cannot be read is ever overwritten.
 */
export async function createVault(deps: VaultDeps): Promise<Vault> {
  const { boxes, dataDir, log, now = Date.now } = deps;
  const file = createVaultFile(dataDir);
  const known = createKnownSecrets();
  const opened = new Map<string, string>();
  const listeners = new Set<(status: VaultStatus) => void>();
  let content: VaultContent = emptyVault;
  let box = deps.box;
  let damage: AppError | null = null;
  let preloaded = false;

  try {
    content = await file.read();
    box = sealingBox(content) ?? deps.box;
  } catch (error) {
    damage = asAppError(error);
    log('error', damage.message, { remedy: damage.remedy });
  }

  /** The box of a vault that holds something, or whose user has chosen a passphrase. */
  function sealingBox({ box: kind, parameters, entries }: VaultContent): SecretBox | null {
    if (kind === null || (entries.size === 0 && parameters === null)) return null;
    return boxes?.find({ kind, parameters }) ?? null;
  }

  async function problem(): Promise<AppError | null> {
    if (damage !== null) return damage;
    return content.entries.size === 0 ? null : boxMismatch(content.box, (await box.status()).kind);
  }

  async function requireWorking(): Promise<void> {
    const found = await problem();
    if (found !== null) throw found;
  }

  async function status(): Promise<VaultStatus> {
    const own = { ...(await box.status()), ...(boxes !== undefined && { modes: [...boxes.modes] }) };
    const found = await problem();
    return found === null ? own : { ...own, locked: true, warning: sentenceOf(found) };
  }

  async function load(name: string, entry: VaultEntry): Promise<string> {
    const { value, secrets } = await openEntry(box, name, entry);
    known.add(name, secrets ?? [value]);
    // Unless it has been set or deleted in the meantime.
    if (content.entries.get(name) === entry) opened.set(name, value);
    return value;
  }

  /** Opens everything once, so that redaction knows every secret before the first capture. */
  async function preload(): Promise<void> {
    if (preloaded || content.entries.size === 0 || (await problem()) !== null) return;
    if ((await box.status()).locked) return;
    let failed = 0;
    let reason = '';
    for (const [name, entry] of content.entries) {
      try {
        await load(name, entry);
      } catch (error) {
        if (error instanceof AppError && error.code === 'vault_locked') return;
        failed += 1;
        const found = asAppError(error);
        reason = found.cause instanceof AppError ? found.cause.message : found.message;
        log('error', found.message);
      }
    }
    preloaded = true;
    if (failed === content.entries.size) {
      damage = backendChanged(content.backend, box.backend ?? null) ?? sealedElsewhere(reason);
      return;
    }
    if (failed === 0) await custody.settle();
  }

  /** What the file says of its box: as before while it holds something, else whatever is at hand. */
  async function sealedBy(): Promise<Omit<VaultContent, 'entries'>> {
    const { box: kind, parameters, backend, entries } = content;
    if (entries.size > 0 || parameters !== null) return { box: kind, parameters, backend };
    return { box: (await box.status()).kind, parameters: null, backend: box.backend ?? null };
  }

  const queue: Change[] = [];
  let writing: Promise<void> | null = null;

  /** One writer: whatever was asked for while a write was under way goes into the next one, together. */
  async function writeQueued(): Promise<void> {
    while (queue.length > 0) {
      const changes = queue.splice(0);
      const entries = new Map(content.entries);
      for (const { name, entry } of changes) {
        if (entry === null) entries.delete(name);
        else entries.set(name, entry);
      }
      try {
        const next = { ...(await sealedBy()), entries };
        await file.write(next);
        content = next;
        for (const change of changes) change.resolve();
      } catch (error) {
        for (const change of changes) change.reject(error);
      }
    }
    writing = null;
  }

  function commit(name: string, entry: VaultEntry | null): Promise<void> {
    return new Promise((resolve, reject) => {
      queue.push({ name, entry, resolve, reject });
      writing ??= writeQueued();
    });
  }

  /** Changes of one name take effect in the order they were asked for, however long sealing takes. */
  let order: Promise<unknown> = Promise.resolve();
  function inOrder<T>(task: () => Promise<T>): Promise<T> {
    const result = order.then(task);
    order = result.catch(() => undefined);
    return result;
  }

  function tell(current: VaultStatus): void {
    for (const listener of listeners) listener(current);
  }

  /** Alone with the file: after every change that was asked for before, and before every later one. */
  function alone<T>(task: () => Promise<T>): Promise<T> {
    return inOrder(async () => {
      await writing;
      return await task();
    });
  }

  /** Whoever holds opened secrets lets go of them and reads them anew. */
  async function reopen(): Promise<VaultStatus> {
    opened.clear();
    preloaded = false;
    const current = await status();
    tell({ ...current, locked: true });
    await preload();
    const after = await status();
    if (!after.locked) tell(after);
    return after;
  }

  const custody = createVaultCustody({
    boxes,
    file,
    log,
    now,
    present: () => ({ box, content, damage }),
    requireWorking,
    status,
    async swap(next) {
      content = next.content;
      damage = null;
      if (next.box !== undefined && next.box !== box) {
        await box.lock?.();
        box = next.box;
      }
    },
    fallback: deps.box,
    sealedBy,
    async announce() {
      const current = await status();
      tell(current);
      return current;
    },
    reopen,
  });

  await preload();

  return {
    status,
    lock: () => alone(custody.lock),
    changeMode: (mode, given) => alone(() => custody.changeMode(mode, given)),
    backup: (passphrase) => alone(() => custody.backup(passphrase)),
    restore: (request) => alone(() => custody.restore(request)),
    async unlock(passphrase) {
      await requireWorking();
      await box.unlock(passphrase);
      await preload();
      const current = await status();
      tell(current);
      return current;
    },
    async get(name) {
      await requireWorking();
      const entry = content.entries.get(name);
      if (entry === undefined) return null;
      return opened.get(name) ?? (await load(name, entry));
    },
    async set(name, value, secrets) {
      known.add(name, secrets ?? [value]);
      const plain: VaultSecret =
        secrets === undefined ? { name, value } : { name, value, secrets: [...secrets] };
      const written = await inOrder(async () => {
        await requireWorking();
        await preload();
        if (damage !== null) throw damage;
        const entry = await sealEntry(box, plain, now());
        return { entry, done: commit(name, entry) };
      });
      await written.done;
      if (content.entries.get(name) === written.entry) opened.set(name, value);
    },
    async delete(name) {
      const { done } = await inOrder(async () => {
        if (damage !== null) throw damage;
        return { done: commit(name, null) };
      });
      await done;
      if (!content.entries.has(name)) opened.delete(name);
    },
    names(prefix) {
      return [...content.entries.keys()].filter((name) => name.startsWith(prefix));
    },
    redactor: createRedactor(known),
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async dispose() {
      await order;
      await writing;
      listeners.clear();
      opened.clear();
    },
  };
}

const sentenceOf = (error: AppError) =>
  error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;

function asAppError(error: unknown): AppError {
  return error instanceof AppError
    ? error
    : new AppError('vault_unavailable', 'The vault cannot be used.', { cause: error });
}

const sealedElsewhere = (reason: string) =>
  new AppError('vault_unavailable', `None of the secrets in vault.json can be opened. ${reason}`, {
    remedy:
      'Put the right key back, restore a backup (Settings, Vault), or move vault.json away and enter the client secrets again.',
  });
