import type { Contract, Fields } from '../../shared/highlevel/operations/shapes/index.ts';
import type { Incoming } from '../http/messages.ts';
import { refuseLocation } from './enforcement.ts';
import type { Match } from './match-operation.ts';

/**
 * Every location id the call names, in its path, query or body.
 * @throws Refusal 403, misleadingly but as HighLevel does, where `locationId` is given twice
 */
export function locationsNamed(
  { contract, params }: Match,
  { query }: Incoming,
  body: Readonly<Record<string, unknown>>,
): string[] {
  const inQuery = query.getAll('locationId');
  const inBody = body['locationId'];
  const isTwice = inQuery.length > 1 || (inQuery.length === 1 && inBody !== undefined);
  if (isTwice && !(inQuery.length === 1 && takesBoth(contract))) throw refuseLocation();
  const named = [params.get('locationId'), ...inQuery, inBody, query.get('location_id')];
  if ((query.get('altType') ?? body['altType']) === 'location') named.push(query.get('altId'), body['altId']);
  return named.filter((id): id is string => typeof id === 'string' && id !== '');
}

/** Some operations declare the same name in their query and their body. */
function takesBoth(contract: Contract | undefined): boolean {
  const query: Fields = contract?.query ?? {};
  return 'locationId' in query || 'locationId!' in query ? contract?.body !== undefined : false;
}
