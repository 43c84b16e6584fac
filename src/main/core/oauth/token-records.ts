/** The token records in memory, sealed in the vault below `token/`: nothing is used before it is written. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { TokenId } from '../../../shared/model/ids.ts';
import type { Log } from '../ports.ts';
import type { Vault } from '../vault/types.ts';
import { secretsOf, tokenRecord, type TokenRecord } from './token-record.ts';

const prefix = 'token/';

export type TokenRecords = {
  /** Reads what is not in memory yet and says which; a locked vault leaves it empty until it is called again. */
  load(): Promise<TokenId[]>;
  all(): TokenRecord[];
  find(id: TokenId): TokenRecord | null;
  /** Rejects with `not_found`. */
  get(id: TokenId): TokenRecord;
  /**
   * Replaces one record by what `change` makes of it (null keeps it as it is). Changes of one record follow each other;
   * the new one is visible once it is durable. When it cannot be written the call rejects; the record then stays in
   * memory, since its grant may be the only one left, and `save` tries again.
   */
  write(id: TokenId, change: (before: TokenRecord | null) => TokenRecord | null): Promise<TokenRecord | null>;
  /** The same for what must be durable before something else is done: when it cannot be written, the record stays as it was. */
  writeAhead(
    id: TokenId,
    change: (before: TokenRecord | null) => TokenRecord | null,
  ): Promise<TokenRecord | null>;
  /** Tries again to write a record whose last write failed; rejects as the write does. */
  save(id: TokenId): Promise<void>;
  forget(id: TokenId): Promise<void>;
  /**
   * Lets go of what the vault holds, when it is locked: `load` brings it back. A record whose write has failed or whose
   * refresh is under way stays, since its grant may stand nowhere else.
   */
  drop(): void;
  settled(): Promise<void>;
};

export function createTokenRecords(deps: {
  readonly vault: Vault;
  readonly log: Log;
  readonly changed: () => void;
}): TokenRecords {
  const { vault, log, changed } = deps;
  const records = new Map<TokenId, TokenRecord>();
  const unsaved = new Set<TokenId>();
  const queues = new Map<TokenId, Promise<unknown>>();

  const inTurn = <T>(id: TokenId, work: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(id) ?? Promise.resolve()).then(work, work);
    queues.set(id, turn);
    const leave = () => {
      if (queues.get(id) === turn) queues.delete(id);
    };
    turn.then(leave, leave);
    return turn;
  };

  const store = async (record: TokenRecord): Promise<void> => {
    await vault.set(prefix + record.id, JSON.stringify(record), secretsOf(record));
    unsaved.delete(record.id);
  };

  const loadOne = async (name: string): Promise<TokenId | null> => {
    const text = await vault.get(name);
    if (text === null) return null;
    const record = tokenRecord.parse(JSON.parse(text));
    if (records.has(record.id)) return null;
    records.set(record.id, record);
    return record.id;
  };

  type Change = (before: TokenRecord | null) => TokenRecord | null;
  const replace = async (
    id: TokenId,
    change: Change,
    keepUnwritten: boolean,
  ): Promise<TokenRecord | null> => {
    const record = change(records.get(id) ?? null);
    if (record === null) return records.get(id) ?? null;
    try {
      await store(record);
    } catch (error) {
      if (keepUnwritten) {
        unsaved.add(id);
        records.set(id, record);
      }
      throw error;
    }
    records.set(id, record);
    changed();
    return record;
  };

  return {
    async load() {
      if ((await vault.status()).locked) return [];
      const held = new Set([...records.keys()].map((id) => prefix + id));
      const missing = vault.names(prefix).filter((name) => !held.has(name));
      const results = await Promise.allSettled(missing.map(loadOne));
      for (const [at, result] of results.entries()) {
        if (result.status === 'fulfilled') continue;
        log('error', 'A stored token cannot be read; it stays in the vault as it is.', {
          token: missing[at],
          reason: result.reason instanceof AppError ? result.reason.code : 'not a token record',
        });
      }
      if (missing.length > 0) changed();
      return results.flatMap((result) =>
        result.status === 'fulfilled' && result.value !== null ? [result.value] : [],
      );
    },
    all: () => [...records.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    find: (id) => records.get(id) ?? null,
    get(id) {
      const record = records.get(id);
      if (record === undefined) throw new AppError('not_found', `There is no token "${id}".`);
      return record;
    },
    write: (id, change) => inTurn(id, () => replace(id, change, true)),
    writeAhead: (id, change) => inTurn(id, () => replace(id, change, false)),
    save: (id) =>
      inTurn(id, async () => {
        const record = records.get(id);
        if (record === undefined || !unsaved.has(id)) return;
        await store(record);
        changed();
      }),
    forget: (id) =>
      inTurn(id, async () => {
        await vault.delete(prefix + id);
        unsaved.delete(id);
        if (records.delete(id)) changed();
      }),
    drop() {
      for (const [id, record] of records) {
        if (!unsaved.has(id) && !queues.has(id) && record.sent === null) records.delete(id);
      }
      changed();
    },
    async settled() {
      await Promise.allSettled(queues.values());
    },
  };
}
