import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

export function installArea({ os, core }: AreaDeps) {
  const area = os.install;
  return area.router({
    begin: area.begin.handler(({ input }) =>
      core.install.begin(input.profileId, { openBrowser: input.openBrowser, addScopes: input.addScopes }),
    ),
    cancel: area.cancel.handler(() => {
      core.install.cancel();
      return {};
    }),
    confirm: area.confirm.handler(({ input }) => core.install.confirm(input.id)),
    reject: area.reject.handler(({ input }) => {
      core.install.reject(input.id);
      return {};
    }),
    retry: area.retry.handler(() => core.install.retry()),
    paste: area.paste.handler(({ input }) => core.install.paste(input.profileId, input.text)),
    progress: area.progress.handler(({ signal }) =>
      latest(core.install.onProgress, { initial: () => core.install.progress(), signal }),
    ),
  });
}

export function tokensArea({ os, core }: AreaDeps) {
  const area = os.tokens;
  return area.router({
    list: area.list.handler(({ input }) => core.tokens.list(input.profileId)),
    reveal: area.reveal.handler(async ({ input }) => ({ accessToken: await core.tokens.reveal(input.id) })),
    refresh: area.refresh.handler(({ input }) => core.tokens.refresh(input.id)),
    lineage: area.lineage.handler(({ input }) => core.tokens.lineage(input.id)),
    addPrivate: area.addPrivate.handler(({ input }) => core.tokens.addPrivate(input)),
    forget: area.forget.handler(async ({ input }) => {
      await core.tokens.forget(input.id);
      return {};
    }),
    installedLocations: area.installedLocations.handler(({ input: { id, ...query } }) =>
      core.tokens.installedLocations(id, query),
    ),
    mintLocation: area.mintLocation.handler(({ input }) =>
      core.tokens.mintLocation(input.id, input.locationId),
    ),
    mintMany: area.mintMany.handler(({ input, signal }) =>
      core.mintMany(input.id, { locationIds: input.locationIds, signal }),
    ),
    uninstall: area.uninstall.handler(({ input }) => core.uninstall(input.id, input.reason)),
    futureLocations: area.futureLocations.handler(({ input }) => ({
      mint: core.futureLocations.isOn(input.profileId),
    })),
    setFutureLocations: area.setFutureLocations.handler(({ input }) => ({
      mint: core.futureLocations.set(input.profileId, input.mint),
    })),
  });
}
