import { randomBytes } from 'node:crypto';
import { createDispatch } from './api/dispatch.ts';
import type { RateLimitSettings } from './api/rate-limits.ts';
import { createRateLimits, DEFAULT_RATE_LIMITS } from './api/rate-limits.ts';
import { createRecords } from './collections/records.ts';
import { createContactBook } from './contacts/contact-book.ts';
import { createControl } from './control/control.ts';
import type { SimulatorInfo } from './control/info.ts';
import { simulatorInfo } from './control/info.ts';
import { createCollections } from './generic/collections.ts';
import { addFirstData } from './first-data/add-first-data.ts';
import type { Fault } from './http/faults.ts';
import { createFaults } from './http/faults.ts';
import { listen } from './http/listener.ts';
import type { Incoming, Reply } from './http/messages.ts';
import { createConsent } from './oauth/consent.ts';
import { createGrants } from './oauth/grants.ts';
import { createInstallations } from './oauth/installations.ts';
import { createBreaker } from './webhooks/breaker.ts';
import { dropLockedEvents } from './webhooks/subscriptions.ts';
import { signingKeysFor } from './webhooks/signing-keys.ts';
import type { Delivery } from './webhooks/webhooks.ts';
import { createWebhooks } from './webhooks/webhooks.ts';
import { createApp, DEFAULT_REDIRECT_URLS } from './world/app.ts';
import type { RetryClock } from './world/clock.ts';
import { createClock } from './world/clock.ts';
import { createDirectory } from './world/directory.ts';
import { createRandom } from './world/random.ts';
import type { Switches } from './world/switches.ts';
import { DEFAULT_SWITCHES } from './world/switches.ts';
import type { World } from './world/world.ts';

export type { Fault } from './http/faults.ts';
export { formatFault, parseFault } from './http/faults.ts';
export type { SimulatorInfo } from './control/info.ts';
export type { Switches } from './world/switches.ts';
export type { Delivery, DeliveryAttempt } from './webhooks/webhooks.ts';
export type { RetryClock } from './world/clock.ts';

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The app's registered redirect URLs; default the companion's own. */
  readonly redirectUrls?: readonly string[];
  /** The app's webhook URL; without one nothing is sent. */
  readonly webhookUrl?: string | null;
  /**
   * Makes everything the same each time: app, keys, accounts, ids, codes. Without a seed the app, its keys and its
   * accounts are still the same on every start, while codes, contact ids and webhook ids are new.
   */
  readonly seed?: number;
  readonly faults?: readonly Fault[];
  /** What HighLevel's sources leave open; those left out are as `DEFAULT_SWITCHES` has them. */
  readonly switches?: Partial<Switches>;
  /** Runs the retries of webhooks; default the simulator's own clock. */
  readonly retryClock?: RetryClock;
  readonly rateLimits?: RateLimitSettings;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
  readonly log?: (line: string) => void;
}

export interface Simulator {
  /** Origin, such as `http://127.0.0.1:4402`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appId: string;
  readonly versionId: string;
  /** PEM. */
  readonly ed25519PublicKey: string;
  /** PEM; also verifies the tokens. */
  readonly rsaPublicKey: string;
  info(): SimulatorInfo;
  setRedirectUrls(urls: readonly string[]): void;
  setWebhookUrl(url: string | null): void;
  setScopes(scopes: readonly string[]): void;
  setFaults(faults: readonly Fault[]): void;
  /** Newest first. */
  deliveries(): readonly Delivery[];
  resend(webhookId: string): Promise<Delivery | undefined>;
  /** Moves the simulator's time forward: tokens age, and retries on its own clock come due. */
  advanceClock(ms: number): void;
  /** Resolves once no delivery attempt is under way; retries that wait for their time do not count. */
  idle(): Promise<void>;
  /** No installs, no tokens, the first contacts; the app keeps its settings. */
  reset(): void;
  dispose(): Promise<void>;
}

/**
 * Starts a HighLevel of its own on this computer. State is kept in memory.
 * @throws Error with one sentence when the address cannot be had
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', log = () => {} } = options;
  const world = createWorld(options, log);
  let answer = (_request: Incoming): Promise<Reply> =>
    Promise.reject(new Error('The simulator is starting.'));
  const listener = await listen({
    host,
    port: options.port ?? 0,
    faults: world.faults,
    answer: (request) => answer(request),
    log,
  });
  world.url = `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
  const control = createControl(world);
  const consent = createConsent(world);
  const dispatch = createDispatch(world);
  answer = async (request) => {
    if (control.owns(request.path)) return control.answer(request);
    if (consent.owns(request.path)) return consent.answer(request);
    return dispatch(request);
  };
  const { app, keys, webhooks, clock } = world;

  return {
    url: world.url,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    appId: app.appId,
    versionId: app.versionId,
    ed25519PublicKey: keys.ed25519PublicKey,
    rsaPublicKey: keys.rsaPublicKey,
    info: () => simulatorInfo(world),
    setRedirectUrls: (urls) => void (app.redirectUrls = [...urls]),
    setWebhookUrl: (url) => void (app.webhookUrl = url),
    setScopes(scopes) {
      app.scopes = [...scopes];
      dropLockedEvents(app, world.switches);
    },
    setFaults: (faults) => world.faults.set(faults),
    deliveries: () => webhooks.deliveries(),
    resend: (webhookId) => webhooks.resend(webhookId),
    advanceClock: (ms) => clock.advance(ms),
    idle: () => webhooks.idle(),
    reset: () => world.reset(),
    async dispose() {
      await listener.dispose();
      await webhooks.dispose();
      clock.dispose();
    },
  };
}

function createWorld(options: SimulatorOptions, log: (line: string) => void): World & { url: string } {
  const identity = options.seed ?? 'identity';
  const seed = options.seed ?? randomBytes(16).toString('hex');
  const random = createRandom(seed, 'events');
  const clock = createClock(options.now ?? Date.now);
  const switches = { ...DEFAULT_SWITCHES, ...options.switches };
  const keys = signingKeysFor(identity);
  const app = createApp(createRandom(identity, 'app'), {
    redirectUrls: options.redirectUrls ?? DEFAULT_REDIRECT_URLS,
    webhookUrl: options.webhookUrl ?? null,
  });
  const directory = createDirectory(createRandom(identity, 'accounts'));
  const grants = createGrants({ app, keys, clock, random, switches });
  const installations = createInstallations(clock);
  const records = createRecords();
  const contacts = createContactBook(records, clock, random);
  const collections = createCollections(identity, clock, () => random.id());
  const rateLimits = createRateLimits(clock, options.rateLimits ?? DEFAULT_RATE_LIMITS);
  const faults = createFaults(options.faults ?? [], random);
  const breaker = createBreaker(clock, () => switches.breakerThreshold);
  const webhooks = createWebhooks({
    app,
    keys,
    random,
    clock,
    retryClock: options.retryClock ?? clock,
    switches,
    breaker,
    log,
  });
  const fill = (): void =>
    addFirstData(records, contacts, directory, createRandom(seed, 'data'), clock.now());
  fill();
  return {
    url: '',
    app,
    directory,
    clock,
    random,
    seed: identity,
    keys,
    faults,
    grants,
    installations,
    records,
    contacts,
    collections,
    rateLimits,
    webhooks,
    switches,
    breaker,
    reset() {
      grants.clear();
      installations.clear();
      rateLimits.clear();
      webhooks.clear();
      breaker.clear();
      faults.set([]);
      directory.reset();
      records.clear();
      collections.clear();
      fill();
    },
  };
}
