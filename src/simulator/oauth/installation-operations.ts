import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { nothing, operation, param } from '../api/operation.ts';
import { jsonReply } from '../http/messages.ts';
import { refuse } from '../http/refusal.ts';
import type { WebhookEvent } from '../webhooks/webhooks.ts';
import type { World } from '../world/world.ts';
import { uninstallAgency, uninstallLocation } from './uninstall.ts';

const path = '/marketplace/app/{appId}/installations';

const uninstallBody = z.strictObject({
  companyId: z.string().optional(),
  locationId: z.string().optional(),
  reason: z.string().optional(),
});

export const installationOperations = [
  operation(
    {
      method: 'GET',
      path,
      access: ['Location-Access-Only', 'Agency-Access-Only'],
      scopes: ['marketplace-installer-details.readonly'],
      surface: 'every version',
    },
    nothing,
    nothing,
    (call, world) => {
      requireOwnApp(call, world);
      const { company } = world.directory;
      const owner = world.directory.users[0];
      return jsonReply(200, {
        installationDetails: {
          companyId: company.id,
          ...(call.grant.locationId !== undefined && { locationId: call.grant.locationId }),
          companyName: company.name,
          relationshipNumber: '0-100-001',
          companyEmail: company.email,
          companyOwnerFullName: `${owner.firstName} ${owner.lastName}`,
          userId: call.grant.userId,
          isWhitelabelCompany: false,
        },
        traceId: world.random.uuid(),
      });
    },
  ),
  operation(
    {
      method: 'DELETE',
      path,
      access: ['Location-Access-Only', 'Agency-Access'],
      scopes: ['oauth.write'],
      surface: 'every version',
    },
    nothing,
    uninstallBody,
    (call, world) => {
      requireOwnApp(call, world);
      const events = uninstall(call, call.body, world);
      const after = (): void => {
        for (const event of events) world.webhooks.emit(event);
      };
      return { ...jsonReply(200, { success: true }), after };
    },
  ),
];

function requireOwnApp(call: Call, world: World): void {
  const appId = param(call, 'appId');
  if (appId !== world.app.appId) throw refuse(400, `No integration found with the ID: ${appId}`);
}

/** A Location token ends the install of its location, a Company token all of them. Returns what to announce. */
function uninstall({ grant }: Call, body: z.infer<typeof uninstallBody>, world: World): WebhookEvent[] {
  if (grant.userType === 'Location') {
    const { locationId } = body;
    if (locationId === undefined) throw refuse(422, ['locationId should not be empty']);
    return uninstallLocation(locationId, world);
  }
  if (body.companyId === undefined) throw refuse(422, ['companyId should not be empty']);
  if (body.companyId !== grant.companyId)
    throw refuse(403, 'The token does not have access to this company.');
  return uninstallAgency(world);
}
