import { z } from 'zod';
import { validate } from '../api/validation.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { emptyReply, jsonReply } from '../http/messages.ts';
import { parseBody } from '../http/parse-body.ts';
import { refuse } from '../http/refusal.ts';
import { restoreWorld, saveWorld } from '../saving/saved-world.ts';
import type { Snapshot } from '../saving/snapshots.ts';
import { MOST_SNAPSHOTS } from '../saving/snapshots.ts';
import type { World } from '../world/world.ts';
import type { ControlRoutes } from './routes.ts';

const nameBody = z.strictObject({ name: z.string().trim().min(1).max(60) });

/** States kept under a name while the simulator runs, and the present one as a document. */
export function snapshotRoutes(world: World): ControlRoutes {
  const { snapshots } = world;
  const list = (): object => ({
    snapshots: snapshots.list().map(({ name, at, text }) => ({ name, at, bytes: Buffer.byteLength(text) })),
  });

  function keep(request: Incoming): Reply {
    const { name } = validate(nameBody, parseBody(request));
    const at = new Date(world.clock.now()).toISOString();
    if (!snapshots.keep({ name, at, text: JSON.stringify(saveWorld(world)) })) {
      throw refuse(409, `There are ${MOST_SNAPSHOTS} snapshots already; delete one first.`);
    }
    return jsonReply(201, list());
  }

  function find(name: string): Snapshot {
    const found = snapshots.get(name);
    if (found === undefined) throw refuse(404, `There is no snapshot ${name}.`);
    return found;
  }

  function restore(saved: unknown): Reply {
    try {
      restoreWorld(world, saved);
    } catch (error) {
      throw refuse(422, error instanceof Error ? error.message : 'This state cannot be restored.');
    }
    return jsonReply(200, { now: new Date(world.clock.now()).toISOString() });
  }

  return {
    'GET snapshots': () => jsonReply(200, list()),
    'POST snapshots': keep,
    'POST snapshots {id} restore': (_request, name) => restore(JSON.parse(find(name).text)),
    'DELETE snapshots {id}': (_request, name) => {
      find(name);
      snapshots.remove(name);
      return emptyReply(204);
    },
    'GET snapshot': () => jsonReply(200, saveWorld(world)),
    'PUT snapshot': (request) => restore(parseBody(request)),
  };
}
