import { eventOfType } from '../../shared/highlevel/events.ts';
import type { World } from '../world/world.ts';
import { unlocks } from './subscriptions.ts';

/** The fields of an event, without those every webhook carries. */
export type EventFields = Readonly<Record<string, unknown>>;

/**
 * Sends a webhook to the app if it is installed on the sub-account with the scope that unlocks the event. An event of
 * the agency's own names the company instead, and needs the app installed on the agency.
 *
 * @param ownerId the sub-account's or the company's id
 */
export function announce(type: string, ownerId: string, fields: EventFields, world: World): void {
  const forCompany = ownerId === world.directory.company.id;
  const install = forCompany ? world.installations.agency() : world.installations.location(ownerId);
  if (install === undefined) return;
  if (!unlocks(install.scopes, type, world.switches)) return;
  const owner = forCompany ? { companyId: ownerId } : { locationId: ownerId };
  const withType = world.switches.typeInEveryBody || eventOfType(type)?.typeInBody === 'event';
  world.webhooks.emit({ ...owner, ...fields, type }, withType);
}
