import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { queryNumber, requiredText } from '../api/validation.ts';
import { locationOf, owned, requireRow } from '../collections/owner.ts';
import type { Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import type { Contact } from '../contacts/contact.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { EmailPart, Message } from './conversation.ts';
import { toEmailAnswer, toMessageAnswer } from './conversation.ts';
import { conversationWith, keepMessage } from './keep-message.ts';
import type { Channel } from './message-types.ts';
import { channelOf, CHANNELS, messageTypeOf } from './message-types.ts';
import { deliverToProvider, providerFor } from './provider-delivery.ts';

const text = z.string().optional();
const list = z.array(z.string()).default([]);
const written = {
  type: z.enum(CHANNELS),
  message: text,
  html: text,
  subject: text,
  attachments: list,
  emailFrom: text,
  emailTo: text,
  emailCc: list,
  emailBcc: list,
  conversationProviderId: text,
};
const sendBody = z.looseObject({
  ...written,
  contactId: requiredText,
  scheduledTimestamp: z.number().optional(),
});
const recordBody = z.looseObject({
  ...written,
  conversationId: text,
  contactId: text,
  altId: text,
  date: z.iso.datetime({ offset: true }).optional(),
  call: z.looseObject({ to: text, from: text, status: text }).optional(),
});
const statusBody = z.looseObject({ status: z.enum(['delivered', 'failed', 'pending', 'read']) });
const listQuery = z.looseObject({ lastMessageId: text, limit: queryNumber(1, 100).default(20), type: text });
const exportQuery = z.looseObject({
  cursor: text,
  limit: queryNumber(1, 500).default(100),
  sortOrder: z.enum(['asc', 'desc']).default('desc'),
  conversationId: text,
  contactId: text,
  channel: text,
  startDate: text,
  endDate: text,
});

export const messageOperations = [
  serve('GET /conversations/{conversationId}/messages', { query: listQuery }, (call, world) => {
    const conversation = owned(
      world.records.conversations,
      param(call, 'conversationId'),
      call,
      'Conversation',
    );
    const { lastMessageId, limit, type } = call.query;
    const types = type?.split(',');
    const found = world.records.messages
      .having('conversationId', conversation.id)
      .toReversed()
      .filter(({ messageType }) => types?.includes(messageType) ?? true);
    const start = lastMessageId === undefined ? 0 : found.findIndex(({ id }) => id === lastMessageId) + 1;
    const messages = found.slice(start, start + limit);
    return {
      lastMessageId: messages.at(-1)?.id ?? '',
      nextPage: start + messages.length < found.length,
      messages: messages.map(toMessageAnswer),
    };
  }),
  serve('GET /conversations/messages/export', { query: exportQuery }, (call, world) => {
    const { cursor, limit, sortOrder } = call.query;
    const newest = world.records.messages
      .newestFirst(locationOf(call, world))
      .filter((message) => isExported(message, call.query));
    const found = sortOrder === 'desc' ? newest : newest.toReversed();
    const start = cursor === undefined ? 0 : found.findIndex(({ id }) => id === cursor) + 1;
    const page = found.slice(start, start + limit);
    const more = start + page.length < found.length;
    const nextCursor = more ? page.at(-1)?.id : undefined;
    return { messages: page.map(toMessageAnswer), total: found.length, ...(nextCursor && { nextCursor }) };
  }),
  serve('GET /conversations/messages/{id}', {}, (call, world) => toMessageAnswer(find(call, 'id', world))),
  serve('GET /conversations/messages/email/{id}', {}, (call, world) => {
    const [message] = world.records.messages.having('emailId', param(call, 'id'));
    const known = owned(world.records.messages, message?.id ?? '', call, 'Email');
    if (known.email === undefined) throw refuse(404, 'Email not found');
    return toEmailAnswer(known, known.email);
  }),
  serve('POST /conversations/messages', { body: sendBody, isLenient: true }, (call, world) => {
    const { body } = call;
    const locationId = locationOf(call, world);
    const contact = requireRow(world.records.contacts, body.contactId, locationId, 'Contact');
    const to = receiver(contact, body.type, body.emailTo);
    const scheduled = body.scheduledTimestamp !== undefined;
    const provider = scheduled ? undefined : providerFor(body.type, body.conversationProviderId, world);
    const message = keepMessage(
      conversationWith(contact, call.now, world),
      {
        ...contentOf(body, world),
        messageType: messageTypeOf(body.type),
        direction: 'outbound',
        status: scheduled ? 'scheduled' : provider === undefined ? 'delivered' : 'pending',
        source: 'api',
        dateAdded: call.now,
        userId: call.grant.userId,
        conversationProviderId: provider?.id ?? body.conversationProviderId,
        from: body.type === 'Email' ? body.emailFrom : world.directory.location(locationId)?.phone,
        to,
      },
      call,
      world,
    );
    if (provider !== undefined) call.later(() => deliverToProvider(provider, message, world));
    return sent(message, 'Message queued successfully.');
  }),
  serve('POST /conversations/messages/inbound', { body: recordBody, isLenient: true }, (call, world) =>
    record(call, 'inbound', call.body, call.now, world),
  ),
  serve('POST /conversations/messages/outbound', { body: recordBody, isLenient: true }, (call, world) =>
    record(call, 'outbound', call.body, call.now, world),
  ),
  serve('PUT /conversations/messages/{messageId}/status', { body: statusBody }, (call, world) => {
    const { id } = find(call, 'messageId', world);
    const changed = world.records.messages.change(id, { status: call.body.status });
    return sent(changed?.after ?? find(call, 'messageId', world), 'Message status updated');
  }),
  ...[
    '/conversations/messages/{messageId}/schedule',
    '/conversations/messages/email/{emailMessageId}/schedule',
  ].map((path) =>
    serve(`DELETE ${path}`, {}, (call, world) => {
      const { messages } = world.records;
      const [id = ''] = [...call.params.values()];
      const message = owned(messages, messages.having('emailId', id)[0]?.id ?? id, call, 'Message');
      if (message.status !== 'scheduled') throw refuse(400, 'The message is not scheduled');
      messages.remove(message.id);
      return { status: 200, message: 'Scheduled message has been cancelled' };
    }),
  ),
];

function find(call: Call, name: string, world: World): Message {
  return owned(world.records.messages, param(call, name), call, 'Message');
}

/** Where a message to this contact goes. @throws Refusal 400 where it cannot go */
function receiver(contact: Contact, channel: Channel, emailTo: string | undefined): string | undefined {
  const isEmail = channel === 'Email';
  const setting = contact.dndSettings?.[isEmail ? 'Email' : channel === 'WhatsApp' ? 'WhatsApp' : 'SMS'];
  if (contact.dnd || setting?.status === 'active' || setting?.status === 'permanent') {
    throw refuse(400, `Cannot send message as DND is active for ${channel}.`);
  }
  const to = isEmail ? (emailTo ?? contact.email) : contact.phone;
  if (!to && (isEmail || channel === 'SMS')) {
    throw refuse(400, isEmail ? 'Missing email for the contact' : 'Missing phone number');
  }
  return to ?? undefined;
}

type Written = Pick<
  z.infer<typeof sendBody>,
  'message' | 'html' | 'subject' | 'attachments' | 'emailCc' | 'emailBcc' | 'type'
> & {
  readonly altId?: string | undefined;
};

/** What the message says. @throws Refusal 400 where it says nothing */
function contentOf(
  body: Written,
  world: World,
): Pick<Message, 'body' | 'contentType' | 'attachments' | 'email'> {
  const said = body.html ?? body.message ?? '';
  const isCall = messageTypeOf(body.type).endsWith('CALL');
  if (said === '' && body.attachments.length === 0 && !isCall) {
    throw refuse(400, 'There is no message or attachments for this message. Skip sending.');
  }
  const email: EmailPart | undefined =
    body.type === 'Email'
      ? {
          id: world.random.id(),
          subject: body.subject ?? '',
          cc: body.emailCc,
          bcc: body.emailBcc,
          altId: body.altId,
        }
      : undefined;
  return {
    body: said,
    contentType: body.type === 'Email' ? 'text/html' : 'text/plain',
    attachments: body.attachments,
    email,
  };
}

/** Adds a message that was sent or received elsewhere. */
function record(
  call: Parameters<typeof keepMessage>[2] & Call & { readonly body: Fields },
  direction: 'inbound' | 'outbound',
  body: z.infer<typeof recordBody>,
  now: string,
  world: World,
): Fields {
  const locationId = locationOf(call, world);
  const { conversations, contacts } = world.records;
  const conversation =
    body.conversationId === undefined
      ? conversationWith(requireRow(contacts, body.contactId ?? '', locationId, 'Contact'), now, world)
      : requireRow(conversations, body.conversationId, locationId, 'Conversation');
  const message = keepMessage(
    conversation,
    {
      ...contentOf(body, world),
      messageType: messageTypeOf(body.type),
      direction,
      status: 'delivered',
      source: 'app',
      dateAdded: body.date === undefined ? now : new Date(body.date).toISOString(),
      conversationProviderId: body.conversationProviderId,
      from: body.call?.from ?? body.emailFrom,
      to: body.call?.to ?? body.emailTo,
      call: body.call === undefined ? undefined : { duration: 0, status: body.call.status ?? 'completed' },
    },
    call,
    world,
  );
  const { id, contactId, conversationId, dateAdded, email } = message;
  return {
    success: true,
    conversationId,
    messageId: id,
    message: `${direction === 'inbound' ? 'Inbound' : 'Outbound'} message was added`,
    contactId,
    dateAdded,
    ...(email && { emailMessageId: email.id }),
  };
}

function sent({ id, conversationId, email, status }: Message, msg: string): Fields {
  const known = ['delivered', 'failed', 'pending', 'read'].includes(status) ? status : 'pending';
  return { conversationId, messageId: id, ...(email && { emailMessageId: email.id }), msg, status: known };
}

function isExported(message: Message, query: z.infer<typeof exportQuery>): boolean {
  const { conversationId, contactId, channel, startDate, endDate } = query;
  const at = Date.parse(message.dateAdded);
  return (
    (conversationId === undefined || message.conversationId === conversationId) &&
    (contactId === undefined || message.contactId === contactId) &&
    (channel === undefined || channelOf(message.messageType).toLowerCase() === channel.toLowerCase()) &&
    (startDate === undefined || at >= Date.parse(startDate)) &&
    (endDate === undefined || at <= Date.parse(endDate))
  );
}
