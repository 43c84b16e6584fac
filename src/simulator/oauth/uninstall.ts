import { uninstallEvent } from '../webhooks/app-events.ts';
import type { WebhookEvent } from '../webhooks/webhooks.ts';
import type { World } from '../world/world.ts';

/** Ends the install of one sub-account with its tokens. Returns what to announce. */
export function uninstallLocation(locationId: string, world: World): WebhookEvent[] {
  world.installations.removeLocation(locationId);
  world.grants.revoke((consent) => consent.locationId === locationId);
  return [uninstallEvent({ locationId })];
}

/** Ends every install with all tokens. Returns what to announce. */
export function uninstallAgency(world: World): WebhookEvent[] {
  const locations = world.installations.list();
  world.installations.clear();
  world.grants.revoke(() => true);
  return [
    ...locations.map(({ locationId }) => uninstallEvent({ locationId })),
    uninstallEvent({ companyId: world.directory.company.id }),
  ];
}
