import { installOnNew } from '../oauth/install-on-new.ts';
import { z } from 'zod';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import { refuseLocation } from '../api/enforcement.ts';
import type { Fields } from '../collections/serve.ts';
import { pageFields, pageOf } from '../collections/pages.ts';
import { serve } from '../collections/serve.ts';
import { refuse } from '../http/refusal.ts';
import type { Consent } from '../oauth/grants.ts';
import type { Location } from '../world/directory.ts';
import { DEFAULT_SETTINGS } from '../world/directory.ts';
import type { World } from '../world/world.ts';

const text = z.string().optional();

const writable = {
  name: text,
  phone: text,
  address: text,
  city: text,
  state: text,
  country: text,
  postalCode: text,
  website: text,
  timezone: text,
  settings: z.object(mapped(DEFAULT_SETTINGS, () => z.boolean().optional())).optional(),
  social: z.record(z.string(), z.string()).optional(),
  prospectInfo: z.object({ firstName: requiredText, lastName: requiredText, email: z.email() }).optional(),
};

const searchQuery = z.looseObject({
  ...pageFields,
  companyId: text,
  email: text,
  order: z.enum(['asc', 'desc']).optional(),
});

export const locationOperations = [
  serve('GET /locations/search', { query: searchQuery }, (call, world) => {
    const { email, order, companyId } = call.query;
    if (companyId !== undefined && companyId !== call.grant.companyId) throw refuseLocation();
    const found = world.directory.locations
      .filter(
        (location) => reaches(call.grant, location) && (email === undefined || location.email === email),
      )
      .toSorted((a, b) => a.name.localeCompare(b.name));
    const ordered = order === 'desc' ? found.toReversed() : found;
    return { locations: pageOf(ordered, call.query, 'skip', 10).map((location) => toAnswer(location)) };
  }),
  serve('GET /locations/{locationId}', {}, (call, world) => {
    const location = findLocation(param(call, 'locationId'), call.grant, world);
    const { name, address, city, state, country, postalCode, website, timezone } = location;
    const business = { name, address, city, state, country, postalCode, website, timezone };
    return { location: { ...toAnswer(location), business } };
  }),
  serve(
    'POST /locations/',
    { body: z.looseObject({ ...writable, name: requiredText, companyId: requiredText }) },
    (call, world) => {
      const { companyId, name } = call.body;
      if (companyId !== world.directory.company.id) throw refuseCompany();
      const location = merged(
        {
          id: world.random.id(),
          companyId,
          name,
          address: '',
          city: '',
          state: '',
          country: 'US',
          postalCode: '',
          timezone: 'America/New_York',
          email: '',
          phone: '',
          website: '',
          settings: DEFAULT_SETTINGS,
          social: {},
          active: true,
        },
        call.body,
      );
      world.directory.putLocation(location);
      call.announce('LocationCreate', companyId, eventFields(location));
      call.later(() => installOnNew(location.id, world));
      return toAnswer(location);
    },
  ),
  serve(
    'PUT /locations/{locationId}',
    { body: z.looseObject({ ...writable, companyId: requiredText }) },
    (call, world) => {
      if (call.body.companyId !== world.directory.company.id) throw refuseCompany();
      const before = findLocation(param(call, 'locationId'), call.grant, world);
      const location = merged(before, call.body);
      world.directory.putLocation(location);
      call.announce('LocationUpdate', location.companyId, eventFields(location));
      return toAnswer(location);
    },
  ),
  serve('DELETE /locations/{locationId}', {}, (call, world) => {
    const { id } = findLocation(param(call, 'locationId'), call.grant, world);
    world.directory.removeLocation(id);
    world.installations.removeLocation(id);
    world.grants.revoke((consent) => consent.locationId === id);
    world.records.discardLocation(id);
    return { success: true, message: `Location with id ${id} deleted successfully` };
  }),
  serve('GET /locations/{locationId}/timezones', {}, () => ({ timeZones: TIMEZONES })),
];

const TIMEZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Europe/London',
  'UTC',
];

function toAnswer({ active: _active, ...answer }: Location): Fields {
  return answer;
}

function eventFields({ id, name, email }: Location): Fields {
  return { id, name, email };
}

type Written = z.infer<z.ZodObject<typeof writable>>;

function merged(before: Location, { settings, social, prospectInfo, ...written }: Written): Location {
  const fields = Object.fromEntries(
    Object.keys(before).flatMap((name) => {
      const value: unknown = Reflect.get(written, name);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
  return {
    ...before,
    ...fields,
    id: before.id,
    email: prospectInfo?.email ?? before.email,
    settings: { ...before.settings, ...(settings && defined(settings)) },
    social: { ...before.social, ...social },
  };
}

function defined<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}

function mapped<Name extends string, T>(names: Record<Name, unknown>, value: () => T): Record<Name, T> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, value()])) as Record<Name, T>;
}

/** A sub-account's token reaches its own alone. */
function reaches(grant: Consent, location: Location): boolean {
  return grant.locationId === undefined || grant.locationId === location.id;
}

function findLocation(id: string, grant: Consent, world: World): Location {
  const location = world.directory.location(id);
  if (location === undefined || !reaches(grant, location)) throw refuseLocation();
  return location;
}

function refuseCompany(): Error {
  return refuse(403, 'The token does not have access to this company.');
}
