import * as z from 'zod';
import { profileId } from './ids.ts';

/** What this host can do, so that nobody has to ask which host it is. */
export const capabilities = z.object({
  nativeWindow: z.boolean(),
  openExternal: z.boolean(),
  notifications: z.boolean(),
  /** True where a passphrase can unlock the vault. */
  passphraseVault: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilities>;

/** What a vault can be sealed with by choice. */
export const vaultMode = z.enum(['keychain', 'passphrase', 'key-file']);
export type VaultMode = z.infer<typeof vaultMode>;

export const vaultStatus = z.object({
  /** `keychain`: the operating system's; `passphrase` or `key-file`: our own AES-256-GCM; `plain`: none to be had. */
  kind: z.enum(['keychain', 'passphrase', 'key-file', 'plain']),
  label: z.string(),
  locked: z.boolean(),
  /** Said out loud in the window: what this kind of vault does not protect from. */
  warning: z.string().nullable(),
  /** What this host offers to choose from; left out where nothing can be chosen. */
  modes: z.array(vaultMode).optional(),
});
export type VaultStatus = z.infer<typeof vaultStatus>;

/** A sealed copy of every secret, to be kept elsewhere. */
export const vaultBackup = z.object({
  /** base64 of the file. */
  content: z.string(),
  fileName: z.string(),
  secrets: z.int(),
  /** Names of saved secrets that could not be opened and are not in it. */
  missing: z.array(z.string()),
});
export type VaultBackup = z.infer<typeof vaultBackup>;

/** What a restore does, or would do: names of secrets. */
export const vaultRestore = z.object({
  /** When the backup was made, ms since the epoch. */
  madeAt: z.number(),
  added: z.array(z.string()),
  /** Other values take the place of what is here. */
  replaced: z.array(z.string()),
  removed: z.array(z.string()),
  /** Left as they are here. */
  kept: z.int(),
});
export type VaultRestore = z.infer<typeof vaultRestore>;

export const ingressStatus = z.object({
  listening: z.boolean(),
  port: z.int().nullable(),
  /** `http://127.0.0.1:4400` */
  url: z.string().nullable(),
  error: z.string().nullable(),
});
export type IngressStatus = z.infer<typeof ingressStatus>;

export const tunnelKinds = ['none', 'url', 'ngrok'] as const;

export const selfTestResult = z.object({
  at: z.number(),
  ok: z.boolean(),
  durationMs: z.number(),
  sentence: z.string(),
});
export type SelfTestResult = z.infer<typeof selfTestResult>;

/** One state of the public address, shown everywhere. `online` is only said when it is known to be true. */
export const tunnelState = z.object({
  kind: z.enum(tunnelKinds),
  status: z.enum(['off', 'starting', 'online', 'reconnecting', 'failed']),
  publicUrl: z.string().nullable(),
  since: z.number().nullable(),
  error: z.string().nullable(),
  /** ms since the epoch of the next attempt while reconnecting. */
  nextAttemptAt: z.number().nullable(),
  selfTest: selfTestResult.nullable(),
  hasAuthtoken: z.boolean(),
});
export type TunnelState = z.infer<typeof tunnelState>;

export const tunnelSettings = z.object({
  kind: z.enum(tunnelKinds),
  /** For `url`: an address the developer already has. */
  url: z.string().max(500).nullable(),
  /** For `ngrok`: the account's own domain; null lets ngrok choose. */
  domain: z.string().max(300).nullable(),
});
export type TunnelSettings = z.infer<typeof tunnelSettings>;

export const simulatorState = z.object({
  status: z.enum(['off', 'starting', 'running', 'failed']),
  url: z.string().nullable(),
  profileId: profileId.nullable(),
  startedAt: z.number().nullable(),
  error: z.string().nullable(),
});
export type SimulatorState = z.infer<typeof simulatorState>;

export const theme = z.enum(['system', 'light', 'dark']);

export const networkSettings = z.object({
  /** `http://host:port`, for what goes to HighLevel; null leaves it to HTTPS_PROXY and HTTP_PROXY of the environment. */
  proxy: z.string().max(500).nullable(),
  /** A file of certificate authorities (PEM) trusted beside the usual ones. */
  caFile: z.string().max(2000).nullable(),
});
export type NetworkSettings = z.infer<typeof networkSettings>;

export const settings = z.object({
  theme,
  /** The profile the window shows; null before there is one. */
  activeProfile: profileId.nullable(),
  ingressPort: z.int().min(0).max(65_535),
  tunnel: tunnelSettings,
  simulatorPort: z.int().min(0).max(65_535),
  /** Whether tokens are refreshed without being asked to: ahead of their end, and when they are refused. */
  autoRefresh: z.boolean(),
  network: networkSettings,
});
export type Settings = z.infer<typeof settings>;

export const systemStatus = z.object({
  version: z.string(),
  host: z.enum(['electron', 'web', 'cli']),
  dataDir: z.string(),
  startedAt: z.number(),
  ingress: ingressStatus,
  tunnel: tunnelState,
  simulator: simulatorState,
  vault: vaultStatus,
  counts: z.object({ exchanges: z.int(), webhooks: z.int(), tokens: z.int(), profiles: z.int() }),
});
export type SystemStatus = z.infer<typeof systemStatus>;
