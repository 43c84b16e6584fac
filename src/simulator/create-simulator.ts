import { createDispatch } from './api/dispatch.ts';
import { createControl } from './control/control.ts';
import type { SimulatorInfo } from './control/info.ts';
import { simulatorInfo } from './control/info.ts';
import type { Fault } from './http/faults.ts';
import { listen } from './http/listener.ts';
import type { Incoming, Reply } from './http/messages.ts';
import { createConsent } from './oauth/consent.ts';
import { identityOf, restoreWorld, saveWorld } from './saving/saved-world.ts';
import type { StateFile } from './saving/state-file.ts';
import { createStateFile, readStateFile } from './saving/state-file.ts';
import { dropLockedEvents } from './webhooks/subscriptions.ts';
import type { Delivery } from './webhooks/webhooks.ts';
import { answerFiring, isTriggerPath } from './workflows/triggers.ts';
import type { WorldOptions } from './world/create-world.ts';
import { createWorld, NO_SEED } from './world/create-world.ts';
import type { World } from './world/world.ts';

export type { Fault } from './http/faults.ts';
export { formatFault, parseFault } from './http/faults.ts';
export type { SimulatorInfo } from './control/info.ts';
export type { Switches } from './world/switches.ts';
export type { Delivery, DeliveryAttempt } from './webhooks/webhooks.ts';
export type { RetryClock } from './world/clock.ts';

export interface SimulatorOptions extends Omit<WorldOptions, 'seed'> {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /**
   * Makes everything the same each time: app, keys, accounts, ids, codes. Without a seed the app, its keys and its
   * accounts are still the same on every start, while codes, contact ids and webhook ids are new.
   */
  readonly seed?: number;
  /** A file that is read at the start, if it is there, and follows the state from then on. */
  readonly stateFile?: string;
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
 * Starts a HighLevel of its own on this computer. State is kept in memory, and in a file where one is named.
 * @throws Error with one sentence when the address or the state cannot be had
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', log = () => {} } = options;
  const { world, stateFile } = await openWorld(options, log);
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
  const serve = async (request: Incoming): Promise<Reply> => {
    if (control.owns(request.path)) return control.answer(request);
    if (consent.owns(request.path)) return consent.answer(request);
    if (isTriggerPath(request.path)) return answerFiring(request, world);
    return dispatch(request);
  };
  answer = async (request) => {
    const reply = await serve(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') stateFile?.touch();
    return reply;
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
      await stateFile?.close();
      await webhooks.dispose();
      clock.dispose();
    },
  };
}

/** The world at the start: as the state file has it, or new. */
async function openWorld(
  options: SimulatorOptions,
  log: (line: string) => void,
): Promise<{ world: World & { url: string }; stateFile: StateFile | undefined }> {
  const { stateFile: path } = options;
  if (path === undefined) return { world: createWorld(options, log), stateFile: undefined };
  const saved = await readStateFile(path);
  // Without a seed of its own, a simulator takes that of the file.
  const identity = saved === undefined || options.seed !== undefined ? options.seed : identityOf(saved);
  const { seed: _seed, ...rest } = options;
  const isNew = identity === undefined || identity === NO_SEED;
  const world = createWorld({ ...rest, ...(!isNew && { seed: identity }) }, log);
  if (saved !== undefined) {
    restoreWorld(world, saved);
    // What this start asks for counts more than what the last one had.
    if (options.redirectUrls !== undefined) world.app.redirectUrls = options.redirectUrls;
    if (options.webhookUrl) world.app.webhookUrl = options.webhookUrl;
    Object.assign(world.switches, options.switches);
    if (options.faults !== undefined && options.faults.length > 0) world.faults.set(options.faults);
  }
  return { world, stateFile: createStateFile(path, () => saveWorld(world), log) };
}
