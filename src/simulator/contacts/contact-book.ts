import type { Collection } from '../collections/collection.ts';
import type { Records } from '../collections/records.ts';
import type { Clock } from '../world/clock.ts';
import type { Random } from '../world/random.ts';
import type { Contact, ContactFields } from './contact.ts';
import { fullName } from './contact.ts';

export interface Note {
  readonly id: string;
  readonly locationId: string;
  readonly contactId: string;
  readonly body: string;
  readonly dateAdded: string;
  readonly userId?: string | undefined;
  readonly title?: string | undefined;
  readonly color?: string | undefined;
  readonly pinned?: boolean | undefined;
}

export interface Task {
  readonly id: string;
  readonly locationId: string;
  readonly contactId: string;
  readonly title: string;
  readonly dueDate: string;
  readonly completed: boolean;
  readonly dateAdded: string;
  readonly body?: string | undefined;
  readonly assignedTo?: string | undefined;
}

export interface Duplicate {
  readonly contact: Contact;
  readonly matchingField: 'email' | 'phone';
}

/** The contacts of every location, with their notes and tasks. Records are never changed, only replaced. */
export interface ContactBook {
  create(locationId: string, fields: ContactFields, at?: number): Contact;
  get(id: string): Contact | undefined;
  /** Returns the contact as it was and as it is. */
  update(id: string, fields: ContactFields): { before: Contact; after: Contact } | undefined;
  /** Removes the contact with everything that belongs to it. */
  remove(id: string): Contact | undefined;
  /** Newest first. */
  inLocation(locationId: string): readonly Contact[];
  /** The contact in this location with the same email, else the same phone. */
  findDuplicate(locationId: string, fields: ContactFields): Duplicate | undefined;
  readonly notes: ItemStore<Note>;
  readonly tasks: ItemStore<Task>;
  counts(): { contacts: number; notes: number; tasks: number };
}

/** Things that belong to a contact. */
export interface ItemStore<Item> {
  put(item: Item): Item;
  get(contactId: string, id: string): Item | undefined;
  of(contactId: string): readonly Item[];
  remove(id: string): void;
}

export function createContactBook(records: Records, clock: Clock, random: Random): ContactBook {
  const { contacts } = records;

  /** A tag a contact gets is a tag of its location from then on. */
  function keepTags(locationId: string, tags: readonly string[]): void {
    for (const name of tags) {
      const known = records.tags.having('name', name).some((tag) => tag.locationId === locationId);
      if (!known) records.tags.put({ id: random.id(), locationId, name });
    }
  }

  return {
    notes: itemStore(records.notes),
    tasks: itemStore(records.tasks),
    inLocation: (locationId) => contacts.newestFirst(locationId),
    create(locationId, fields, at = clock.now()) {
      const date = new Date(at).toISOString();
      const contact: Contact = {
        country: 'US',
        source: 'public api',
        ...normalise(fields),
        id: random.id(),
        locationId,
        type: 'lead',
        tags: uniqueTags(fields.tags ?? []),
        dnd: fields.dnd ?? false,
        customFields: fields.customFields ?? [],
        dateAdded: date,
        dateUpdated: date,
      };
      keepTags(locationId, contact.tags);
      return contacts.put(contact);
    },
    get: (id) => contacts.get(id),
    update(id, fields) {
      const before = contacts.get(id);
      if (before === undefined) return undefined;
      const changes = normalise(fields);
      const after: Contact = {
        ...before,
        ...changes,
        locationId: before.locationId,
        tags: fields.tags === undefined ? before.tags : uniqueTags(fields.tags),
        dnd: fields.dnd ?? before.dnd,
        customFields: fields.customFields ?? before.customFields,
        dateUpdated: new Date(clock.now()).toISOString(),
      };
      keepTags(before.locationId, after.tags);
      return { before, after: contacts.put(after) };
    },
    remove(id) {
      const contact = contacts.get(id);
      records.discard('contacts', id);
      return contact;
    },
    findDuplicate(locationId, fields) {
      const wanted = normalise(fields);
      for (const matchingField of ['email', 'phone'] as const) {
        const value = wanted[matchingField];
        if (!value) continue;
        const contact = contacts
          .having(matchingField, value)
          .find((other) => other.locationId === locationId);
        if (contact !== undefined) return { contact, matchingField };
      }
      return undefined;
    },
    counts: () => ({ contacts: contacts.size, notes: records.notes.size, tasks: records.tasks.size }),
  };
}

/** Email in lower case, phone without spaces and dashes, a full name split into first and last. */
function normalise(fields: ContactFields): ContactFields {
  const { name, email, phone, ...rest } = fields;
  const [first, ...others] = name?.trim().split(/\s+/) ?? [];
  const split = fields.firstName === undefined && fields.lastName === undefined && first !== undefined;
  return {
    ...rest,
    ...(split && { firstName: first, lastName: others.join(' ') || null }),
    ...(email !== undefined && { email: email?.toLowerCase() ?? null }),
    ...(phone !== undefined && { phone: phone?.replaceAll(/[^\d+]/g, '') ?? null }),
  };
}

/** HighLevel keeps tags in lower case. */
function uniqueTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ''))];
}

/** Whether any of the words a search would look at contain the text. */
export function contactMatches(contact: Contact, text: string): boolean {
  return text === '' || searchText(contact).includes(text.toLowerCase());
}

/** What a search looks at; kept, since a search looks at every contact of a location. */
const searchTexts = new WeakMap<Contact, string>();

function searchText(contact: Contact): string {
  const known = searchTexts.get(contact);
  if (known !== undefined) return known;
  const words = [fullName(contact), contact.email, contact.phone, contact.companyName];
  const text = words.filter(Boolean).join('\n').toLowerCase();
  searchTexts.set(contact, text);
  return text;
}

function itemStore<Item extends Note | Task>(items: Collection<Item>): ItemStore<Item> {
  return {
    put: (item) => items.put(item),
    get(contactId, id) {
      const item = items.get(id);
      return item?.contactId === contactId ? item : undefined;
    },
    of: (contactId) => items.having('contactId', contactId),
    remove: (id) => void items.remove(id),
  };
}
