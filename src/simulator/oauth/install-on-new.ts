import { installEvents } from '../webhooks/app-events.ts';
import type { World } from '../world/world.ts';

/** Installs the app on a sub-account that was just made, where the agency agreed to that for future ones. */
export function installOnNew(locationId: string, world: World): void {
  const agency = world.installations.agency();
  if (agency?.installToFutureLocations !== true) return;
  const consent = { ...agency, userType: 'Location' as const, locationId };
  world.installations.add(consent);
  for (const event of installEvents(consent, world)) world.webhooks.emit(event);
}
