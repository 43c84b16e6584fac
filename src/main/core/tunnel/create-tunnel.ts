import { AppError } from '../../../shared/model/app-error.ts';
import type { NetworkSettings, SelfTestResult, TunnelState } from '../../../shared/model/system.ts';
import type { Ingress } from '../ingress/types.ts';
import type { Ports } from '../ports.ts';
import { createOutboundAgents, wayTo } from '../requests/outbound-agents.ts';
import type { Tunnel } from '../services.ts';
import type { Vault } from '../vault/types.ts';
import type { AgentStart } from './agent-process.ts';
import { createTunnelSettings } from './tunnel-settings.ts';
import type { Link, LinkReport, LinkReporter } from './link.ts';
import { createNgrokLink } from './ngrok-link.ts';
import { isLoopback } from './public-address.ts';
import { createSelfTest } from './self-test.ts';
import { defaultTiming, type TunnelTiming } from './timing.ts';
import { createUrlLink } from './url-link.ts';

export type TunnelDeps = {
  readonly ports: Pick<Ports, 'settings' | 'startProgram' | 'log' | 'now' | 'version'>;
  readonly vault: Pick<Vault, 'get' | 'set' | 'delete' | 'names' | 'redactor' | 'onStatus'>;
  readonly ingress: Pick<Ingress, 'status' | 'onStatus' | 'expectSelfTest'>;
  readonly timing?: Partial<TunnelTiming>;
  readonly env?: NodeJS.ProcessEnv;
  /** An edge other than ngrok's own. */
  readonly edge?: AgentStart['edge'];
};

export type PublicAddress = Tunnel & {
  /**
   * Where the ingress is reached: the public address, or this machine's own while there is none. No trailing slash.
   * `public` is true while requests from outside are known to arrive.
   */
  baseUrl(): { readonly base: string; readonly public: boolean };
};

/** The public address: none, one the developer already has, or ngrok's. Its state is `online` only while a request through it has arrived. */
export function createTunnel({
  ports,
  vault,
  ingress,
  env = process.env,
  edge = null,
  ...deps
}: TunnelDeps): PublicAddress {
  const { log } = ports;
  const now = (): number => ports.now();
  const timing: TunnelTiming = { ...defaultTiming, ...deps.timing };
  const network = (): NetworkSettings => ports.settings.get('network');
  const outbound = createOutboundAgents({ network, env });
  const test = createSelfTest({
    ingress,
    timeoutMs: timing.selfTestMs,
    now,
    agentsFor: (url) => outbound.agentsFor(url, 'fresh'),
  });
  const settings = createTunnelSettings(ports.settings, vault);
  const listeners = new Set<(state: TunnelState) => void>();
  const offAt = (kind: TunnelState['kind']): TunnelState => ({
    kind,
    status: 'off',
    publicUrl: null,
    since: null,
    error: null,
    nextAttemptAt: null,
    selfTest: null,
    hasAuthtoken: settings.hasAuthtoken(),
  });

  let state = offAt(settings.get().kind);
  let link: Link | null = null;
  let linkedPort: number | null = null;
  let wasOnline = false;
  let verdict = Promise.withResolvers<void>();
  let waitsForVault = false;
  let disposed = false;

  let order: Promise<unknown> = Promise.resolve();
  function inOrder(change: () => Promise<void>): Promise<void> {
    const result = order.then(change);
    order = result.catch(() => undefined);
    return result;
  }

  function update(changes: Partial<TunnelState>): void {
    const next = { ...state, ...changes };
    const since = next.status === state.status ? state.since : now();
    state = { ...next, since: next.status === 'off' ? null : since };
    for (const listener of listeners) listener(state);
  }

  function fail(error: string, nextInMs: number | null): void {
    const nextAttemptAt = nextInMs === null ? null : now() + nextInMs;
    const status = wasOnline && nextInMs !== null ? 'reconnecting' : 'failed';
    update({ status, error: vault.redactor.text(error), nextAttemptAt });
    verdict.resolve();
  }

  const reporter: LinkReporter = {
    tested: (result) => update({ selfTest: result }),
    report(report: LinkReport) {
      switch (report.is) {
        case 'trying':
          update({ nextAttemptAt: null });
          return;
        case 'bound':
          update({ publicUrl: report.publicUrl });
          return;
        case 'online':
          wasOnline = true;
          update({ status: 'online', publicUrl: report.publicUrl, error: null, nextAttemptAt: null });
          verdict.resolve();
          return;
        case 'down':
          log('info', 'the public address does not work', { reason: vault.redactor.text(report.error) });
          fail(report.error, report.nextInMs);
      }
    },
  };

  async function begin(): Promise<void> {
    const { kind, url, domain } = settings.get();
    if (disposed || kind === 'none') return;
    if (link !== null) {
      if (state.status === 'starting' || state.status === 'online') return;
      // Asked for again while it waits or has given up: whoever asks has changed something, or is impatient.
      await unlink();
    }
    wasOnline = false;
    waitsForVault = false;
    verdict = Promise.withResolvers();
    update({ ...offAt(kind), status: 'starting' });
    try {
      link =
        kind === 'url'
          ? createUrlLink({ base: settings.requireUrl(url), test, timing, ...reporter })
          : createNgrokLink({
              startProgram: () => ports.startProgram('tunnelAgent', []),
              start: await agentStart(domain),
              test,
              timing,
              log,
              ...reporter,
            });
    } catch (error) {
      waitsForVault = error instanceof AppError && error.code === 'vault_locked';
      fail(error instanceof Error ? error.message : 'The public address cannot be started.', null);
    }
  }

  async function agentStart(domain: string | null): Promise<AgentStart> {
    const authtoken = await settings.requireAuthtoken();
    const { port } = ingress.status();
    if (port === null)
      throw new Error('The companion does not listen for requests yet, so that there is nothing to publish.');
    linkedPort = port;
    const heartbeatSeconds = Math.max(1, Math.round(timing.heartbeatMs / 1000));
    const way = wayTo('connect.ngrok-agent.com', network(), env);
    return { type: 'start', authtoken, domain, port, version: ports.version, heartbeatSeconds, edge, way };
  }

  async function unlink(): Promise<void> {
    waitsForVault = false;
    const ending = link;
    link = null;
    linkedPort = null;
    await ending?.stop();
  }

  async function end(): Promise<void> {
    await unlink();
    update(offAt(settings.get().kind));
    verdict.resolve();
  }

  const restart = (): Promise<void> =>
    inOrder(async () => {
      await end();
      await begin();
    });

  const forget = [
    ingress.onStatus(({ port }) => {
      if (linkedPort !== null && port !== null && port !== linkedPort) void restart();
    }),
    vault.onStatus(({ locked }) => {
      if (!waitsForVault || locked) return;
      waitsForVault = false;
      void restart();
    }),
  ];

  function base(): string {
    const { kind, url, domain } = settings.get();
    if (kind === 'url' && url !== null) return url;
    if (kind === 'ngrok' && domain !== null) return `https://${domain}`;
    return state.publicUrl ?? localBase();
  }

  function localBase(): string {
    return `http://localhost:${ingress.status().port ?? ports.settings.get('ingressPort')}`;
  }

  async function selfTest(): Promise<SelfTestResult> {
    const { kind } = settings.get();
    const underWay = link?.selfTest() ?? null;
    if (underWay !== null) return await underWay;
    const result: SelfTestResult =
      kind === 'ngrok'
        ? {
            at: now(),
            ok: false,
            durationMs: 0,
            sentence: 'There is no connection to ngrok to test; start it first.',
          }
        : await test(base());
    update({ selfTest: result });
    return result;
  }

  return {
    state: () => state,
    async configure(changes) {
      const changed = await settings.change(changes);
      const { kind } = settings.get();
      if (kind !== state.kind && state.status === 'off') update(offAt(kind));
      else update({ hasAuthtoken: settings.hasAuthtoken() });
      if (changed && state.status !== 'off') await restart();
      return state;
    },
    async start() {
      await inOrder(begin);
      if (state.status === 'starting') await verdict.promise;
      return state;
    },
    async stop() {
      await inOrder(end);
      return state;
    },
    selfTest,
    baseUrl() {
      const present = base();
      return { base: present, public: state.status === 'online' && !isLoopback(present) };
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async dispose() {
      disposed = true;
      for (const end of forget) end();
      await inOrder(end);
      outbound.dispose();
      listeners.clear();
    },
  };
}
