import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { queryNumber, requiredText } from '../api/validation.ts';
import { locationOf, owned, requireRow } from '../collections/owner.ts';
import { serve } from '../collections/serve.ts';
import { contactMatches } from '../contacts/contact-book.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { Conversation } from './conversation.ts';
import { toSearchAnswer, unreadEvent } from './conversation.ts';
import { conversationWith } from './keep-message.ts';

const text = z.string().optional();
const searchQuery = z.looseObject({
  contactId: text,
  assignedTo: text,
  query: text,
  id: text,
  sort: z.enum(['asc', 'desc']).default('desc'),
  startAfterDate: queryNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  limit: queryNumber(1, 100).default(20),
  lastMessageType: text,
  lastMessageDirection: text,
  status: z.enum(['all', 'read', 'unread', 'starred', 'recents']).default('all'),
});
const changeBody = z.looseObject({
  unreadCount: z.number().min(0).optional(),
  starred: z.boolean().optional(),
});

export const conversationOperations = [
  serve('GET /conversations/search', { query: searchQuery }, (call, world) => {
    const { sort, startAfterDate, limit } = call.query;
    const newest = world.records.conversations
      .newestFirst(locationOf(call, world))
      .filter((conversation) => isWanted(conversation, call.query, world));
    const found = sort === 'desc' ? newest : newest.toReversed();
    const rest =
      startAfterDate === undefined
        ? found
        : found.filter((conversation) => {
            const date = Date.parse(conversation.lastMessageDate);
            return sort === 'desc' ? date < startAfterDate : date > startAfterDate;
          });
    const page = rest.slice(0, limit);
    return { conversations: page.map((row) => toSearchAnswer(row, world)), total: found.length };
  }),
  serve('POST /conversations/', { body: z.looseObject({ contactId: requiredText }) }, (call, world) => {
    const contact = requireRow(
      world.records.contacts,
      call.body.contactId,
      locationOf(call, world),
      'Contact',
    );
    if (world.records.conversations.having('contactId', contact.id).length > 0) {
      throw refuse(400, 'Conversation already exists');
    }
    return { success: true, conversation: withState(conversationWith(contact, call.now, world)) };
  }),
  serve('GET /conversations/{conversationId}', {}, (call, world) => {
    const conversation = find(call, world);
    const type = conversation.lastMessageType === 'TYPE_EMAIL' ? 3 : 1;
    return { ...withState(conversation), type };
  }),
  serve('PUT /conversations/{conversationId}', { body: changeBody }, (call, world) => {
    const before = find(call, world);
    const conversation = world.records.conversations.put({
      ...before,
      unreadCount: call.body.unreadCount ?? before.unreadCount,
      starred: call.body.starred ?? before.starred,
      dateUpdated: call.now,
    });
    if (conversation.unreadCount !== before.unreadCount || conversation.starred !== before.starred) {
      call.announce('ConversationUnreadUpdate', conversation.locationId, unreadEvent(conversation));
    }
    return { success: true, conversation: withState(conversation) };
  }),
  serve('DELETE /conversations/{conversationId}', {}, (call, world) => {
    world.records.discard('conversations', find(call, world).id);
    return { success: true };
  }),
];

function find(call: Call, world: World): Conversation {
  return owned(world.records.conversations, param(call, 'conversationId'), call, 'Conversation');
}

function withState(conversation: Conversation): object {
  return { ...conversation, deleted: false };
}

function isWanted(row: Conversation, query: z.infer<typeof searchQuery>, world: World): boolean {
  const equal = [
    [query.id, row.id],
    [query.contactId, row.contactId],
    [query.assignedTo, row.assignedTo],
    [query.lastMessageType, row.lastMessageType],
    [query.lastMessageDirection, row.lastMessageDirection],
  ];
  if (equal.some(([wanted, actual]) => wanted !== undefined && !wanted.split(',').includes(actual ?? '')))
    return false;
  if (query.status === 'unread' && row.unreadCount === 0) return false;
  if (query.status === 'read' && row.unreadCount > 0) return false;
  if (query.status === 'starred' && !row.starred) return false;
  const contact = world.records.contacts.get(row.contactId);
  return query.query === undefined || (contact !== undefined && contactMatches(contact, query.query));
}
