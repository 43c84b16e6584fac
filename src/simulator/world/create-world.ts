import { randomBytes } from 'node:crypto';
import type { RateLimitSettings } from '../api/rate-limits.ts';
import { createRateLimits, DEFAULT_RATE_LIMITS } from '../api/rate-limits.ts';
import { createRecords } from '../collections/records.ts';
import { createContactBook } from '../contacts/contact-book.ts';
import { addFirstData } from '../first-data/add-first-data.ts';
import { createCollections } from '../generic/collections.ts';
import type { Fault } from '../http/faults.ts';
import { createFaults } from '../http/faults.ts';
import { createGrants } from '../oauth/grants.ts';
import { createInstallations } from '../oauth/installations.ts';
import { createSnapshots } from '../saving/snapshots.ts';
import { createBreaker } from '../webhooks/breaker.ts';
import { signingKeysFor } from '../webhooks/signing-keys.ts';
import { createWebhooks } from '../webhooks/webhooks.ts';
import { createTriggers } from '../workflows/triggers.ts';
import { createApp, DEFAULT_REDIRECT_URLS } from './app.ts';
import type { RetryClock } from './clock.ts';
import { createClock } from './clock.ts';
import { createDirectory } from './directory.ts';
import { createRandom } from './random.ts';
import type { Switches } from './switches.ts';
import { DEFAULT_SWITCHES } from './switches.ts';
import type { World } from './world.ts';

export interface WorldOptions {
  /** The app's registered redirect URLs; default the companion's own. */
  readonly redirectUrls?: readonly string[];
  /** The app's webhook URL; without one nothing is sent. */
  readonly webhookUrl?: string | null;
  /**
   * Makes everything the same each time: app, keys, accounts, ids, codes. Without a seed the app, its keys and its
   * accounts are still the same on every start, while codes, contact ids and webhook ids are new.
   */
  readonly seed?: number | string;
  readonly faults?: readonly Fault[];
  /** What HighLevel's sources leave open; those left out are as `DEFAULT_SWITCHES` has them. */
  readonly switches?: Partial<Switches>;
  /** Runs the retries of webhooks; default the simulator's own clock. */
  readonly retryClock?: RetryClock;
  readonly rateLimits?: RateLimitSettings;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

/** What app, keys and accounts grow from where there is no seed. */
export const NO_SEED = 'identity';

/** A world as it is at the start. Its address is filled in once it has one. */
export function createWorld(options: WorldOptions, log: (line: string) => void): World & { url: string } {
  const identity = options.seed ?? NO_SEED;
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
  const triggers = createTriggers();
  const fill = (dataSeed: string | number, total?: number): void => {
    const perLocation = total === undefined ? undefined : Math.ceil(total / directory.locations.length);
    addFirstData(records, contacts, directory, createRandom(dataSeed, 'data'), clock.now(), perLocation);
  };
  fill(seed);
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
    triggers,
    snapshots: createSnapshots(),
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
      triggers.clear();
      fill(seed);
    },
    refill({ contacts: total, seed: next }) {
      if (next !== undefined) random.restart(next);
      records.clear();
      collections.clear();
      fill(next ?? seed, total);
    },
  };
}
