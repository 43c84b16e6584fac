import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { nothing, operation } from '../api/operation.ts';
import type { Reply } from '../http/messages.ts';
import { jsonReply } from '../http/messages.ts';
import { emitContactChange } from '../webhooks/contact-events.ts';
import type { World } from '../world/world.ts';
import { findContact, writing } from './find-contact.ts';

const tagsBody = z.strictObject({ tags: z.array(z.string()) });

const path = '/contacts/{contactId}/tags';

export const tagOperations = [
  operation(writing('POST', path), nothing, tagsBody, (call, world) =>
    changeTags(201, call, world, (tags) => [...tags, ...call.body.tags]),
  ),
  operation(writing('DELETE', path), nothing, tagsBody, (call, world) => {
    const unwanted = new Set(call.body.tags.map((tag) => tag.trim().toLowerCase()));
    return changeTags(200, call, world, (tags) => tags.filter((tag) => !unwanted.has(tag)));
  }),
];

function changeTags(
  status: number,
  call: Call,
  world: World,
  change: (tags: readonly string[]) => string[],
): Reply {
  const before = findContact(call, world);
  const after = world.contacts.update(before.id, { tags: change(before.tags) })?.after ?? before;
  return {
    ...jsonReply(status, { tags: after.tags, traceId: world.random.uuid() }),
    after: () => emitContactChange(before, after, world),
  };
}
