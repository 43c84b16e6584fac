import { refuseLocation } from '../api/enforcement.ts';
import type { Call } from '../api/operation.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { Collection, Row } from './collection.ts';

/** Names under which calls give the sub-account they are about. */
const NAMES = ['locationId', 'location_id', 'altId'] as const;

/**
 * The sub-account a call is about: the token's own, or the one that an agency's token names in path, query or body.
 * @throws Refusal 403 where the token does not reach it, 422 where none is named
 */
export function locationOf(call: Call & { readonly body: object }, world: World): string {
  const { grant, params, request, body } = call;
  const named = [
    params.get('locationId'),
    ...NAMES.flatMap((name) => [request.query.get(name), read(body, name)]),
  ];
  const wanted = named.find((id): id is string => typeof id === 'string' && id !== '');
  const locationId = grant.locationId ?? wanted;
  if (locationId === undefined) throw refuse(422, ['locationId should not be empty']);
  const foreign = wanted !== undefined && wanted !== locationId;
  if (foreign || world.directory.location(locationId) === undefined) throw refuseLocation();
  return locationId;
}

/**
 * The row with this id, if the caller's token reaches it.
 * @param what its name in the refusal: `Opportunity`
 * @throws Refusal 404 for one that is not there or is another sub-account's
 */
export function owned<T extends Row>(
  collection: Collection<T>,
  id: string,
  call: Pick<Call, 'grant'>,
  what: string,
): T {
  const row = collection.get(id);
  const { locationId } = call.grant;
  if (row === undefined || (locationId !== undefined && row.locationId !== locationId)) {
    throw refuse(404, `${what} not found`);
  }
  return row;
}

/**
 * Checks that what a body names exists in its sub-account.
 * @throws Refusal 400 that names the field's thing and the value
 */
export function requireRow<T extends Row>(
  collection: Collection<T>,
  id: string,
  locationId: string,
  what: string,
): T {
  const row = collection.get(id);
  if (row === undefined || row.locationId !== locationId) throw refuse(400, `${what} ${id} was not found`);
  return row;
}

function read(fields: object, name: string): unknown {
  return Reflect.get(fields, name);
}
