import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import { profileId } from '../../../shared/model/ids.ts';
import { deliveryRules } from '../../../shared/model/delivery-rule.ts';
import { forwardingSettings } from '../../../shared/model/forwarding.ts';
import { defaultNotifications, notificationSettings } from '../../../shared/model/notification.ts';
import { profile } from '../../../shared/model/profile.ts';
import { tamperReport } from '../../../shared/model/tamper.ts';
import { settings } from '../../../shared/model/system.ts';
import type { SettingsStore, StoredSettings } from '../../core/ports.ts';
import { errorCode, storageError } from '../../core/vault/durable-file.ts';

const fileName = 'settings.json';

export const defaultSettings: StoredSettings = {
  theme: 'system',
  activeProfile: null,
  ingressPort: 4400,
  tunnel: { kind: 'none', url: null, domain: null },
  simulatorPort: 4402,
  autoRefresh: true,
  network: { proxy: null, caFile: null },
  profiles: [],
  mintFutureLocations: [],
  forwarding: { on: false, targets: [] },
  deliveryRules: [],
  notifications: defaultNotifications,
  collectionFolders: [],
  developmentKey: null,
  developmentRsaKey: null,
  tamperReports: [],
};

const storedSettings = settings.extend({
  profiles: z.array(profile),
  mintFutureLocations: z.array(profileId),
  forwarding: forwardingSettings,
  deliveryRules,
  notifications: notificationSettings,
  collectionFolders: z.array(z.string().min(1).max(4000)).max(200),
  developmentKey: z.string().max(1000).nullable(),
  developmentRsaKey: z.string().max(2000).nullable(),
  tamperReports: z.array(tamperReport).max(20),
});

type FileOptions = NonNullable<ConstructorParameters<typeof Conf>[0]>;

export type ConfSettingsDeps = {
  readonly dataDir: string;
  /** Opens the file; the desktop gives electron-store, which is `conf` with Electron's manners. */
  readonly open?: (options: FileOptions) => { set(key: string, value: unknown): void };
};

/**
 * `<data>/settings.json`, mode 0600. It is read and checked once; what it does not name has its default.
 *
 * @throws AppError `data_folder_unusable` naming what is wrong; the file is then left as it is.
 */
export function createConfSettings({
  dataDir,
  open = (options) => new Conf(options),
}: ConfSettingsDeps): SettingsStore {
  const raw = readRaw(join(dataDir, fileName));
  const current = validated(raw);
  const conf = openFile(dataDir, open);

  return {
    get: (key) => current[key],
    set(key, value) {
      const next = storedSettings.shape[key].safeParse(value);
      if (!next.success) throw badValue(key, next.error);
      try {
        conf.set(key, value);
      } catch (error) {
        throw storageError(error, fileName);
      }
      current[key] = value;
    },
  };
}

function openFile(dataDir: string, open: NonNullable<ConfSettingsDeps['open']>): ReturnType<typeof open> {
  try {
    return open({
      cwd: dataDir,
      configName: 'settings',
      clearInvalidConfig: false,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
  } catch (error) {
    throw storageError(error, fileName);
  }
}

function readRaw(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return {};
    throw storageError(error, fileName);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable('it is not valid JSON', cause);
  }
}

function validated(raw: unknown): { -readonly [K in keyof StoredSettings]: StoredSettings[K] } {
  const result = z.record(z.string(), z.unknown()).safeParse(raw);
  if (!result.success) throw unreadable('it does not hold an object', result.error);
  const stored = storedSettings.safeParse({ ...defaultSettings, ...result.data });
  if (stored.success) return stored.data;
  const issue = stored.error.issues[0];
  throw unreadable(
    `"${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'not as it should be'}`,
    stored.error,
  );
}

const unreadable = (why: string, cause: unknown) =>
  new AppError(
    'data_folder_unusable',
    `The settings file ${fileName} cannot be used: ${why}. It has been left as it is.`,
    {
      remedy: 'Correct the file, or move it away to begin with new settings.',
      cause,
    },
  );

const badValue = (key: string, error: z.ZodError) =>
  new AppError(
    'bad_input',
    `The setting "${key}" cannot have this value: ${error.issues[0]?.message ?? 'it is wrong'}.`,
    {
      cause: error,
    },
  );
