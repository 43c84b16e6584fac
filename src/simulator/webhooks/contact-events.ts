import type { Note, Task } from '../contacts/contact-book.ts';
import type { Contact } from '../contacts/contact.ts';
import { fullName } from '../contacts/contact.ts';
import type { World } from '../world/world.ts';
import { announce } from './announce.ts';

type ContactEvent =
  | 'ContactCreate'
  | 'ContactUpdate'
  | 'ContactDelete'
  | 'ContactTagUpdate'
  | 'ContactDndUpdate';
type NoteEvent = 'NoteCreate' | 'NoteUpdate' | 'NoteDelete';
type TaskEvent = 'TaskCreate' | 'TaskComplete' | 'TaskDelete';

export function emitContact(type: ContactEvent, contact: Contact, world: World): void {
  const { dndSettings, ...fields } = contact;
  announce(
    type,
    contact.locationId,
    {
      id: contact.id,
      address1: fields.address1 ?? undefined,
      city: fields.city ?? undefined,
      state: fields.state ?? undefined,
      companyName: fields.companyName ?? undefined,
      country: fields.country ?? undefined,
      source: fields.source,
      dateAdded: fields.dateAdded,
      dateOfBirth: fields.dateOfBirth ?? undefined,
      dnd: fields.dnd,
      dndSettings: type === 'ContactDndUpdate' ? dndSettings : undefined,
      email: fields.email ?? undefined,
      name: fullName(contact),
      firstName: fields.firstName ?? undefined,
      lastName: fields.lastName ?? undefined,
      phone: fields.phone ?? undefined,
      postalCode: fields.postalCode ?? undefined,
      tags: fields.tags,
      website: fields.website ?? undefined,
      attachments: [],
      assignedTo: fields.assignedTo ?? undefined,
      customFields: fields.customFields,
    },
    world,
  );
}

/** One change may fire several: ContactUpdate, and the specific event where tags or do-not-disturb changed. */
export function emitContactChange(before: Contact, after: Contact, world: World): void {
  const unchanged = { ...after, dateUpdated: before.dateUpdated };
  if (same(before, unchanged)) return;
  emitContact('ContactUpdate', after, world);
  if (!same(before.tags, after.tags)) emitContact('ContactTagUpdate', after, world);
  if (before.dnd !== after.dnd || !same(before.dndSettings, after.dndSettings)) {
    emitContact('ContactDndUpdate', after, world);
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Notes come with these fields alone; author and title never do. */
export function emitNote(type: NoteEvent, note: Note, locationId: string, world: World): void {
  const { id, body, contactId, dateAdded } = note;
  announce(type, locationId, { id, body, contactId, dateAdded }, world);
}

/** TaskCreate comes without the `contactId` and `body` that its documentation shows. */
export function emitTask(type: TaskEvent, task: Task, locationId: string, world: World): void {
  const { id, assignedTo, body, contactId, title, dateAdded, dueDate } = task;
  const event = { id, assignedTo, title, dateAdded, dueDate };
  announce(type, locationId, type === 'TaskCreate' ? event : { ...event, body, contactId }, world);
}
