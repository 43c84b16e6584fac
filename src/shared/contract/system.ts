import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import {
  capabilities,
  selfTestResult,
  settings as settingsSchema,
  systemStatus,
  tunnelKinds,
  tunnelState,
  vaultBackup,
  vaultMode,
  vaultRestore,
  vaultStatus,
} from '../model/system.ts';
import { healthCheck } from '../model/health.ts';
import { profileId } from '../model/ids.ts';
import { nothing, procedure } from './base.ts';

export const system = {
  capabilities: procedure.output(capabilities),
  status: procedure.output(systemStatus),
  /** Begins with the present status; says each change of ingress, tunnel, simulator, vault, profiles or tokens. */
  watch: procedure.output(eventIterator(systemStatus)),
  /** Opens an http(s) address in the user's browser. */
  openExternal: procedure.input(z.object({ url: z.url() })).output(nothing),
  /** Every check with verdict and remedy; without a profile, for the active one. Rejects with `not_found`. */
  doctor: procedure.input(z.object({ profileId: profileId.optional() })).output(z.array(healthCheck)),
  /** A fresh link that opens the window in a browser, good for one use; null where this host serves none. */
  uiLink: procedure.output(z.object({ url: z.url().nullable() })),
};

export const settings = {
  get: procedure.output(settingsSchema),
  set: procedure.input(settingsSchema.partial()).output(settingsSchema),
};

const passphrase = z.string().min(1).max(1000);

export const vault = {
  status: procedure.output(vaultStatus),
  unlock: procedure.input(z.object({ passphrase })).output(vaultStatus),
  /** Forgets the key until the passphrase is entered again. */
  lock: procedure.output(vaultStatus),
  /** Seals everything anew, or nothing. `current` is the passphrase until now, where there is one. */
  changeMode: procedure
    .input(z.object({ mode: vaultMode, passphrase: passphrase.optional(), current: passphrase.optional() }))
    .output(vaultStatus),
  /** Every secret in one sealed file, asked for on purpose, under a passphrase of its own. */
  backup: procedure.input(z.object({ passphrase: passphrase.min(8) })).output(vaultBackup),
  restore: procedure
    .input(
      z.object({
        content: z.base64().max(64_000_000),
        passphrase,
        mode: z.enum(['merge', 'replace']),
        /** Says what it would do and does nothing. */
        dryRun: z.boolean().default(false),
      }),
    )
    .output(vaultRestore),
};

export const tunnel = {
  configure: procedure
    .input(
      z.object({
        kind: z.enum(tunnelKinds),
        url: z.string().max(500).nullable().optional(),
        domain: z.string().max(300).nullable().optional(),
        /** Goes to the vault at once; an empty string forgets it. */
        authtoken: z.string().max(500).optional(),
      }),
    )
    .output(tunnelState),
  start: procedure.output(tunnelState),
  stop: procedure.output(tunnelState),
  /** Sends a request with a nonce through the public address and waits to see it arrive. */
  selfTest: procedure.output(selfTestResult),
};
