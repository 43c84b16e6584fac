import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { nothing, operation, param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import { jsonReply } from '../http/messages.ts';
import { refuse } from '../http/refusal.ts';
import { emitNote } from '../webhooks/contact-events.ts';
import type { World } from '../world/world.ts';
import type { Note } from './contact-book.ts';
import { findContact, reading, writing } from './find-contact.ts';

const details = {
  userId: z.string().optional(),
  title: z.string().optional(),
  color: z.string().optional(),
  pinned: z.boolean().optional(),
};
const createBody = z.strictObject({ body: requiredText, ...details });
const updateBody = z.strictObject({ body: z.string().optional(), ...details });

const all = '/contacts/{contactId}/notes';
const one = `${all}/{id}`;

export const noteOperations = [
  operation(reading('GET', all), nothing, nothing, (call, world) => {
    const notes = world.contacts.notes.of(findContact(call, world).id);
    return jsonReply(200, { notes: notes.map(toAnswer), traceId: world.random.uuid() });
  }),
  operation(writing('POST', all), nothing, createBody, (call, world) => {
    const contact = findContact(call, world);
    const note = world.contacts.notes.put({
      ...call.body,
      id: world.random.id(),
      contactId: contact.id,
      locationId: contact.locationId,
      dateAdded: new Date(world.clock.now()).toISOString(),
    });
    return {
      ...jsonReply(201, { note: toAnswer(note), traceId: world.random.uuid() }),
      after: () => emitNote('NoteCreate', note, contact.locationId, world),
    };
  }),
  operation(reading('GET', one), nothing, nothing, (call, world) =>
    jsonReply(200, { note: toAnswer(findNote(call, world).note), traceId: world.random.uuid() }),
  ),
  operation(writing('PUT', one), nothing, updateBody, (call, world) => {
    const { note: before, locationId } = findNote(call, world);
    const note = world.contacts.notes.put({ ...before, ...call.body, body: call.body.body ?? before.body });
    return {
      ...jsonReply(200, { note: toAnswer(note), traceId: world.random.uuid() }),
      after: () => emitNote('NoteUpdate', note, locationId, world),
    };
  }),
  operation(writing('DELETE', one), nothing, nothing, (call, world) => {
    const { note, locationId } = findNote(call, world);
    world.contacts.notes.remove(note.id);
    return {
      ...jsonReply(200, { succeded: true, traceId: world.random.uuid() }),
      after: () => emitNote('NoteDelete', note, locationId, world),
    };
  }),
];

function findNote(call: Call, world: World): { note: Note; locationId: string } {
  const contact = findContact(call, world);
  const note = world.contacts.notes.get(contact.id, param(call, 'id'));
  if (note === undefined) throw refuse(404, 'Note not found');
  return { note, locationId: contact.locationId };
}

function toAnswer({ locationId: _locationId, ...answer }: Note): Omit<Note, 'locationId'> {
  return answer;
}
