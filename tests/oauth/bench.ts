/** The core's install, tokens and requests over a real store, a real vault and the real simulator. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExchangeStore } from '../../src/main/core/exchanges/create-exchange-store.ts';
import type { ExchangeStore } from '../../src/main/core/exchanges/types.ts';
import { createIngress } from '../../src/main/core/ingress/create-ingress.ts';
import type { CallbackPage } from '../../src/main/core/ingress/types.ts';
import { createInstall, type InstallService } from '../../src/main/core/oauth/create-install.ts';
import { createTokens, type TokensDeps, type TokenService } from '../../src/main/core/oauth/create-tokens.ts';
import { createProfiles, type ProfileService } from '../../src/main/core/profiles/create-profiles.ts';
import { createRequests } from '../../src/main/core/requests/create-requests.ts';
import { createRateMeters } from '../../src/main/core/requests/rate-meter.ts';
import { createRequestWaits } from '../../src/main/core/requests/request-waits.ts';
import { waitOrAbort } from '../../src/main/core/oauth/mint-many.ts';
import { createHttpClient, type HttpClient } from '../../src/main/core/requests/http-client.ts';
import type { SecretBox, SettingsStore } from '../../src/main/core/ports.ts';
import type { Requests } from '../../src/main/core/services.ts';
import { createEnvironments } from '../../src/main/core/variables/create-environments.ts';
import type { Environments } from '../../src/main/core/variables/types.ts';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import type { Vault } from '../../src/main/core/vault/types.ts';
import { createKeyFileBox } from '../../src/main/hosts/node/key-file-box.ts';
import { createConfSettings } from '../../src/main/hosts/node/settings-store.ts';
import { AppError } from '../../src/shared/model/app-error.ts';
import type { ExchangeSummary, Purpose } from '../../src/shared/model/exchange.ts';
import { exchangeId, type ExchangeId, type ProfileId } from '../../src/shared/model/ids.ts';
import type { Profile } from '../../src/shared/model/profile.ts';
import {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/create-simulator.ts';

const core = new URL('../../src/main/core/', import.meta.url);
const entries = {
  captureWorker: new URL('exchanges/capture-worker.ts', core),
  deriveWorker: new URL('exchanges/derive-worker.ts', core),
};

export type Bench = {
  readonly dataDir: string;
  readonly store: ExchangeStore;
  readonly vault: Vault;
  readonly settings: SettingsStore;
  readonly profiles: ProfileService;
  readonly profile: Profile;
  readonly http: HttpClient;
  readonly tokens: TokenService;
  readonly install: InstallService;
  readonly requests: Requests;
  readonly environments: Environments;
  readonly simulator: Simulator;
  /** What was logged, as JSON lines. */
  readonly logs: string[];
  /** Addresses the browser was asked to open. */
  readonly opened: string[];
  /** While `fails` the secret box seals nothing, as on a full disk; it begins to fail `after` so many have been sealed. */
  readonly sealing: { fails: boolean; after?: number };
  /** Moves the companion's clock and the simulator's. */
  advance(ms: number): void;
  /** What a person does on the consent page; gives back the query of the callback. */
  consent(installUrl: string, target: Target): Promise<URLSearchParams>;
  /** The same, with the browser following the redirect to the companion's own page. */
  browse(installUrl: string, target: Target): Promise<{ status: number; text: string; code: string }>;
  /** Hands a callback to the install, as the ingress would. */
  callback(query: URLSearchParams, profileId?: ProfileId | null): Promise<CallbackPage>;
  /** Begins an install, consents and handles the callback. */
  allow(target: Target): Promise<CallbackPage>;
  /** The exchanges of a purpose, oldest first. */
  exchanges(purpose: Purpose): Promise<ExchangeSummary[]>;
  text(id: ExchangeId, part: 'request' | 'response'): Promise<string>;
  /** A new set of tokens over the same vault, as after a restart. */
  reopenTokens(options?: Pick<TokensDeps, 'autoRefresh' | 'timer'>): Promise<TokenService>;
  dispose(): Promise<void>;
};

export type Target = { readonly location: string } | { readonly agency: readonly string[] };

export async function createBench(options: SimulatorOptions = {}): Promise<Bench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hlc-oauth-'));
  const logs: string[] = [];
  const opened: string[] = [];
  const log = (level: string, message: string, fields?: object): void => {
    logs.push(JSON.stringify({ level, message, ...fields }));
  };
  let skew = 0;
  const now = (): number => Date.now() + skew;
  const store = await createExchangeStore({ dataDir, entries, log, now });
  const keyFile = createKeyFileBox({ dataDir });
  const sealing: Bench['sealing'] = { fails: false };
  const box: SecretBox = {
    ...keyFile,
    async seal(plain) {
      if (sealing.after !== undefined && sealing.after-- <= 0) sealing.fails = true;
      if (sealing.fails) throw new AppError('disk_full', 'The disk is full.');
      return keyFile.seal(plain);
    },
  };
  const vault = await createVault({ box, dataDir, log });
  const settings = createConfSettings({ dataDir });
  const ingress = createIngress({
    store,
    redactor: vault.redactor,
    log,
    now,
    onCallback: (callback) => install.handleCallback(callback),
  });
  const base = (await ingress.listen(0)).url ?? '';
  const profiles = createProfiles({
    ports: { settings, log, now },
    vault,
    baseUrl: () => ({ base, public: false }),
    localBase: () => base,
  });
  const simulator = await createSimulator(options);
  const profile = await profiles.addSimulator(simulator.url);
  ingress.setRoutes(profiles.ingressRoutes());
  const http = createHttpClient({ store, redactor: vault.redactor, log, now });
  const openTokens: Bench['reopenTokens'] = (more = {}) =>
    createTokens({ vault, http, profiles, log, now, ...more });
  const tokens = await openTokens();
  const openExternal = async (url: string): Promise<void> => void opened.push(url);
  const install = createInstall({ profiles, tokens, openExternal, log, now });
  const environments = await createEnvironments({ dataDir, vault, log, now });
  const requests = createRequests({
    http,
    tokens,
    profiles,
    meters: createRateMeters({ now, wait: waitOrAbort }),
    waits: createRequestWaits(),
    redactor: vault.redactor,
    environments,
    now,
    wait: waitOrAbort,
  });
  let callbacks = 0;
  const redirected = async (installUrl: string, target: Target): Promise<URL> => {
    const form = new URLSearchParams(new URL(installUrl).searchParams);
    if ('location' in target) form.set('target', `location:${target.location}`);
    else {
      const { company } = await simulated(simulator);
      form.set('target', `company:${company.id}`);
      for (const id of target.agency) form.append('approved', id);
    }
    const url = new URL(installUrl);
    const answer = await fetch(url.origin + url.pathname, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`The consent page answered ${answer.status}.`);
    return new URL(location);
  };

  const bench: Bench = {
    dataDir,
    store,
    vault,
    settings,
    profiles,
    profile,
    http,
    tokens,
    install,
    requests,
    environments,
    simulator,
    logs,
    opened,
    sealing,
    advance(ms) {
      skew += ms;
      simulator.advanceClock(ms);
    },
    consent: async (installUrl, target) => (await redirected(installUrl, target)).searchParams,
    async browse(installUrl, target) {
      const url = await redirected(installUrl, target);
      const answer = await fetch(url);
      return { status: answer.status, text: await answer.text(), code: url.searchParams.get('code') ?? '' };
    },
    callback(query, profileId = null) {
      callbacks += 1;
      const id = exchangeId.parse(`01900000-0000-7000-8000-${String(callbacks).padStart(12, '0')}`);
      return install.handleCallback({ exchangeId: id, profileId, query, address: null, receivedAt: now() });
    },
    async allow(target) {
      const { installUrl } = await install.begin(profile.id, { openBrowser: false });
      return bench.callback(await bench.consent(installUrl, target));
    },
    async exchanges(purpose) {
      await store.settled();
      return (await store.page({ purposes: [purpose], after: 0, limit: 1000 })).items;
    },
    async text(id, part) {
      const { bytes } = await store.body(id, part, 0, 1_000_000);
      return Buffer.from(bytes).toString('utf8');
    },
    reopenTokens: openTokens,
    async dispose() {
      await tokens.dispose();
      await http.dispose();
      await simulator.dispose();
      await ingress.dispose();
      await store.dispose();
      await vault.dispose();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return bench;
}

type SimulatedWorld = {
  readonly company: { readonly id: string };
  readonly locations: readonly { readonly id: string; readonly name: string }[];
};

/** The simulator's own account of its agency and sub-accounts. */
export async function simulated(simulator: Simulator): Promise<SimulatedWorld> {
  const answer = await fetch(`${simulator.url}/_simulator/state`);
  return (await answer.json()) as SimulatedWorld;
}

/** Every file below a folder with its bytes. */
export async function filesBelow(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path, await readFile(path));
  }
  return files;
}
