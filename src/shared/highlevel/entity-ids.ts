/**
 * Which fields of bodies and queries, and which words of paths, say what an id stands for. The names are those of
 * HighLevel's operations and webhook samples.
 */
import { entityKinds } from './events.ts';
import type { EntityKind } from './events.ts';

const byField: Readonly<Record<string, EntityKind>> = {
  appointmentId: 'appointment',
  associationId: 'association',
  callId: 'call',
  contactId: 'contact',
  conversationId: 'conversation',
  emailMessageId: 'message',
  eventId: 'appointment',
  invoiceId: 'invoice',
  knowledgeBaseId: 'knowledge-base',
  locationId: 'location',
  messageId: 'message',
  newConversationId: 'conversation',
  noteId: 'note',
  oldConversationId: 'conversation',
  opportunityId: 'opportunity',
  orderId: 'order',
  priceId: 'price',
  productId: 'product',
  recordId: 'record',
  relationId: 'relation',
  taskId: 'task',
  userId: 'user',
};

/** What is called otherwise than its kind. */
const byWord: Readonly<Record<string, EntityKind>> = {
  event: 'appointment',
  events: 'appointment',
  opportunities: 'opportunity',
};

/** The kind that a field's name says its id is of: `contactId` of a contact; null for any other field. */
export function kindOfField(name: string): EntityKind | null {
  return Object.hasOwn(byField, name) ? (byField[name] ?? null) : null;
}

/** The kind a word of a path, a field around an object or the name of a family stands for: `contacts`, `ObjectSchema`. */
export function kindOfWord(word: string): EntityKind | null {
  if (Object.hasOwn(byWord, word)) return byWord[word] ?? null;
  const name = word.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return entityKinds.find((kind) => kind === name || `${kind}s` === name) ?? null;
}
