import type { Message } from '../conversations/conversation.ts';
import type { Seeding } from './seeding.ts';

const TALKS = [
  [
    ['inbound', 'Hi, do you have anything free this week?'],
    ['outbound', 'Yes, Thursday at 10 or Friday at 2. Which suits you?'],
    ['inbound', 'Friday please!'],
  ],
  [
    ['outbound', 'Your appointment is tomorrow at 9. Reply YES to confirm.'],
    ['inbound', 'YES'],
  ],
  [['inbound', 'Can I get a copy of my invoice?']],
  [
    ['outbound', 'Thank you for coming in today. How did we do?'],
    ['inbound', 'Five stars from me.'],
    ['outbound', 'That makes our day, thank you!'],
  ],
] as const;

const COUNT = 12;

/** A conversation with each of the newest contacts. */
export function addFirstConversations({ records, location, contacts, user, random, ago }: Seeding): void {
  for (const [index, contact] of contacts.slice(0, COUNT).entries()) {
    const talk = TALKS[index % TALKS.length] ?? TALKS[0];
    const isEmail = index % 4 === 2;
    const messageType = isEmail ? 'TYPE_EMAIL' : 'TYPE_SMS';
    const conversationId = random.id();
    const [ours, theirs] = isEmail ? [location.email, contact.email] : [location.phone, contact.phone];
    const messages = talk.map(([direction, body], turn): Message => {
      const [from, to] = direction === 'inbound' ? [theirs, ours] : [ours, theirs];
      return {
        id: random.id(),
        locationId: location.id,
        contactId: contact.id,
        conversationId,
        messageType,
        direction,
        status: 'delivered',
        body,
        contentType: isEmail ? 'text/html' : 'text/plain',
        attachments: [],
        source: 'app',
        dateAdded: ago(index * 7 + 3 - turn * 0.2),
        userId: direction === 'outbound' ? user.id : undefined,
        from: from ?? undefined,
        to: to ?? undefined,
        email: isEmail ? { id: random.id(), subject: 'Your visit', cc: [], bcc: [] } : undefined,
      };
    });
    const last = messages.at(-1);
    if (last === undefined) continue;
    for (const message of messages) records.messages.put(message);
    records.conversations.put({
      id: conversationId,
      locationId: location.id,
      contactId: contact.id,
      assignedTo: user.id,
      unreadCount: last.direction === 'inbound' ? 1 : 0,
      starred: index === 0,
      inbox: true,
      lastMessageBody: last.body,
      lastMessageType: messageType,
      lastMessageDirection: last.direction,
      lastMessageDate: last.dateAdded,
      dateAdded: messages[0]?.dateAdded ?? last.dateAdded,
      dateUpdated: last.dateAdded,
    });
  }
}
