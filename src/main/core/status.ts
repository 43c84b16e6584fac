import type { SystemStatus } from '../../shared/model/system.ts';
import type { ExchangeStore } from './exchanges/types.ts';
import type { Ingress } from './ingress/types.ts';
import type { Ports } from './ports.ts';
import type { Profiles, SimulatorControl, Tokens, Tunnel } from './services.ts';
import type { Vault } from './vault/types.ts';

export type StatusDeps = {
  readonly ports: Pick<Ports, 'version' | 'host' | 'dataDir' | 'now'>;
  readonly store: Pick<ExchangeStore, 'count'>;
  readonly vault: Pick<Vault, 'status' | 'onStatus'>;
  readonly profiles: Pick<Profiles, 'list' | 'onChange'>;
  readonly tokens: Pick<Tokens, 'list' | 'onChange'>;
  readonly ingress: Pick<Ingress, 'status' | 'onStatus'>;
  readonly tunnel: Pick<Tunnel, 'state' | 'onState'>;
  readonly simulator: Pick<SimulatorControl, 'state' | 'onState'>;
};

/** One status of everything, and one word when any part of it changed; changes of one turn of the event loop are one. */
export function createStatus({
  ports,
  store,
  vault,
  profiles,
  tokens,
  ingress,
  tunnel,
  simulator,
}: StatusDeps) {
  const startedAt = ports.now();
  const listeners = new Set<() => void>();
  let telling: NodeJS.Immediate | null = null;

  const changed = (): void => {
    telling ??= setImmediate(() => {
      telling = null;
      for (const listener of listeners) listener();
    });
  };
  const stops = [
    vault.onStatus(changed),
    profiles.onChange(changed),
    tokens.onChange(changed),
    ingress.onStatus(changed),
    tunnel.onState(changed),
    simulator.onState(changed),
  ];

  return {
    changed,
    read: async (): Promise<SystemStatus> => {
      const [vaultStatus, exchanges, webhooks] = await Promise.all([
        vault.status(),
        store.count({}),
        store.count({ purposes: ['webhook'] }),
      ]);
      return {
        version: ports.version,
        host: ports.host,
        dataDir: ports.dataDir,
        startedAt,
        ingress: ingress.status(),
        tunnel: tunnel.state(),
        simulator: simulator.state(),
        vault: vaultStatus,
        counts: {
          exchanges,
          webhooks,
          tokens: tokens.list().length,
          profiles: profiles.list().length,
        },
      };
    },
    listen: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: (): void => {
      if (telling !== null) clearImmediate(telling);
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}
