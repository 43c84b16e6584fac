import { z } from 'zod';
import { validate } from '../api/validation.ts';
import { formatFault, parseFault } from '../http/faults.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { emptyReply, jsonReply } from '../http/messages.ts';
import { parseBody } from '../http/parse-body.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import { simulatorState } from './info.ts';
import type { ControlRoutes } from './routes.ts';

/** A page's form sends the faults as lines of one field. */
const faultsBody = z.strictObject({
  faults: z.preprocess(
    (value) =>
      typeof value === 'string' ? value.split(/\r?\n/).filter((line) => line.trim() !== '') : value,
    z.array(z.string()),
  ),
});
const clockBody = z.strictObject({ advanceMs: z.coerce.number().min(0) });

const SIZES = { small: undefined, large: 100_000 } as const;

const seedBody = z.strictObject({
  size: z.enum(['small', 'large']).default('small'),
  /** In all sub-accounts together, in the place of the size's own number. */
  contacts: z.coerce.number().int().min(1).max(1_000_000).optional(),
  seed: z.coerce.number().int().min(0).optional(),
});

/** Time, data and faults of this HighLevel. */
export function stateRoutes(world: World): ControlRoutes {
  const faults = (): Reply => jsonReply(200, { faults: world.faults.list().map(formatFault) });

  function changeFaults(request: Incoming): Reply {
    const { faults: specs } = validate(faultsBody, parseBody(request));
    try {
      world.faults.set(specs.map((spec) => parseFault(spec.trim())));
    } catch (error) {
      throw refuse(422, error instanceof Error ? error.message : 'A fault cannot be used.');
    }
    return faults();
  }

  return {
    'GET state': () => jsonReply(200, simulatorState(world)),
    'GET faults': faults,
    'PUT faults': changeFaults,
    'POST faults': changeFaults,
    'POST clock': (request) => {
      world.clock.advance(validate(clockBody, parseBody(request)).advanceMs);
      return jsonReply(200, { now: new Date(world.clock.now()).toISOString() });
    },
    'POST seed': (request) => {
      const { size, contacts, seed } = validate(seedBody, parseBody(request));
      world.refill({ contacts: contacts ?? SIZES[size], seed });
      return jsonReply(200, simulatorState(world));
    },
    'POST reset': () => {
      world.reset();
      return emptyReply(204);
    },
  };
}
