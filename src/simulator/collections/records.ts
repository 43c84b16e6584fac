import type { Contact } from '../contacts/contact.ts';
import type { Note, Task } from '../contacts/contact-book.ts';
import type { Conversation, Message } from '../conversations/conversation.ts';
import type { Opportunity, Pipeline } from '../opportunities/opportunity.ts';
import type { Collection } from './collection.ts';
import { createCollection } from './collection.ts';
import type { Document } from './family.ts';
import { textOf } from './text.ts';

/** Kinds of records that are kept as documents, with the fields they can be looked up by. */
const DOCUMENTS = {
  tags: ['name'],
  customFields: ['fieldKey'],
  customFieldFolders: [],
  customValues: ['fieldKey'],
  businesses: [],
  lostReasons: [],
  workflows: [],
  campaigns: [],
  calendars: ['groupId'],
  calendarGroups: [],
  appointments: ['contactId', 'calendarId'],
  appointmentNotes: ['appointmentId'],
  blockedSlots: [],
  products: [],
  prices: ['product'],
  orders: ['contactId'],
  fulfillments: ['orderId'],
  transactions: ['contactId'],
  subscriptions: ['contactId'],
  coupons: ['code'],
  invoices: [],
  forms: [],
  formSubmissions: [],
  surveys: [],
  surveySubmissions: [],
  links: [],
  templates: [],
  snapshots: [],
  snapshotPushes: ['snapshotId'],
  objects: ['key'],
  objectRecords: ['objectKey'],
  associations: ['key'],
  relations: ['firstRecordId', 'secondRecordId', 'associationId'],
  invoiceTemplates: [],
} as const satisfies Record<string, readonly string[]>;

export type DocumentKind = keyof typeof DOCUMENTS;

interface Typed {
  readonly contacts: Collection<Contact>;
  readonly notes: Collection<Note>;
  readonly tasks: Collection<Task>;
  readonly pipelines: Collection<Pipeline>;
  readonly opportunities: Collection<Opportunity>;
  readonly conversations: Collection<Conversation>;
  readonly messages: Collection<Message>;
}

type Kinds = Typed & { readonly [Kind in DocumentKind]: Collection<Document> };

/** Everything the sub-accounts have, by kind. */
export interface Records extends Kinds {
  /** Removes the row and whatever belongs to it. */
  discard(kind: keyof Kinds, id: string): void;
  /** Removes everything a sub-account has. */
  discardLocation(locationId: string): void;
  /** All rows by kind, as plain data. */
  export(): Readonly<Record<string, readonly object[]>>;
  /** Replaces everything by what `export` gave. */
  import(rows: Readonly<Record<string, readonly object[]>>): void;
  counts(): Readonly<Record<string, number>>;
  clear(): void;
}

/** Which rows go with which: those of `kind` whose `field` names the row that is removed. */
const BELONGINGS: Partial<Record<keyof Kinds, readonly { kind: keyof Kinds; field: string }[]>> = {
  contacts: [
    { kind: 'notes', field: 'contactId' },
    { kind: 'tasks', field: 'contactId' },
    { kind: 'opportunities', field: 'contactId' },
    { kind: 'conversations', field: 'contactId' },
    { kind: 'appointments', field: 'contactId' },
    { kind: 'relations', field: 'firstRecordId' },
    { kind: 'relations', field: 'secondRecordId' },
  ],
  associations: [{ kind: 'relations', field: 'associationId' }],
  objectRecords: [
    { kind: 'relations', field: 'firstRecordId' },
    { kind: 'relations', field: 'secondRecordId' },
  ],
  appointments: [{ kind: 'appointmentNotes', field: 'appointmentId' }],
  conversations: [{ kind: 'messages', field: 'conversationId' }],
};

export function createRecords(): Records {
  const documents = Object.fromEntries(
    Object.entries(DOCUMENTS).map(([kind, fields]) => [kind, documentsWith(fields)]),
  ) as { [Kind in DocumentKind]: Collection<Document> };
  const kinds: Kinds = {
    ...documents,
    contacts: createCollection<Contact>({
      lookup: {
        email: ({ email }) => email,
        phone: ({ phone }) => phone,
        businessId: ({ businessId }) => businessId,
      },
      since: (contact) => Date.parse(contact.dateAdded),
    }),
    notes: createCollection<Note>({ lookup: { contactId: ({ contactId }) => contactId } }),
    tasks: createCollection<Task>({ lookup: { contactId: ({ contactId }) => contactId } }),
    pipelines: createCollection<Pipeline>(),
    opportunities: createCollection<Opportunity>({
      lookup: { contactId: ({ contactId }) => contactId },
      since: (opportunity) => Date.parse(opportunity.createdAt),
    }),
    conversations: createCollection<Conversation>({
      lookup: { contactId: ({ contactId }) => contactId },
      since: (conversation) => Date.parse(conversation.lastMessageDate),
    }),
    messages: createCollection<Message>({
      lookup: { conversationId: ({ conversationId }) => conversationId, emailId: ({ email }) => email?.id },
      since: (message) => Date.parse(message.dateAdded),
    }),
  };
  const all = Object.entries(kinds) as [string, Kinds[keyof Kinds]][];

  function discard(kind: keyof Kinds, id: string): void {
    kinds[kind].remove(id);
    for (const belonging of BELONGINGS[kind] ?? []) {
      for (const row of kinds[belonging.kind].having(belonging.field, id)) discard(belonging.kind, row.id);
    }
  }

  return {
    ...kinds,
    discard,
    discardLocation(locationId) {
      for (const [, rows] of all) for (const row of rows.inLocation(locationId)) rows.remove(row.id);
    },
    export: () => Object.fromEntries(all.map(([kind, rows]) => [kind, rows.export()])),
    import(rows) {
      // Only what `export` gave comes in here, kind for kind.
      for (const [kind, collection] of all) collection.import((rows[kind] ?? []) as never);
    },
    counts: () => Object.fromEntries(all.map(([kind, rows]) => [kind, rows.size])),
    clear: () => all.forEach(([, rows]) => rows.clear()),
  };
}

/** Documents that run by the date of their making where they have one. */
function documentsWith(fields: readonly string[]): Collection<Document> {
  return createCollection<Document>({
    lookup: Object.fromEntries(fields.map((field) => [field, (row: Document) => textOf(row[field])])),
    since: (row) => Date.parse(textOf(row.createdAt ?? row.dateAdded)) || 0,
  });
}
