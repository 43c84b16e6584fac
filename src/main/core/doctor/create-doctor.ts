/** Looks at everything an install, a webhook or a call needs, and says of each part whether it will do. */
import type { HealthCheck } from '../../../shared/model/health.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { listenLoopback } from '../ingress/listen-loopback.ts';
import type { Ingress } from '../ingress/types.ts';
import type { Ports } from '../ports.ts';
import { checkNetwork, createOutboundAgents } from '../requests/outbound-agents.ts';
import type { Profiles, SimulatorControl, Tokens, Tunnel } from '../services.ts';
import type { Vault } from '../vault/types.ts';
import { createServer } from 'node:http';
import { checkApp, checkInstallLink, checkTokens, checkWebhooks } from './app-checks.ts';
import { fail, failed, ok, warn, type Finding } from './finding.ts';
import { checkDataFolder, checkDisk, checkRuntime } from './machine-checks.ts';
import { reach, type Reach } from './reach.ts';

export type DoctorDeps = {
  readonly ports: Pick<Ports, 'dataDir' | 'settings' | 'version' | 'now' | 'log'>;
  readonly store: Pick<ExchangeStore, 'count' | 'settled'>;
  readonly vault: Pick<Vault, 'status'>;
  readonly profiles: Pick<Profiles, 'lint' | 'checklist'>;
  readonly tokens: Pick<Tokens, 'list'>;
  readonly tunnel: Pick<Tunnel, 'state' | 'selfTest'>;
  readonly simulator: Pick<SimulatorControl, 'state'>;
  /** Null where this process does not listen. */
  readonly ingress: Pick<Ingress, 'status'> | null;
  readonly env?: NodeJS.ProcessEnv;
};

export type Doctor = {
  /** Every check that applies, in the order in which to mend things. A check that fails by itself says so; never rejects. */
  examine(profile: Profile | null): Promise<HealthCheck[]>;
};

/** A clock this far off makes fresh webhooks look old, and tokens expire at the wrong time. */
const clockBoundMs = 60_000;

type Named = readonly [HealthCheck['id'], Finding];

export function createDoctor(deps: DoctorDeps): Doctor {
  const { ports, store, vault, profiles, tokens, tunnel, simulator, ingress, env = process.env } = deps;
  const outbound = createOutboundAgents({ network: () => ports.settings.get('network'), env });

  async function named(
    id: HealthCheck['id'],
    check: () => Finding | Promise<Finding>,
    remedy = 'See the log for details.',
  ): Promise<Named> {
    try {
      return [id, await check()];
    } catch (error) {
      return [id, failed(error, remedy)];
    }
  }

  async function checkLog(): Promise<Finding> {
    const count = await store.count({});
    await store.settled();
    return ok(`${count.toLocaleString('en')} exchanges are stored and searchable.`);
  }

  async function checkVault(): Promise<Finding> {
    const { label, locked, warning, kind } = await vault.status();
    if (locked)
      return fail(
        `The vault (${label}) is locked.`,
        'Enter its passphrase in Settings, or set HLC_PASSPHRASE.',
      );
    if (warning === null) return ok(`The vault is open: ${label}.`);
    // A key file is a choice; a vault that is as good as open is not.
    return kind === 'plain'
      ? warn(warning, 'Choose a passphrase in Settings > Vault.')
      : ok(`${label}. ${warning}`);
  }

  async function checkIngress(): Promise<Finding> {
    const port = ports.settings.get('ingressPort');
    if (ingress !== null) {
      const { listening, url, error } = ingress.status();
      return listening && url !== null
        ? ok(`The ingress listens at ${url}.`)
        : fail(
            error ?? 'The ingress does not listen.',
            'Close the other program, or choose another port in Settings.',
          );
    }
    const { servers } = await listenLoopback(port, createServer, ports.log);
    for (const server of servers) server.close();
    return ok(`No companion is running; its ingress port ${port} is free.`);
  }

  async function checkAddress(profile: Profile | null): Promise<Finding> {
    const { kind, status, error } = tunnel.state();
    const isSimulated = profile?.environment === 'simulator';
    if (ingress === null) return ok('The public address is tested by a running companion only.');
    if (isSimulated)
      return ok('The simulator reaches the companion on this machine; no public address is needed.');
    if (kind === 'none' || status === 'off')
      return warn(
        'There is no public address: installs work over localhost, webhooks of HighLevel do not arrive.',
        'Settings > Public address.',
      );
    if (status !== 'online')
      return fail(error ?? 'The public address does not work yet.', 'Settings > Public address.');
    const { ok: works, sentence } = await tunnel.selfTest();
    return works ? ok(sentence) : fail(sentence, 'Settings > Public address.');
  }

  function checkSimulator(profile: Profile | null): Finding {
    const { status, url, error } = simulator.state();
    if (status === 'failed') return fail(error ?? 'The simulator failed.', 'Start it again under Simulator.');
    if (status === 'running') return ok(`The simulator runs at ${url ?? 'this machine'}.`);
    return profile?.environment === 'simulator'
      ? warn('The simulator was not started here; another one may be running.', 'Start it under Simulator.')
      : ok('The simulator is off.');
  }

  function checkApi(profile: Profile, reached: Reach): Finding {
    const { host } = new URL(profile.hosts.api);
    if (reached.ok) return ok(`${host} answers, in ${reached.durationMs} ms.`);
    return fail(
      reached.sentence,
      profile.environment === 'simulator'
        ? 'Start the simulator.'
        : 'Check the network; behind a proxy, Settings > Network.',
    );
  }

  function checkClock(reached: Reach): Finding {
    if (!reached.ok || reached.aheadMs === null) return ok('Nothing contradicts the clock of this machine.');
    const off = Math.round(Math.abs(reached.aheadMs) / 1000);
    return Math.abs(reached.aheadMs) <= clockBoundMs
      ? ok('The clock of this machine agrees with the server’s.')
      : warn(
          `The clock of this machine is ${off} s ${reached.aheadMs > 0 ? 'ahead' : 'behind'}: ages of webhooks and ends of tokens are off by as much.`,
          'Let the system set its clock from the network.',
        );
  }

  async function checkProfile(profile: Profile): Promise<Named[]> {
    const reached = await reach(profile.hosts.api, { outbound, now: () => ports.now() });
    return await Promise.all([
      named('app', () => checkApp(profile)),
      named('install-link', () => checkInstallLink(profiles.lint(profile.id))),
      named('tokens', () => checkTokens(tokens.list(profile.id))),
      named('webhooks', async () => checkWebhooks(await profiles.checklist(profile.id))),
      named('api', () => checkApi(profile, reached)),
      // The simulator's clock is moved on purpose.
      ...(profile.environment === 'live' ? [named('clock', () => checkClock(reached))] : []),
    ]);
  }

  return {
    async examine(profile) {
      const general = await Promise.all([
        named('runtime', () => checkRuntime(ports.version)),
        named('data-folder', () => checkDataFolder(ports.dataDir)),
        named('disk', () => checkDisk(ports.dataDir)),
        named('log', checkLog, 'Stop the companion, delete derived.db and start again: it is built anew.'),
        named('vault', checkVault),
        named('ingress', checkIngress),
        named('network', () => {
          const network = ports.settings.get('network');
          checkNetwork(network);
          return ok(network.proxy === null ? 'No proxy is set here.' : `Calls go through ${network.proxy}.`);
        }),
        named('public-address', () => checkAddress(profile)),
        named('simulator', () => checkSimulator(profile)),
      ]);
      const app: Named[] =
        profile === null
          ? [['app', warn('There is no app yet.', 'Add one, or run the first minute in the simulator.')]]
          : await checkProfile(profile);
      return [...general, ...app].map(([id, finding]) => ({ id, ...finding }));
    },
  };
}
