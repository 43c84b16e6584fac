import { exchangeId } from '../../shared/model/ids.ts';
import { createAnswers } from './answers/create-answers.ts';
import { createCatalogue } from './catalogue/create-catalogue.ts';
import { createCatalogues } from './catalogue/create-catalogues.ts';
import { createLibrary } from './catalogue/create-library.ts';
import { createCollections } from './collections/create-collections.ts';
import { savedCalls } from './catalogue/operation-use.ts';
import { createSavedTransfer } from './collections/saved-transfer.ts';
import { runCollection } from './collections/run-collection.ts';
import { createCoreSettings } from './core-settings.ts';
import { createDoctor } from './doctor/create-doctor.ts';
import { createExchangeStore } from './exchanges/create-exchange-store.ts';
import type { DerivationContext, ExchangeStore } from './exchanges/types.ts';
import { createForwarding } from './forwarding/create-forwarding.ts';
import { createIngress } from './ingress/create-ingress.ts';
import { plainFields } from './log-fields.ts';
import { createInstall } from './oauth/create-install.ts';
import type { Timer } from './oauth/auto-refresh.ts';
import { createTokens } from './oauth/create-tokens.ts';
import { createFutureLocations } from './oauth/future-locations.ts';
import { createMintMany, waitOrAbort } from './oauth/mint-many.ts';
import { createUninstall } from './oauth/uninstall.ts';
import { createNotifications } from './notifications/create-notifications.ts';
import type { Log, Ports } from './ports.ts';
import { createCode } from './code/create-code.ts';
import { createChecklist } from './profiles/checklist.ts';
import { createProfiles } from './profiles/create-profiles.ts';
import { createRelations } from './relations/create-relations.ts';
import { createRequests } from './requests/create-requests.ts';
import { createRateMemory } from './requests/rate-memory.ts';
import { createRateMeters } from './requests/rate-meter.ts';
import { createRequestWaits } from './requests/request-waits.ts';
import { createHttpClient } from './requests/http-client.ts';
import { createDataRuns } from './data-runs/create-data-runs.ts';
import { createRuns } from './runs/create-runs.ts';
import type { Core } from './services.ts';
import { shutDown } from './shut-down.ts';
import { createSimulatorControl } from './simulator/create-simulator-control.ts';
import { createStatus } from './status.ts';
import { createTamper } from './tamper/create-tamper.ts';
import { createTriggers } from './triggers/create-triggers.ts';
import { createTransfer } from './transfer/create-transfer.ts';
import { createTunnel } from './tunnel/create-tunnel.ts';
import { createEnvironments } from './variables/create-environments.ts';
import { createVault } from './vault/create-vault.ts';
import type { Vault } from './vault/types.ts';
import { createWebhooks } from './webhooks/create-webhooks.ts';

export type CoreOptions = {
  /**
   * Where the ingress listens. Left out: on the port of the settings, and a busy one is only said in the status. A
   * number: there, for this run, or the creation rejects with `port_busy`. Null: not at all.
   */
  readonly ingressPort?: number | null;
  /** How long HighLevel's token endpoint may take, in ms; default 30 s. */
  readonly tokenTimeoutMs?: number;
};

/** From the request to quit to the end. */
const quitMs = 3000;

/**
 * The product: ports in, services out. Takes the data folder's owner lock first, so that a second owner is refused
 * before anything is touched. Rejects with what `createExchangeStore` rejects with; whatever was made is closed then.
 */
export async function createCore(ports: Ports, options: CoreOptions = {}): Promise<Core> {
  const { dataDir, entries, log } = ports;
  const now = (): number => ports.now();
  const store = await createExchangeStore({ dataDir, entries, log, now });
  let vault: Vault | null = null;
  try {
    vault = await createVault({ box: ports.secretBox, boxes: ports.secretBoxes, dataDir, log, now });
    return await assemble(ports, options, store, vault);
  } catch (error) {
    await vault?.dispose();
    await store.dispose();
    throw error;
  }
}

const runAfter: Timer = (ms, run) => {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

async function assemble(
  hostPorts: Ports,
  { ingressPort, tokenTimeoutMs }: CoreOptions,
  store: ExchangeStore,
  vault: Vault,
): Promise<Core> {
  const { redactor } = vault;
  const log: Log = (level, message, fields = {}) =>
    hostPorts.log(
      level,
      redactor.text(message),
      plainFields(fields, (text) => redactor.text(text)),
    );
  const ports: Ports = { ...hostPorts, log };
  const { settings } = ports;
  const now = (): number => ports.now();

  const http = createHttpClient({ store, redactor, log, now, network: () => settings.get('network') });
  const ingress = createIngress({
    store,
    redactor,
    log,
    now,
    onCallback: (callback) => install.handleCallback(callback),
    onWebhook: (webhook) => forwarding.take(webhook),
  });
  const tunnel = createTunnel({ ports, vault, ingress });
  const checklist = createChecklist({
    store,
    tokens: (profileId) => tokens.list(profileId),
    tunnel: () => tunnel.state(),
    ingress: () => ingress.status(),
    log,
  });
  const library = await createLibrary(ports.dataDir, log);
  const profiles = createProfiles({
    operations: () => library.ownOperations(),
    ports,
    vault,
    baseUrl: () => tunnel.baseUrl(),
    localBase: () => `http://localhost:${ingress.status().port ?? settings.get('ingressPort')}`,
    onRemoved: async (id, why) => {
      const tokensBack = await tokens.forgetProfile(id);
      if (why === 'another app') return tokensBack;
      const environmentsBack = await environments.forgetProfile(id);
      return async () => {
        await tokensBack();
        await environmentsBack();
      };
    },
    tokens: (id) => tokens.list(id),
    variables: (id) => {
      const { shared, environments: named } = environments.get(id);
      return [shared, ...named.map((one) => one.variables)].flat().length;
    },
    store,
    checklist,
  });
  const environments = await createEnvironments({ dataDir: ports.dataDir, vault, log, now });
  const tokens = await createTokens({
    vault,
    http,
    profiles,
    log,
    now,
    autoRefresh: () => settings.get('autoRefresh'),
    // A command that has opened the data folder for a moment refreshes what it uses and nothing else.
    ...(ports.host !== 'cli' && { timer: runAfter }),
    ...(tokenTimeoutMs !== undefined && { timeoutMs: tokenTimeoutMs }),
  });
  const install = createInstall({
    profiles,
    tokens,
    prepare: (id) => profiles.registerWithSimulator(id),
    openExternal: (url) => ports.openExternal(url),
    log,
    now,
  });
  const futureLocations = createFutureLocations({ store, tokens, profiles, settings, log });
  const simulator = createSimulatorControl({ ports, profiles, ingress });
  const status = createStatus({ ports, store, vault, profiles, tokens, ingress, tunnel, simulator });

  const doctor = createDoctor({
    ports,
    store,
    vault,
    profiles,
    tokens,
    tunnel,
    simulator,
    ingress: ingressPort === null ? null : ingress,
  });

  const forwarding = createForwarding({
    store,
    vault,
    settings,
    redactor,
    log,
    now,
    ownPort: () => ingress.status().port,
    derivationContext: () => derivationContext(),
    onKey: () => store.setDerivationContext(derivationContext()),
  });
  const derivationContext = (): DerivationContext => {
    const context = profiles.derivationContext();
    return { ...context, keys: [...context.keys, ...forwarding.verificationKeys()] };
  };

  const answers = createAnswers({ settings, ingress, profiles: () => derivationContext().profiles });
  const triggers = createTriggers({ store, profiles, tokens, forwarding, ingress, now });

  const notifications = createNotifications({
    ports,
    store,
    tokens,
    profiles: () => profiles.list(),
    ...(ports.host !== 'cli' && { timer: runAfter }),
  });

  const rateMemory = await createRateMemory({ dataDir: ports.dataDir, log, now });
  const rateMeters = createRateMeters({ now, wait: waitOrAbort, known: rateMemory.known });
  rateMemory.follow(rateMeters);
  const requestWaits = createRequestWaits();
  const catalogue = createCatalogue(library);
  const { operationOf } = catalogue;
  const requests = createRequests({
    http,
    operationOf,
    tokens,
    profiles,
    meters: rateMeters,
    waits: requestWaits,
    redactor,
    environments,
    now,
    wait: waitOrAbort,
  });
  const dataRuns = await createDataRuns({ dataDir: ports.dataDir, requests, redactor, log, now });
  const runs = await createRuns({ dataDir: ports.dataDir, requests, operationOf, store, redactor, log, now });

  const collections = createCollections({ dataDir: ports.dataDir, settings, redactor, log, now });

  const followProfiles = (): void => {
    ingress.setRoutes(profiles.ingressRoutes());
    store.setDerivationContext(derivationContext());
  };
  profiles.onChange(followProfiles);
  followProfiles();

  let disposing: Promise<void> | null = null;
  const dispose = (): Promise<void> => {
    disposing ??= shutDown(
      [
        [
          { name: 'ingress', run: () => ingress.dispose() },
          { name: 'tunnel', run: () => tunnel.dispose() },
          { name: 'runs', run: () => runs.dispose() },
          { name: 'data runs', run: () => dataRuns.dispose() },
          { name: 'collections', run: () => collections.dispose() },
          { name: 'simulator', run: () => simulator.dispose() },
        ],
        [
          { name: 'future locations', run: () => futureLocations.dispose() },
          { name: 'notifications', run: () => notifications.dispose() },
          { name: 'tokens', run: () => tokens.dispose() },
          { name: 'http', run: () => http.dispose() },
          { name: 'rate limits', run: () => rateMemory.dispose() },
          { name: 'forwarding', run: () => forwarding.dispose() },
        ],
        [
          { name: 'vault', run: () => vault.dispose() },
          { name: 'exchanges', run: () => store.dispose() },
        ],
      ],
      quitMs,
      log,
    ).finally(status.dispose);
    return disposing;
  };

  try {
    if (ingressPort !== null) {
      await ingress.listen(ingressPort ?? settings.get('ingressPort')).catch((error: unknown) => {
        if (ingressPort !== undefined) throw error;
        log('warn', ingress.status().error ?? 'The ingress does not listen.', { cause: error });
      });
      if (settings.get('tunnel').kind !== 'none') void tunnel.start();
    }
  } catch (error) {
    await dispose();
    throw error;
  }

  return {
    profiles,
    install,
    tokens,
    mintMany: createMintMany({
      tokens,
      statusOf: async (id) => (await store.get(exchangeId.parse(id))).status,
      now,
      wait: waitOrAbort,
    }),
    uninstall: createUninstall({ tokens, http, profiles }),
    futureLocations,
    exchanges: store,
    webhooks: createWebhooks({ store, profiles, tokens, vault, ingress, log }),
    relations: createRelations({ store }),
    forwarding,
    triggers,
    tamper: createTamper({ store, forwarding, triggers, settings, redactor, now }),
    transfer: createTransfer({
      store,
      redactor,
      version: ports.version,
      now,
      derivationContext,
      sign: (headers, body) => forwarding.signed(headers, body),
    }),
    ingress,
    answers,
    notifications,
    catalogue,
    catalogues: createCatalogues({
      library,
      http,
      redactor,
      store,
      saved: () => savedCalls(collections),
      reader: ports.entries.documentReader,
      now,
    }),
    requests,
    environments,
    collections,
    code: createCode({ tokens, profiles, environments, operationOf, redactor, now }),
    savedTransfer: createSavedTransfer({ collections, redactor, library, version: ports.version, now }),
    runCollection: (start, signal) => runCollection({ collections, requests, now }, start, signal),
    runs,
    dataRuns,
    rateMeters,
    requestWaits,
    tunnel,
    simulator,
    vault,
    settings: createCoreSettings({
      store: settings,
      profiles,
      tunnel,
      ingress: ingressPort === null ? null : ingress,
      changed: () => {
        tokens.reschedule();
        status.changed();
      },
    }),
    status: status.read,
    doctor: (id) => {
      const chosen = id ?? settings.get('activeProfile');
      return doctor.examine(chosen === null ? null : profiles.get(chosen));
    },
    onStatus: status.listen,
    openExternal: (url) => ports.openExternal(url),
    log,
    dispose,
  };
}
