import type { ConversationProvider } from '../world/app.ts';
import type { World } from '../world/world.ts';
import type { Message } from './conversation.ts';
import type { Channel } from './message-types.ts';

/** The provider a message goes through: the one it names, or the default for its type; none for HighLevel's own. */
export function providerFor(
  channel: Channel,
  providerId: string | undefined,
  world: World,
): ConversationProvider | undefined {
  const { providers } = world.app;
  if (providerId !== undefined) return providers.find(({ id }) => id === providerId);
  return providers.find(({ type, isDefault }) => isDefault && type === channel);
}

/** Hands a message to its provider, where the app is installed with the scope that this needs. */
export function deliverToProvider(provider: ConversationProvider, message: Message, world: World): void {
  const installation = world.installations.location(message.locationId);
  if (installation?.scopes.includes('conversations/message.write') !== true) return;
  const { locationId, contactId, id: messageId, attachments, userId, body, to, from, email } = message;
  const common = { contactId, locationId, messageId, type: provider.type, attachments, userId };
  const contact = world.records.contacts.get(contactId);
  const said =
    email === undefined
      ? { phone: to ?? contact?.phone ?? '', message: body }
      : {
          emailMessageId: email.id,
          emailTo: to === undefined ? [] : [to],
          emailFrom: from,
          html: body,
          subject: email.subject,
          ...(email.altId !== undefined && { replyToAltId: email.altId }),
        };
  const about = { type: provider.type, locationId, signatures: 'newer' } as const;
  world.webhooks.deliver(provider.deliveryUrl, { ...common, ...said }, about);
}
