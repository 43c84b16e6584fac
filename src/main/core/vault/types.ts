/** The only place that sees a secret in plain text. Implemented in `create-vault.ts` over the `SecretBox` port. */
import type { HeaderPairs, SecretMark } from '../../../shared/model/exchange.ts';
import type { VaultBackup, VaultMode, VaultRestore, VaultStatus } from '../../../shared/model/system.ts';
import type { CapturedBody } from '../exchanges/types.ts';

/**
 * Cuts secrets out before the first write: by field name (`access_token`, `client_secret`, `code`, …) and by equality
 * with what the vault holds. What was cut leaves the placeholder `********` and a mark.
 */
export type Redactor = {
  url(url: string): string;
  headers(pairs: HeaderPairs): HeaderPairs;
  /** Form and JSON bodies are searched by field name and by value, all others by value. Bytes not cut stay as they were. */
  body(bytes: Uint8Array, contentType: string | null): CapturedBody;
  /** The same for a body that comes in pieces, so that none of it has to wait for the whole. */
  pieces(contentType: string | null): PieceRedactor;
  /** For logs and error sentences. */
  text(text: string): string;
};

export type PieceRedactor = {
  /**
   * Takes the next bytes; gives those that nothing later can make part of a secret, secrets cut out. What it gives is good
   * until the next call.
   */
  push(bytes: Uint8Array): readonly Uint8Array[];
  /** Gives the rest. */
  end(): readonly Uint8Array[];
  /** Of all that was given so far, at offsets in it. */
  readonly marks: readonly SecretMark[];
};

/** What a restore is asked for. */
export type RestoreRequest = {
  /** base64 of the backup file. */
  readonly content: string;
  readonly passphrase: string;
  /** `merge` adds what is missing and changes nothing; `replace` makes the vault what the backup was. */
  readonly mode: 'merge' | 'replace';
  /** Only says what it would do. */
  readonly dryRun: boolean;
};

/** Names are paths such as `profile/acme/client-secret`, `token/location:acme:ve9…`, `ngrok/authtoken`. */
export type Vault = {
  status(): Promise<VaultStatus>;
  unlock(passphrase: string): Promise<VaultStatus>;
  /** Forgets the key and every opened value; rejects with `unsupported` where no passphrase would open it again. */
  lock(): Promise<VaultStatus>;
  /**
   * Seals everything anew, or nothing: the file before stays until the new one has been read back and opened whole.
   * From a passphrase, `current` must be it. Rejects with `unsupported`, `bad_input`, `vault_locked` or `vault_unavailable`.
   */
  changeMode(
    mode: VaultMode,
    given: { readonly passphrase: string | null; readonly current: string | null },
  ): Promise<VaultStatus>;
  /** A copy of every secret under a passphrase of its own. */
  backup(passphrase: string): Promise<VaultBackup>;
  restore(request: RestoreRequest): Promise<VaultRestore>;
  /** Null when there is none. Rejects with `vault_locked` or `vault_unavailable`. */
  get(name: string): Promise<string | null>;
  /** Written, synced and renamed into place when it resolves. `secrets` are the values redaction must know; default: the value itself. */
  set(name: string, value: string, secrets?: readonly string[]): Promise<void>;
  delete(name: string): Promise<void>;
  /** Names below a prefix; needs no unlocking. */
  names(prefix: string): readonly string[];
  readonly redactor: Redactor;
  onStatus(listener: (status: VaultStatus) => void): () => void;
  dispose(): Promise<void>;
};
