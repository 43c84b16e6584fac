import ElectronStore from 'electron-store';
import type { SettingsStore } from '../../core/ports.ts';
import { createConfSettings } from '../node/settings-store.ts';

/** The same file as in every other host, through electron-store. Call after `app.whenReady()`. */
export function createDesktopSettings(dataDir: string): SettingsStore {
  return createConfSettings({ dataDir, open: (options) => new ElectronStore(options) });
}
