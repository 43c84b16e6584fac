import type { Clock } from '../world/clock.ts';
import type { Random } from '../world/random.ts';
import type { Contact, ContactFields } from './contact.ts';
import { fullName } from './contact.ts';

export interface Note {
  readonly id: string;
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
  /** Removes the contact with its notes and tasks. */
  remove(id: string): Contact | undefined;
  /** Newest first. */
  inLocation(locationId: string): Contact[];
  /** The contact in this location with the same email, else the same phone. */
  findDuplicate(locationId: string, fields: ContactFields): Duplicate | undefined;
  readonly notes: ItemStore<Note>;
  readonly tasks: ItemStore<Task>;
  counts(): { contacts: number; notes: number; tasks: number };
  clear(): void;
}

/** Things that belong to a contact. */
export interface ItemStore<Item extends { readonly id: string; readonly contactId: string }> {
  put(item: Item): Item;
  get(contactId: string, id: string): Item | undefined;
  of(contactId: string): Item[];
  remove(id: string): void;
  readonly size: number;
  clear(): void;
}

export function createContactBook(clock: Clock, random: Random): ContactBook {
  const contacts = new Map<string, Contact>();
  const notes = createItemStore<Note>();
  const tasks = createItemStore<Task>();

  function inLocation(locationId: string): Contact[] {
    return [...contacts.values()]
      .filter((contact) => contact.locationId === locationId)
      .toSorted((a, b) => b.dateAdded.localeCompare(a.dateAdded) || a.id.localeCompare(b.id));
  }

  return {
    notes,
    tasks,
    inLocation,
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
      contacts.set(contact.id, contact);
      return contact;
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
      contacts.set(id, after);
      return { before, after };
    },
    remove(id) {
      const contact = contacts.get(id);
      contacts.delete(id);
      for (const note of notes.of(id)) notes.remove(note.id);
      for (const task of tasks.of(id)) tasks.remove(task.id);
      return contact;
    },
    findDuplicate(locationId, fields) {
      const wanted = normalise(fields);
      for (const matchingField of ['email', 'phone'] as const) {
        const value = wanted[matchingField];
        if (!value) continue;
        const contact = inLocation(locationId).find((other) => other[matchingField] === value);
        if (contact !== undefined) return { contact, matchingField };
      }
      return undefined;
    },
    counts: () => ({ contacts: contacts.size, notes: notes.size, tasks: tasks.size }),
    clear() {
      contacts.clear();
      notes.clear();
      tasks.clear();
    },
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
  const words = [fullName(contact), contact.email, contact.phone, contact.companyName];
  return words.some((word) => word?.toLowerCase().includes(text.toLowerCase()));
}

function createItemStore<
  Item extends { readonly id: string; readonly contactId: string },
>(): ItemStore<Item> {
  const items = new Map<string, Item>();
  return {
    put(item) {
      items.set(item.id, item);
      return item;
    },
    get(contactId, id) {
      const item = items.get(id);
      return item?.contactId === contactId ? item : undefined;
    },
    of: (contactId) => [...items.values()].filter((item) => item.contactId === contactId),
    remove: (id) => void items.delete(id),
    get size() {
      return items.size;
    },
    clear: () => items.clear(),
  };
}
