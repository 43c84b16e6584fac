import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createProfiles, type ProfilesDeps } from '../../src/main/core/profiles/create-profiles.ts';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import { createKeyFileBox } from '../../src/main/hosts/node/secret-box.ts';
import { createConfSettings } from '../../src/main/hosts/node/settings-store.ts';

export const appId = '665c6bb13d4e5364bdec0e2f';
export const clientId = `${appId}-mawqjyjd`;
export const clientSecret = 'b9e3c1d2-7f60-4c1b-9a52-0d8e5f6a7b1c';
export const otherClientId = '775c6bb13d4e5364bdec0e2f-aaaaaaaa';

export const installLink =
  'https://marketplace.leadconnectorhq.com/v2/oauth/chooselocation?response_type=code' +
  '&redirect_uri=https%3A%2F%2Fdev.example%2Fauth%2Freturn' +
  `&client_id=${clientId}&scope=contacts.readonly+locations.readonly&version_id=${appId}`;

export const nothingLogged = () => undefined;

/** Profiles over a real settings file and a real vault in a data folder of the test's own. */
export async function openProfiles(overrides: Partial<ProfilesDeps> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'profiles-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const reopen = async () => {
    const vault = await createVault({ box: createKeyFileBox({ dataDir }), dataDir, log: nothingLogged });
    const settings = createConfSettings({ dataDir });
    const profiles = createProfiles({
      ports: { settings, log: nothingLogged, now: () => 1_767_225_600_000 },
      vault,
      baseUrl: () => ({ base: 'https://dev.example/', public: true }),
      ...overrides,
    });
    return { vault, settings, profiles };
  };
  return { dataDir, reopen, ...(await reopen()) };
}
