import { z } from 'zod';
import { validate } from '../api/validation.ts';
import { jsonReply } from '../http/messages.ts';
import { parseBody } from '../http/parse-body.ts';
import { refuse } from '../http/refusal.ts';
import { tellSubscription } from '../workflows/triggers.ts';
import type { World } from '../world/world.ts';
import { webUrl } from './app-routes.ts';
import type { ControlRoutes } from './routes.ts';

const triggerBody = z.strictObject({
  key: z.string().min(1),
  subscriptionUrl: webUrl,
  locationId: z.string().min(1),
  filters: z.array(z.unknown()).default([]),
  version: z.string().default('1.0'),
});

const actionBody = z.strictObject({
  key: z.string().min(1),
  url: webUrl,
  locationId: z.string().min(1),
  contactId: z.string().optional(),
  data: z.record(z.string(), z.unknown()).default({}),
  version: z.string().default('1.0'),
});

/** What workflows of the sub-accounts do with the app's own triggers and actions. */
export function workflowRoutes(world: World): ControlRoutes {
  const { triggers, random, webhooks } = world;

  function requireInstalled(locationId: string): void {
    if (world.installations.location(locationId) === undefined) {
      throw refuse(404, `The app is not installed on the location ${locationId}.`);
    }
  }

  const change = (id: string, eventType: 'UPDATED' | 'DELETED') => {
    const trigger = triggers.get(id);
    if (trigger === undefined) throw refuse(404, `There is no trigger ${id}.`);
    const changed = { ...trigger, eventType };
    triggers.put(changed);
    tellSubscription(changed, world);
    return jsonReply(200, changed);
  };

  return {
    'GET workflow-triggers': () => jsonReply(200, { triggers: triggers.list() }),
    'POST workflow-triggers': (request) => {
      const body = validate(triggerBody, parseBody(request));
      requireInstalled(body.locationId);
      const ids = { id: random.hex(24), workflowId: random.uuid() };
      const trigger = { ...body, ...ids, eventType: 'CREATED' as const, fired: [] };
      triggers.put(trigger);
      tellSubscription(trigger, world);
      return jsonReply(201, trigger);
    },
    'PUT workflow-triggers {id}': (_request, id) => change(id, 'UPDATED'),
    'DELETE workflow-triggers {id}': (_request, id) => change(id, 'DELETED'),
    'POST workflow-actions': (request) => {
      const { key, url, locationId, contactId, data, version } = validate(actionBody, parseBody(request));
      requireInstalled(locationId);
      const extras = { locationId, contactId, workflowId: random.uuid() };
      const about = { type: 'Workflow action', locationId, signatures: 'none' as const };
      const webhookId = webhooks.deliver(url, { data, extras, meta: { key, version } }, about);
      return jsonReply(202, { webhookId });
    },
  };
}
