import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { owned } from '../collections/owner.ts';
import { pageFields, pageOf } from '../collections/pages.ts';
import { serve } from '../collections/serve.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';

const noteBody = z.looseObject({ body: requiredText, userId: z.string().optional() });
const notesPath = '/calendars/appointments/{appointmentId}/notes';

function findNote(call: Call, world: World): Document {
  const note = owned(world.records.appointmentNotes, param(call, 'noteId'), call, 'Note');
  if (note.appointmentId !== param(call, 'appointmentId')) throw refuse(404, 'Note not found');
  return note;
}

export const appointmentNoteOperations = [
  serve(`GET ${notesPath}`, { query: z.looseObject(pageFields) }, (call, world) => {
    const appointment = owned(world.records.appointments, param(call, 'appointmentId'), call, 'Appointment');
    const found = world.records.appointmentNotes.having('appointmentId', appointment.id);
    const notes = pageOf(found, call.query, 'offset');
    return { notes, hasMore: notes.length > 0 && notes.at(-1) !== found.at(-1) };
  }),
  serve(`POST ${notesPath}`, { body: noteBody }, (call, world) => {
    const appointment = owned(world.records.appointments, param(call, 'appointmentId'), call, 'Appointment');
    const { body, userId = call.grant.userId } = call.body;
    const user = world.directory.user(userId);
    const note = world.records.appointmentNotes.put({
      id: world.random.id(),
      locationId: appointment.locationId,
      appointmentId: appointment.id,
      contactId: appointment.contactId,
      body,
      userId,
      dateAdded: call.now,
      createdBy: { id: userId, name: user === undefined ? '' : `${user.firstName} ${user.lastName}` },
    });
    return { note };
  }),
  serve(`PUT ${notesPath}/{noteId}`, { body: noteBody }, (call, world) => ({
    note: world.records.appointmentNotes.put({ ...findNote(call, world), body: call.body.body }),
  })),
  serve(`DELETE ${notesPath}/{noteId}`, {}, (call, world) => {
    world.records.appointmentNotes.remove(findNote(call, world).id);
    return { success: true };
  }),
];
