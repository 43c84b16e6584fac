import { z } from 'zod';
import type { Operation } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import { changeFollowers } from '../collections/followers.ts';
import { locationOf, requireRow } from '../collections/owner.ts';
import { serve } from '../collections/serve.ts';
import { emitContactChange } from '../webhooks/contact-events.ts';
import type { World } from '../world/world.ts';
import { findContact } from './find-contact.ts';

const done = { succeded: true };

const bulkBody = z.looseObject({
  contacts: z.array(requiredText),
  tags: z.array(z.string()),
  removeAllTags: z.boolean().optional(),
});

const taskBody = z.looseObject({
  contactId: z.array(z.string()).optional(),
  completed: z.boolean().optional(),
  assignedTo: z.array(z.string()).optional(),
  query: z.string().default(''),
  skip: z.number().default(0),
  limit: z.number().default(25),
});

/** What ties contacts to users, workflows, campaigns and each other. */
export const contactLinks: readonly Operation[] = [
  ...changeFollowers('/contacts/{contactId}/followers', (call, world) => {
    const { id, followers = [] } = findContact(call, world);
    return { followers, keep: (kept) => void world.records.contacts.change(id, { followers: kept }) };
  }),
  ...(['POST', 'DELETE'] as const).flatMap((method) => [
    serve(`${method} /contacts/{contactId}/workflow/{workflowId}`, {}, (call, world) => {
      const { locationId } = findContact(call, world);
      requireRow(world.records.workflows, param(call, 'workflowId'), locationId, 'Workflow');
      return done;
    }),
    serve(`${method} /contacts/{contactId}/campaigns/{campaignId}`, {}, (call, world) => {
      const { locationId } = findContact(call, world);
      requireRow(world.records.campaigns, param(call, 'campaignId'), locationId, 'Campaign');
      return done;
    }),
  ]),
  serve('DELETE /contacts/{contactId}/campaigns/removeAll', {}, (call, world) => {
    findContact(call, world);
    return done;
  }),
  serve('POST /contacts/bulk/tags/update/{type}', { body: bulkBody }, (call, world) => {
    const locationId = locationOf(call, world);
    const { contacts, tags, removeAllTags } = call.body;
    const isAdding = param(call, 'type') === 'add';
    const known = contacts.filter((id) => world.contacts.get(id)?.locationId === locationId);
    for (const id of known) {
      changeTags(id, world, call.later, (before) => {
        if (isAdding) return [...before, ...tags];
        return removeAllTags === true ? [] : before.filter((tag) => !tags.includes(tag));
      });
    }
    return { succeded: true, errorCount: contacts.length - known.length, responses: known };
  }),
  serve('POST /locations/{locationId}/tasks/search', { body: taskBody }, (call, world) => {
    const { contactId, completed, assignedTo, query, skip, limit } = call.body;
    const found = world.records.tasks
      .inLocation(locationOf(call, world))
      .filter(
        (task) =>
          (contactId?.includes(task.contactId) ?? true) &&
          (completed === undefined || task.completed === completed) &&
          (assignedTo?.includes(task.assignedTo ?? '') ?? true) &&
          task.title.toLowerCase().includes(query.toLowerCase()),
      );
    return { tasks: found.slice(skip, skip + limit) };
  }),
];

function changeTags(
  id: string,
  world: World,
  later: (work: () => void) => void,
  change: (before: readonly string[]) => string[],
): void {
  const before = world.contacts.get(id);
  const changed = before && world.contacts.update(id, { tags: change(before.tags) });
  if (changed !== undefined) later(() => emitContactChange(changed.before, changed.after, world));
}
