import { z } from 'zod';
import { formatFault, parseFault } from '../http/faults.ts';
import type { World } from '../world/world.ts';

const FORMAT = 1;

/** What a saved state must show before anything of it is used. */
const head = z.looseObject({ format: z.literal(FORMAT), identity: z.union([z.string(), z.number()]) });

/** Everything a simulator knows at one moment, as plain data. It holds made-up secrets and tokens. */
export type SavedWorld = ReturnType<typeof saveWorld>;

export function saveWorld(world: World) {
  const { name: _name, appId: _appId, clientId: _clientId, clientSecret: _secret, ...settings } = world.app;
  return {
    format: FORMAT,
    identity: world.seed,
    now: new Date(world.clock.now()).toISOString(),
    aheadMs: world.clock.ahead(),
    random: world.random.position(),
    app: settings,
    switches: { ...world.switches },
    faults: world.faults.list().map(formatFault),
    directory: world.directory.export(),
    grants: world.grants.export(),
    installations: world.installations.export(),
    records: world.records.export(),
    collections: world.collections.export(),
    triggers: world.triggers.export(),
    breaker: world.breaker.state(),
    deliveries: world.webhooks.export(),
  };
}

/** The seed that the app and its keys of a saved state come from. @throws Error with one sentence */
export function identityOf(saved: unknown): string | number {
  const result = head.safeParse(saved);
  if (result.success) return result.data.identity;
  throw new Error('This is no state that a simulator of this version has saved.');
}

/**
 * Puts a saved state in the place of the present one; where it cannot be read, the present one stays.
 * @throws Error with one sentence
 */
export function restoreWorld(world: World, saved: unknown): void {
  if (identityOf(saved) !== world.seed) {
    throw new Error('This state is of a simulator with another seed, which has another app and other keys.');
  }
  const present = saveWorld(world);
  try {
    put(world, saved as SavedWorld);
  } catch {
    put(world, present);
    throw new Error('This state is damaged; nothing has changed.');
  }
}

function put(world: World, saved: SavedWorld): void {
  const faults = saved.faults.map(parseFault);
  world.webhooks.clear();
  world.rateLimits.clear();
  world.clock.setAhead(saved.aheadMs);
  world.random.moveTo(saved.random);
  Object.assign(world.app, saved.app);
  Object.assign(world.switches, saved.switches);
  world.faults.set(faults);
  world.directory.import(saved.directory);
  world.grants.import(saved.grants);
  world.installations.import(saved.installations);
  world.records.import(saved.records);
  world.collections.import(saved.collections);
  world.triggers.import(saved.triggers);
  world.breaker.import(saved.breaker);
  world.webhooks.import(saved.deliveries);
}
