import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileId } from '../../src/shared/model/ids.ts';
import { createConfSettings, defaultSettings } from '../../src/main/hosts/node/settings-store.ts';
import { temporaryFolder } from './support.ts';

describe('the settings file', () => {
  it('has the defaults until something is set, and keeps what was set', async () => {
    const dataDir = await temporaryFolder();
    const settings = createConfSettings({ dataDir });
    expect(settings.get('ingressPort')).toBe(4400);
    expect(settings.get('profiles')).toEqual([]);
    settings.set('theme', 'dark');
    settings.set('tunnel', { kind: 'url', url: 'https://dev.example', domain: null });
    const again = createConfSettings({ dataDir });
    expect(again.get('theme')).toBe('dark');
    expect(again.get('tunnel').url).toBe('https://dev.example');
    expect(again.get('simulatorPort')).toBe(defaultSettings.simulatorPort);
    expect((await stat(join(dataDir, 'settings.json'))).mode & 0o777).toBe(0o600);
  });

  it('refuses a value that does not fit and keeps the one before', async () => {
    const settings = createConfSettings({ dataDir: await temporaryFolder() });
    expect(() => settings.set('ingressPort', 70_000)).toThrow(
      'The setting "ingressPort" cannot have this value',
    );
    expect(settings.get('ingressPort')).toBe(4400);
  });

  it.each([
    ['not JSON', '{"theme":', 'it is not valid JSON'],
    ['no object', '[1]', 'it does not hold an object'],
    ['a wrong value', '{"ingressPort":"4400"}', '"ingressPort"'],
    ['a damaged profile', '{"profiles":[{"id":"acme"}]}', '"profiles.0.'],
  ])('%s: refused in a sentence and left as it is', async (_, content, sentence) => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'settings.json'), content);
    expect(() => createConfSettings({ dataDir })).toThrow(
      expect.objectContaining({ code: 'data_folder_unusable', message: expect.stringContaining(sentence) }),
    );
    expect(await readFile(join(dataDir, 'settings.json'), 'utf8')).toBe(content);
  });

  it('keeps entries of a file that a later version may have written', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'settings.json'), '{"somethingNew":1}');
    createConfSettings({ dataDir }).set('activeProfile', profileId.parse('acme'));
    const stored: unknown = JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'));
    expect(stored).toEqual({ somethingNew: 1, activeProfile: 'acme' });
  });

  it('says so when it cannot be written', async () => {
    const parent = await temporaryFolder();
    const dataDir = join(parent, 'data');
    await mkdir(dataDir);
    const settings = createConfSettings({ dataDir });
    // A folder in the file's place: refused for root as well, unlike missing permissions.
    await mkdir(join(dataDir, 'settings.json'));
    expect(() => settings.set('theme', 'dark')).toThrow(
      expect.objectContaining({ code: 'data_folder_unusable' }),
    );
    expect(settings.get('theme')).toBe('system');
    expect(existsSync(join(dataDir, 'settings.json'))).toBe(true);
  });
});
