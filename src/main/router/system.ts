import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

export function systemArea({ os, core, options }: AreaDeps) {
  const least = { nativeWindow: false, openExternal: false, notifications: false, passphraseVault: false };
  return os.system.router({
    capabilities: os.system.capabilities.handler(() => ({ ...least, ...options.capabilities })),
    status: os.system.status.handler(() => core.status()),
    watch: os.system.watch.handler(async function* ({ signal }) {
      // The status costs a count or two, so it is read when it is sent, not at every change.
      const changes = latest(core.onStatus, { initial: () => undefined, signal, minIntervalMs: 50 });
      for await (const _ of changes) yield await core.status();
    }),
    openExternal: os.system.openExternal.handler(async ({ input }) => {
      await core.openExternal(input.url);
      return {};
    }),
    doctor: os.system.doctor.handler(({ input }) => core.doctor(input.profileId)),
    uiLink: os.system.uiLink.handler(() => ({ url: options.uiLink?.() ?? null })),
  });
}
