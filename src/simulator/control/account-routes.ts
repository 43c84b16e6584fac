import { z } from 'zod';
import { validate } from '../api/validation.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { jsonReply } from '../http/messages.ts';
import { parseBody } from '../http/parse-body.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { ControlRoutes } from './routes.ts';

const locationBody = z.strictObject({ active: z.boolean() });

const privateTokenBody = z.strictObject({
  /** Left out, the token is the agency's. */
  locationId: z.string().optional(),
  scopes: z.array(z.string().min(1)),
  /** Whether the lower rate limits of a sandbox account hold for it. */
  sandbox: z.boolean().optional(),
});

/** What people do in their accounts: pause a sub-account, make a private integration. */
export function accountRoutes(world: World): ControlRoutes {
  function changeLocation(request: Incoming, id: string): Reply {
    const location = world.directory.location(id);
    if (location === undefined) throw refuse(404, `There is no location ${id}.`);
    location.active = validate(locationBody, parseBody(request)).active;
    return jsonReply(200, { id, name: location.name, active: location.active });
  }

  /** As Settings > Private Integrations does, for an account of the simulator. */
  function addPrivateToken(request: Incoming): Reply {
    const { locationId, scopes, sandbox = false } = validate(privateTokenBody, parseBody(request));
    const { company, users } = world.directory;
    if (locationId !== undefined && world.directory.location(locationId) === undefined) {
      throw refuse(404, `There is no location ${locationId}.`);
    }
    const account = { companyId: company.id, ...(locationId !== undefined && { locationId }) };
    const token = world.grants.issuePrivateToken({
      userType: locationId === undefined ? 'Company' : 'Location',
      ...account,
      userId: users[0].id,
      scopes,
      approvedLocations: [],
      approveAllLocations: false,
      installToFutureLocations: false,
      isSandbox: sandbox,
    });
    return jsonReply(201, { token, ...account });
  }

  return { 'PUT locations {id}': changeLocation, 'POST private-tokens': addPrivateToken };
}
