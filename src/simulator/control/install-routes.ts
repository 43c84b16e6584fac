import { z } from 'zod';
import { validate } from '../api/validation.ts';
import { jsonReply } from '../http/messages.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { parseBody } from '../http/parse-body.ts';
import { refuse } from '../http/refusal.ts';
import { encryptUserContext, userContext } from '../custom-pages/user-context.ts';
import type { Installation } from '../oauth/installations.ts';
import { uninstallAgency, uninstallLocation } from '../oauth/uninstall.ts';
import type { World } from '../world/world.ts';
import type { ControlRoutes } from './routes.ts';

const text = z.string().min(1);
/** Left out, the agency. */
const targetBody = z.strictObject({ locationId: text.optional() });
const planBody = z.strictObject({ locationId: text, planId: text });
const externalAuthBody = z.strictObject({
  locationId: text,
  authType: z.enum(['oauth2', 'basic']).default('oauth2'),
});
const contextBody = z.strictObject({ locationId: text.optional(), userId: text.optional() });

/** What happens to installs after the first one, and what custom pages are told. */
export function installRoutes(world: World): ControlRoutes {
  const { app, installations, directory, webhooks, random } = world;

  function installed(locationId: string): Installation {
    const found = installations.location(locationId);
    if (found === undefined) throw refuse(404, `The app is not installed on the location ${locationId}.`);
    return found;
  }

  function uninstall(request: Incoming): Reply {
    const { locationId } = validate(targetBody, parseBody(request));
    if (locationId !== undefined) installed(locationId);
    const events = locationId === undefined ? uninstallAgency(world) : uninstallLocation(locationId, world);
    for (const event of events) webhooks.emit(event);
    return jsonReply(200, { uninstalled: events.length });
  }

  /** A new version goes live: every install is moved to it. */
  function updateVersion(): Reply {
    const previousVersionId = app.versionId;
    app.versionId = random.hex(24);
    for (const { locationId, userId } of installations.list()) {
      const { id: companyId } = directory.company;
      webhooks.emit({ type: 'UPDATE', locationId, companyId, userId, previousVersionId });
    }
    return jsonReply(200, { versionId: app.versionId, previousVersionId });
  }

  function changePlan(request: Incoming): Reply {
    const { locationId, planId } = validate(planBody, parseBody(request));
    const { userId, planId: currentPlanId = null } = installed(locationId);
    installations.setPlan(locationId, planId);
    const { id: companyId } = directory.company;
    webhooks.emit({ type: 'PLAN_CHANGE', locationId, companyId, userId, currentPlanId, newPlanId: planId });
    return jsonReply(200, { locationId, planId });
  }

  function connectExternally(request: Incoming): Reply {
    const { locationId, authType } = validate(externalAuthBody, parseBody(request));
    installed(locationId);
    const { id: companyId } = directory.company;
    webhooks.emit({ type: 'EXTERNAL_AUTH_CONNECTED', locationId, companyId, authType });
    return jsonReply(200, { locationId, authType });
  }

  function openPage(request: Incoming): Reply {
    const { locationId, userId } = validate(contextBody, parseBody(request));
    const location = locationId === undefined ? undefined : directory.location(locationId);
    if (locationId !== undefined && location === undefined)
      throw refuse(404, `There is no location ${locationId}.`);
    const user = userId === undefined ? directory.users[0] : directory.user(userId);
    if (user === undefined) throw refuse(404, `There is no user ${userId}.`);
    const context = userContext(user, location, world);
    return jsonReply(200, { context, payload: encryptUserContext(context, app.ssoKey, random.bytes(8)) });
  }

  return {
    'POST uninstall': uninstall,
    'POST version': updateVersion,
    'POST plan': changePlan,
    'POST external-auth': connectExternally,
    'POST user-context': openPage,
    'POST sso-key': () => {
      app.ssoKey = random.uuid();
      return jsonReply(200, { ssoKey: app.ssoKey });
    },
  };
}
