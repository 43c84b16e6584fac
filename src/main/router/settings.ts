import type { AreaDeps } from './context.ts';
import { given } from './given.ts';

export function settingsArea({ os, core }: AreaDeps) {
  return os.settings.router({
    get: os.settings.get.handler(() => core.settings.get()),
    set: os.settings.set.handler(({ input }) => core.settings.set(given(input))),
  });
}

export function vaultArea({ os, core }: AreaDeps) {
  return os.vault.router({
    status: os.vault.status.handler(() => core.vault.status()),
    unlock: os.vault.unlock.handler(({ input }) => core.vault.unlock(input.passphrase)),
    lock: os.vault.lock.handler(() => core.vault.lock()),
    changeMode: os.vault.changeMode.handler(({ input: { mode, passphrase = null, current = null } }) =>
      core.vault.changeMode(mode, { passphrase, current }),
    ),
    backup: os.vault.backup.handler(({ input }) => core.vault.backup(input.passphrase)),
    restore: os.vault.restore.handler(({ input }) => core.vault.restore(input)),
  });
}
