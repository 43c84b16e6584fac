/**
 * What a host must supply. The core imports nothing of a host; a host hands these in once, to `createCore`.
 * Fakes in tests stand here and nowhere else.
 */
import type { Settings, VaultMode, VaultStatus } from '../../shared/model/system.ts';
import type { ProfileId } from '../../shared/model/ids.ts';
import type { DeliveryRule } from '../../shared/model/delivery-rule.ts';
import type { TamperReport } from '../../shared/model/tamper.ts';
import type { ForwardingSettings } from '../../shared/model/forwarding.ts';
import type { NotificationSettings } from '../../shared/model/notification.ts';
import type { Profile } from '../../shared/model/profile.ts';

/**
 * Seals and opens secrets. `seal` and `open` reject with AppError `vault_locked` while a passphrase or the desktop's
 * keychain is missing, and with `vault_unavailable` when what was sealed cannot be opened here.
 */
export type SecretBox = {
  status(): Promise<VaultStatus>;
  seal(plain: Uint8Array): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<Uint8Array>;
  /** Hosts whose box takes no passphrase reject with `unsupported`. */
  unlock(passphrase: string): Promise<VaultStatus>;
  /** Forgets its key until `unlock`; absent where nothing can be forgotten. */
  lock?(): Promise<void>;
  /** What stands behind it, such as `gnome_libsecret`; written beside what it sealed. */
  readonly backend?: string;
  /** True once a secret it opened should be sealed anew, since the key behind it has changed. */
  stale?(): boolean;
};

/** Which box sealed a vault: its kind, and the file that says how its key is made where there is one. */
export type SealedBy = { readonly kind: string; readonly parameters: string | null };

/** The boxes a host can offer, for choosing another one. */
export type SecretBoxes = {
  /** Best first. */
  readonly modes: readonly VaultMode[];
  /** The box that sealed a vault; null where this host has none of that kind. */
  find(sealedBy: SealedBy): SecretBox | null;
  /** A box to seal a vault with from now on, its key durable. Rejects with a sentence where that cannot be. */
  make(
    mode: VaultMode,
    passphrase: string | null,
  ): Promise<{ readonly box: SecretBox; readonly parameters: string | null }>;
  /** Removes the key files of every box but this one. */
  tidy(keep: SealedBy): Promise<void>;
};

/** What is kept in the settings file, none of it secret. Profiles are validated when they are read. */
export type StoredSettings = Settings & {
  readonly profiles: readonly Profile[];
  /** Profiles whose location tokens are minted when a sub-account's INSTALL webhook comes in. */
  readonly mintFutureLocations: readonly ProfileId[];
  readonly forwarding: ForwardingSettings;
  /** What deliveries are answered on purpose. */
  readonly deliveryRules: readonly DeliveryRule[];
  readonly notifications: NotificationSettings;
  /** Folders outside of the data folder that are collections, absolute. */
  readonly collectionFolders: readonly string[];
  /** Public half of the key that signs edited webhooks, PEM; null until one was made. */
  readonly developmentKey: string | null;
  /** Public half of the key of the older scheme, which only the tamper bench uses. */
  readonly developmentRsaKey: string | null;
  /** The last report of each address, newest first. */
  readonly tamperReports: readonly TamperReport[];
};

/** A settings file. `set` has written the file when it returns. A file that cannot be read is never overwritten. */
export type SettingsStore = {
  get<K extends keyof StoredSettings>(key: K): StoredSettings[K];
  set<K extends keyof StoredSettings>(key: K, value: StoredSettings[K]): void;
};

/** The program files that run outside the owner's main thread. The host knows where they were built. */
export type EntryName = 'captureWorker' | 'deriveWorker' | 'documentReader' | 'tunnelAgent' | 'simulator';

/** A program of ours in a process of its own (`child_process.fork`, or Electron's `utilityProcess`). */
export type ChildProgram = {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Whole lines of standard output. */
  onLine(listener: (line: string) => void): void;
  /** Called once. `code` is null when a signal ended it. */
  onExit(listener: (code: number | null) => void): void;
  /** Ends it at once; the clean stop, if there is one, is a message of its own protocol. */
  kill(): void;
};

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Structured log. Field values that are secrets are the caller's mistake; the host redacts what it knows all the same. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** None of it secret. */
export type DesktopNotification = {
  readonly title: string;
  readonly body: string;
  /** To be called when it is clicked. */
  readonly onOpen: () => void;
};

export type Ports = {
  readonly host: 'electron' | 'web' | 'cli';
  readonly version: string;
  /** The data folder, absolute. Everything the core writes lies below it. */
  readonly dataDir: string;
  readonly secretBox: SecretBox;
  /** Left out, the vault stays with `secretBox`. */
  readonly secretBoxes?: SecretBoxes;
  readonly settings: SettingsStore;
  readonly entries: Readonly<Record<EntryName, URL>>;
  startProgram(entry: EntryName, args: readonly string[]): ChildProgram;
  /** Opens an http(s) address in the user's browser; rejects with `unsupported` where there is none. */
  openExternal(url: string): Promise<void>;
  /** Shows it where the host can, once somebody may look; else it is logged. */
  notify(notification: DesktopNotification): void;
  /** The number on the icon; 0 takes it away. */
  badge(count: number): void;
  readonly log: Log;
  /** ms since the epoch. */
  now(): number;
};
