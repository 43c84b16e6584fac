import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import type { Fields } from '../collections/serve.ts';
import { locationOf } from '../collections/owner.ts';
import { pageFields, pageOf } from '../collections/pages.ts';
import type { FamilyCall } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { refuse } from '../http/refusal.ts';
import type { User } from '../world/directory.ts';
import type { World } from '../world/world.ts';

const text = z.string().optional();
const writable = {
  firstName: text,
  lastName: text,
  email: z.email().optional(),
  phone: text,
  type: z.enum(['account', 'agency']).optional(),
  role: z.enum(['admin', 'user']).optional(),
  locationIds: z.array(z.string()).optional(),
  permissions: z.record(z.string(), z.boolean()).optional(),
  scopes: z.array(z.string()).optional(),
};
const createBody = z.looseObject({
  ...writable,
  companyId: requiredText,
  firstName: requiredText,
  lastName: requiredText,
  email: z.email(),
  password: requiredText,
  type: z.enum(['account', 'agency']),
  role: z.enum(['admin', 'user']),
  locationIds: z.array(z.string()),
});

const searchQuery = z.looseObject({
  ...pageFields,
  companyId: requiredText,
  query: text,
  locationId: text,
  type: text,
  role: text,
  ids: text,
  sortDirection: z.enum(['asc', 'desc']).optional(),
});

const emailBody = z.looseObject({
  companyId: requiredText,
  emails: z.union([z.array(z.string()), z.string().transform((emails) => emails.split(','))]),
  skip: z.coerce.number().optional(),
  limit: z.coerce.number().optional(),
});

export const userOperations = [
  serve('GET /users/', {}, (call, world) => {
    const locationId = locationOf(call, world);
    return {
      users: world.directory.users.filter((user) => user.locationIds.includes(locationId)).map(toAnswer),
    };
  }),
  serve('GET /users/search', { query: searchQuery }, (call, world) => {
    const { query = '', type, role, ids, sortDirection } = call.query;
    requireCompany(call.query.companyId, call);
    const locationId = call.query.locationId ?? call.grant.locationId;
    const found = world.directory.users.filter(
      (user) =>
        (locationId === undefined || user.locationIds.includes(locationId)) &&
        (type === undefined || user.type === type) &&
        (role === undefined || user.role === role) &&
        (ids === undefined || ids.split(',').includes(user.id)) &&
        `${nameOf(user)} ${user.email} ${user.phone}`.toLowerCase().includes(query.toLowerCase()),
    );
    const ordered = sortDirection === 'desc' ? found.toReversed() : found;
    return { users: pageOf(ordered, call.query, 'skip', 25).map(toAnswer), count: found.length };
  }),
  serve('POST /users/search/filter-by-email', { body: emailBody }, (call, world) => {
    requireCompany(call.body.companyId, call);
    const wanted = new Set(call.body.emails.map((email) => email.trim().toLowerCase()));
    const found = world.directory.users.filter(({ email }) => wanted.has(email.toLowerCase()));
    return { users: pageOf(found, call.body, 'skip', 25).map(toAnswer), count: found.length };
  }),
  serve('GET /users/{userId}', {}, (call, world) => toAnswer(findUser(call, world))),
  serve('POST /users/', { body: createBody }, (call, world) => {
    const {
      companyId,
      firstName,
      lastName,
      email,
      phone = '',
      type,
      role,
      locationIds,
      permissions,
      scopes,
    } = call.body;
    requireCompany(companyId, call);
    const user: User = {
      id: world.random.id(),
      firstName,
      lastName,
      email: email.toLowerCase(),
      phone,
      type,
      role,
      locationIds,
      permissions,
      scopes,
    };
    return keep(user, 'UserCreate', call, world);
  }),
  serve('PUT /users/{userId}', { body: z.looseObject(writable) }, (call, world) => {
    const before = findUser(call, world);
    const { firstName, lastName, email, phone, type, role, locationIds, permissions, scopes } = call.body;
    const user: User = {
      ...before,
      firstName: firstName ?? before.firstName,
      lastName: lastName ?? before.lastName,
      email: email?.toLowerCase() ?? before.email,
      phone: phone ?? before.phone,
      type: type ?? before.type,
      role: role ?? before.role,
      locationIds: locationIds ?? before.locationIds,
      permissions: permissions ?? before.permissions,
      scopes: scopes ?? before.scopes,
    };
    return keep(user, 'UserUpdate', call, world);
  }),
  serve('DELETE /users/{userId}', {}, (call, world) => {
    const user = findUser(call, world);
    if (user.id === world.directory.users[0].id)
      throw refuse(400, 'The owner of the agency cannot be deleted');
    world.directory.removeUser(user.id);
    tell('UserDelete', user, call, world);
    return {
      succeded: true,
      message: 'Queued deleting user with e-mail ' + user.email + '. Will take a few minutes.',
    };
  }),
];

function keep(user: User, event: string, call: FamilyCall<object, object>, world: World): Fields {
  const { directory } = world;
  const other = directory.users.find(({ id, email }) => id !== user.id && email === user.email);
  if (other !== undefined) throw refuse(400, `A user with the email ${user.email} already exists`);
  const { locationId } = call.grant;
  const unreached = user.locationIds.find(
    (id) => directory.location(id) === undefined || (locationId !== undefined && id !== locationId),
  );
  if (unreached !== undefined) throw refuse(403, `No access to the location ${unreached}`);
  directory.putUser(user);
  tell(event, user, call, world);
  return toAnswer(user);
}

/** Users are the agency's; where only a sub-account has the app, its users are told to it. */
function tell(event: string, user: User, call: FamilyCall<object, object>, world: World): void {
  const { id, firstName, lastName, email, phone, extension = '', role, permissions = {}, scopes } = user;
  const fields = {
    id,
    firstName,
    lastName,
    email,
    phone,
    extension,
    role,
    permissions,
    locations: user.locationIds,
  };
  const known = event === 'UserCreate' ? fields : { ...fields, scopes };
  const companyId = world.directory.company.id;
  if (world.installations.agency() !== undefined) call.announce(event, companyId, known);
  else for (const locationId of user.locationIds) call.announce(event, locationId, { ...known, companyId });
}

function requireCompany(companyId: string, { grant }: Call): void {
  if (companyId !== grant.companyId) throw refuse(403, 'The token does not have access to this company.');
}

function findUser(call: Call, world: World): User {
  const user = world.directory.user(param(call, 'userId'));
  const { locationId } = call.grant;
  if (user === undefined || (locationId !== undefined && !user.locationIds.includes(locationId))) {
    throw refuse(404, 'User not found');
  }
  return user;
}

function nameOf({ firstName, lastName }: Pick<User, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`;
}

function toAnswer({ locationIds, role, type, permissions = {}, scopes: _scopes, ...user }: User): Fields {
  return {
    ...user,
    name: nameOf(user),
    extension: user.extension ?? '',
    permissions,
    deleted: false,
    roles: { type, role, locationIds },
  };
}
