import type { Log, Ports } from '../../core/ports.ts';
import { createForkedProgram } from './child-program.ts';
import { locateEntries } from './entries.ts';
import { openExternal } from './open-external.ts';
import { prepareDataDir } from './prepare-data-dir.ts';
import { createNodeSecretBox, createSecretBoxes } from './secret-box.ts';
import { createConfSettings } from './settings-store.ts';
import { version } from './version.ts';

export type NodePortsDeps = {
  readonly host: 'web' | 'cli';
  /** Absolute. */
  readonly dataDir: string;
  /** `import.meta.url` of the process' entry file. */
  readonly hostEntry: string;
  readonly log: Log;
  /** Where `HLC_PASSPHRASE` is looked up. */
  readonly env?: NodeJS.ProcessEnv;
};

/** What the core needs of a host, on plain Node. Throws `data_folder_unusable` when the folder or the settings in it cannot be. */
export function createNodePorts({ host, dataDir, hostEntry, log, env = process.env }: NodePortsDeps): Ports {
  prepareDataDir(dataDir);
  const entries = locateEntries(hostEntry);
  const sealing = { dataDir, passphrase: env['HLC_PASSPHRASE'] };
  return {
    host,
    version,
    dataDir,
    secretBox: createNodeSecretBox(sealing),
    secretBoxes: createSecretBoxes(sealing),
    settings: createConfSettings({ dataDir }),
    entries,
    startProgram: (entry, args) => createForkedProgram(entries[entry], args, log),
    openExternal,
    // The window shows it where the browser lets it; there is no icon to put a number on.
    notify: ({ title, body }) => log('info', `${title}: ${body}`),
    badge: () => {},
    log,
    now: Date.now,
  };
}
