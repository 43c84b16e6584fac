import { z } from 'zod';
import { refuseLocation } from '../api/enforcement.ts';
import { nothing, operation, param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import { jsonReply } from '../http/messages.ts';
import { createRandom } from '../world/random.ts';

const usersQuery = z.strictObject({ locationId: requiredText });

export const locationOperations = [
  operation(
    {
      method: 'GET',
      path: '/locations/{locationId}',
      access: ['Location-Access', 'Agency-Access'],
      scopes: ['locations.readonly'],
      surface: 'every version',
    },
    nothing,
    nothing,
    (call, world) => {
      const location = world.directory.location(param(call, 'locationId'));
      if (location === undefined) throw refuseLocation();
      const { active: _active, ...answer } = location;
      return jsonReply(200, { location: answer, traceId: world.random.uuid() });
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/locations/{locationId}/tags',
      access: ['Location-Access'],
      scopes: ['locations/tags.readonly'],
      surface: 'every version',
    },
    nothing,
    nothing,
    (call, world) => {
      const locationId = param(call, 'locationId');
      const names = new Set(world.contacts.inLocation(locationId).flatMap((contact) => contact.tags));
      // A tag's id follows from its name, so that it stays the same from one answer to the next.
      const tags = [...names]
        .toSorted((a, b) => a.localeCompare(b))
        .map((name) => ({ id: createRandom(locationId, name).id(), name, locationId }));
      return jsonReply(200, { tags, traceId: world.random.uuid() });
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/users/',
      access: ['Location-Access'],
      scopes: ['users.readonly'],
      surface: 'before v3',
    },
    usersQuery,
    nothing,
    (call, world) => {
      const users = world.directory.users
        .filter((user) => user.locationIds.includes(call.query.locationId))
        .map(({ locationIds, role, ...user }) => ({
          ...user,
          name: `${user.firstName} ${user.lastName}`,
          extension: '',
          roles: { type: role === 'admin' ? 'agency' : 'account', role, locationIds },
        }));
      return jsonReply(200, { users, traceId: world.random.uuid() });
    },
  ),
];
