import { AppError } from '../../shared/model/app-error.ts';
import type { Settings } from '../../shared/model/system.ts';
import type { Ingress } from './ingress/types.ts';
import type { SettingsStore } from './ports.ts';
import { checkNetwork } from './requests/outbound-agents.ts';
import type { Core, Profiles, Tunnel } from './services.ts';

export type CoreSettingsDeps = {
  readonly store: SettingsStore;
  readonly profiles: Pick<Profiles, 'list'>;
  readonly tunnel: Pick<Tunnel, 'configure' | 'state' | 'start' | 'stop'>;
  /** Null where this process does not listen. */
  readonly ingress: Pick<Ingress, 'listen' | 'status'> | null;
  readonly changed: () => void;
};

/** The settings as the window changes them: what a change needs is done first, so that a refused one leaves nothing behind. */
export function createCoreSettings({
  store,
  profiles,
  tunnel,
  ingress,
  changed,
}: CoreSettingsDeps): Core['settings'] {
  const get = (): Settings => ({
    theme: store.get('theme'),
    activeProfile: store.get('activeProfile'),
    ingressPort: store.get('ingressPort'),
    tunnel: store.get('tunnel'),
    simulatorPort: store.get('simulatorPort'),
    autoRefresh: store.get('autoRefresh'),
    network: store.get('network'),
  });

  return {
    get,
    async set({ activeProfile, ingressPort, tunnel: address, theme, simulatorPort, autoRefresh, network }) {
      if (network !== undefined) checkNetwork(network);
      if (activeProfile !== undefined && activeProfile !== null) {
        if (!profiles.list().some(({ id }) => id === activeProfile)) {
          throw new AppError('not_found', `There is no profile "${activeProfile}".`);
        }
      }
      if (ingressPort !== undefined && ingress !== null) {
        // The same port again is another try where the first found it busy.
        if (ingressPort !== store.get('ingressPort') || !ingress.status().listening)
          await ingress.listen(ingressPort);
      }
      if (address !== undefined) await tunnel.configure(address);
      if (activeProfile !== undefined) store.set('activeProfile', activeProfile);
      if (ingressPort !== undefined) store.set('ingressPort', ingressPort);
      if (theme !== undefined) store.set('theme', theme);
      if (simulatorPort !== undefined) store.set('simulatorPort', simulatorPort);
      if (autoRefresh !== undefined) store.set('autoRefresh', autoRefresh);
      if (network !== undefined) {
        store.set('network', network);
        if (tunnel.state().status !== 'off') {
          // The agent's way to its edge is fixed when it starts.
          await tunnel.stop();
          void tunnel.start();
        }
      }
      changed();
      return get();
    },
  };
}
