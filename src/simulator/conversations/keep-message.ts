import type { FamilyCall, Fields } from '../collections/serve.ts';
import type { Contact } from '../contacts/contact.ts';
import type { World } from '../world/world.ts';
import type { Conversation, Message } from './conversation.ts';
import { messageEvent, unreadEvent } from './conversation.ts';

type Keeping = Pick<FamilyCall<Fields, Fields>, 'now' | 'announce'>;

/** The contact's conversation; each contact has one, which begins when it is first needed. */
export function conversationWith(contact: Contact, now: string, world: World): Conversation {
  const { conversations } = world.records;
  const [known] = conversations.having('contactId', contact.id);
  if (known !== undefined) return known;
  return conversations.put({
    id: world.random.id(),
    locationId: contact.locationId,
    contactId: contact.id,
    assignedTo: contact.assignedTo ?? undefined,
    unreadCount: 0,
    starred: false,
    inbox: true,
    lastMessageBody: '',
    lastMessageType: 'TYPE_SMS',
    lastMessageDirection: 'outbound',
    lastMessageDate: now,
    dateAdded: now,
    dateUpdated: now,
  });
}

export type NewMessage = Omit<Message, 'id' | 'locationId' | 'contactId' | 'conversationId'>;

/** Adds a message to a conversation, which then shows it as its last, and tells of both. */
export function keepMessage(
  conversation: Conversation,
  fields: NewMessage,
  call: Keeping,
  world: World,
): Message {
  const { locationId, contactId } = conversation;
  const message = world.records.messages.put({
    ...fields,
    id: world.random.id(),
    locationId,
    contactId,
    conversationId: conversation.id,
  });
  const inbound = message.direction === 'inbound';
  const isLast = message.dateAdded >= conversation.lastMessageDate;
  const after = world.records.conversations.put({
    ...conversation,
    unreadCount: inbound ? conversation.unreadCount + 1 : 0,
    dateUpdated: call.now,
    ...(isLast && {
      lastMessageBody: message.body,
      lastMessageType: message.messageType,
      lastMessageDirection: message.direction,
      lastMessageDate: message.dateAdded,
    }),
  });
  call.announce(inbound ? 'InboundMessage' : 'OutboundMessage', locationId, messageEvent(message));
  if (after.unreadCount !== conversation.unreadCount) {
    call.announce('ConversationUnreadUpdate', locationId, unreadEvent(after));
  }
  return message;
}
