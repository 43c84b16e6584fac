import { dirname, resolve } from 'node:path';
import { homedir } from 'node:os';
import envPaths from 'env-paths';

const folderName = 'highlevel-companion';

/**
 * The default data folder: `<per-user config folder>/highlevel-companion`, the same one that Electron calls `userData`
 * (XDG_CONFIG_HOME or ~/.config, ~/Library/Application Support, %APPDATA%), so that every host finds the same data.
 */
export function defaultDataDir(): string {
  const paths = envPaths(folderName, { suffix: '' });
  if (process.platform === 'darwin') return paths.data;
  return process.platform === 'win32' ? dirname(paths.config) : paths.config;
}

/** `--data-dir`, else `HLC_DATA_DIR`, else the default. Absolute; a leading `~` is the home folder. */
export function resolveDataDir(option: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const chosen = option ?? (env['HLC_DATA_DIR'] === '' ? undefined : env['HLC_DATA_DIR']);
  if (chosen === undefined) return defaultDataDir();
  return resolve(chosen.replace(/^~(?=$|[\\/])/, homedir()));
}
