import type { Row } from '../collections/collection.ts';
import type { Fields } from '../collections/serve.ts';
import { fullName } from '../contacts/contact.ts';
import type { World } from '../world/world.ts';
import { channelOf, typeNumberOf } from './message-types.ts';

export interface Conversation extends Row {
  readonly contactId: string;
  readonly assignedTo?: string | undefined;
  readonly unreadCount: number;
  readonly starred: boolean;
  readonly inbox: boolean;
  readonly lastMessageBody: string;
  readonly lastMessageType: string;
  readonly lastMessageDirection: 'inbound' | 'outbound';
  readonly lastMessageDate: string;
  readonly dateAdded: string;
  readonly dateUpdated: string;
}

export interface Message extends Row {
  readonly contactId: string;
  readonly conversationId: string;
  readonly messageType: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: string;
  readonly body: string;
  readonly contentType: 'text/plain' | 'text/html';
  readonly attachments: readonly string[];
  readonly source: 'app' | 'api';
  readonly dateAdded: string;
  readonly userId?: string | undefined;
  readonly conversationProviderId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The email behind a message that is one. */
  readonly email?: EmailPart | undefined;
  readonly call?: { readonly duration: number; readonly status: string } | undefined;
}

export interface EmailPart {
  readonly id: string;
  readonly subject: string;
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly altId?: string | undefined;
}

/** A conversation as a search answers it. */
export function toSearchAnswer(conversation: Conversation, world: World): Fields {
  const contact = world.records.contacts.get(conversation.contactId);
  const name = contact === undefined ? '' : fullName(contact);
  return {
    ...conversation,
    type: conversation.lastMessageType === 'TYPE_EMAIL' ? 'TYPE_EMAIL' : 'TYPE_PHONE',
    fullName: name,
    contactName: name,
    email: contact?.email ?? '',
    phone: contact?.phone ?? '',
    tags: contact?.tags ?? [],
    sort: [Date.parse(conversation.lastMessageDate)],
  };
}

/** A message as the API answers it. */
export function toMessageAnswer(message: Message): Fields {
  const { email, call, from, to, ...fields } = message;
  const meta = {
    ...(email && { email: { messageIds: [email.id] } }),
    ...(call && { callDuration: String(call.duration), callStatus: call.status }),
  };
  return {
    ...fields,
    type: typeNumberOf(message.messageType),
    ...(Object.keys(meta).length > 0 && { meta }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** An email as its own operation answers it. */
export function toEmailAnswer(message: Message, email: EmailPart): Fields {
  const { locationId, contactId, conversationId, dateAdded, body, direction, status, contentType } = message;
  return {
    id: email.id,
    altId: email.altId,
    threadId: conversationId,
    locationId,
    contactId,
    conversationId,
    dateAdded,
    subject: email.subject,
    body,
    direction,
    status,
    contentType,
    attachments: message.attachments,
    from: message.from ?? '',
    to: message.to === undefined ? [] : [message.to],
    cc: email.cc,
    bcc: email.bcc,
    source: message.source,
  };
}

/** The fields of InboundMessage and OutboundMessage. */
export function messageEvent(message: Message): Fields {
  const { id, messageType, call, email: _email, locationId: _locationId, source, ...fields } = message;
  return {
    ...fields,
    messageId: id,
    messageType: channelOf(messageType),
    messageTypeId: typeNumberOf(messageType),
    messageTypeString: messageType,
    ...(message.direction === 'outbound' && { source }),
    ...(call && { callDuration: call.duration, callStatus: call.status }),
  };
}

/** The fields of ConversationUnreadUpdate. */
export function unreadEvent(conversation: Conversation): Fields {
  const { id, contactId, unreadCount, inbox, starred } = conversation;
  return { id, contactId, unreadCount, inbox, starred, deleted: false };
}
