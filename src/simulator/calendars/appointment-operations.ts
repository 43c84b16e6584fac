import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { queryNumber, requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { locationOf, owned, requireRow } from '../collections/owner.ts';
import type { FamilyCall, Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { fullName } from '../contacts/contact.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { Span } from './free-slots.ts';
import { freeSlots, perSlot, slotLength } from './free-slots.ts';

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
/** In ms, or as a date. */
const queryInstant = z.string().transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text)));
const STATUSES = ['new', 'confirmed', 'cancelled', 'showed', 'noshow', 'invalid'] as const;
const writable = {
  title: z.string().optional(),
  appointmentStatus: z.enum(STATUSES).optional(),
  assignedUserId: z.string().optional(),
  startTime: instant.optional(),
  endTime: instant.optional(),
  ignoreFreeSlotValidation: z.boolean().optional(),
};
const createBody = z.looseObject({
  ...writable,
  calendarId: requiredText,
  contactId: requiredText,
  startTime: instant,
});
const changeBody = z.looseObject({ ...writable, calendarId: requiredText.optional() });
const blockBody = z.looseObject({
  title: z.string().optional(),
  calendarId: z.string().optional(),
  assignedUserId: z.string().optional(),
  startTime: instant.optional(),
  endTime: instant.optional(),
});
const eventsQuery = z.looseObject({
  startTime: queryInstant,
  endTime: queryInstant,
  userId: z.string().optional(),
  calendarId: z.string().optional(),
  groupId: z.string().optional(),
});
const slotsQuery = z.looseObject({
  startDate: queryNumber(0, Number.MAX_SAFE_INTEGER),
  endDate: queryNumber(0, Number.MAX_SAFE_INTEGER),
  timezone: z.string().optional(),
});

type Changes = z.infer<typeof changeBody>;

export const appointmentOperations = [
  serve('GET /calendars/events', { query: eventsQuery }, (call, world) => ({
    events: eventsOf(call, world.records.appointments.inLocation(locationOf(call, world))),
  })),
  serve('GET /calendars/blocked-slots', { query: eventsQuery }, (call, world) => ({
    events: eventsOf(call, world.records.blockedSlots.inLocation(locationOf(call, world))),
  })),
  serve('POST /calendars/events/appointments', { body: createBody }, (call, world) => {
    const locationId = locationOf(call, world);
    const calendar = requireRow(world.records.calendars, call.body.calendarId, locationId, 'Calendar');
    const contact = requireRow(world.records.contacts, call.body.contactId, locationId, 'Contact');
    const { ignoreFreeSlotValidation, locationId: _locationId, ...body } = call.body;
    const base = {
      ...body,
      title: body.title ?? fullName(contact),
      appointmentStatus: body.appointmentStatus ?? (calendar.autoConfirm === false ? 'new' : 'confirmed'),
      address: textOf(body.address),
      notes: textOf(body.description),
      isRecurring: body.rrule !== undefined,
      dateAdded: call.now,
      createdBy: { userId: call.grant.userId, source: 'third_party' },
    };
    const appointment = timed({ ...base, id: world.random.id(), locationId }, calendar, call.now);
    if (ignoreFreeSlotValidation !== true) requireFree(appointment, calendar, world);
    world.records.appointments.put(appointment);
    call.announce('AppointmentCreate', locationId, appointmentEvent(appointment));
    return appointment;
  }),
  serve('GET /calendars/events/appointments/{eventId}', {}, (call, world) => ({
    event: find(call, world),
  })),
  serve('PUT /calendars/events/appointments/{eventId}', { body: changeBody }, (call, world) =>
    change(find(call, world), call.body, call, world),
  ),
  serve('DELETE /calendars/events/{eventId}', {}, (call, world) => {
    const { blockedSlots } = world.records;
    const id = param(call, 'eventId');
    if (blockedSlots.get(id) !== undefined) {
      blockedSlots.remove(owned(blockedSlots, id, call, 'Event').id);
      return { succeeded: true };
    }
    const appointment = find(call, world);
    world.records.discard('appointments', appointment.id);
    call.announce('AppointmentDelete', appointment.locationId, appointmentEvent(appointment));
    return { succeeded: true };
  }),
  serve('POST /calendars/events/block-slots', { body: blockBody }, (call, world) => {
    const locationId = locationOf(call, world);
    return block({ id: world.random.id(), locationId, dateAdded: call.now }, call.body, call.now, world);
  }),
  serve('PUT /calendars/events/block-slots/{eventId}', { body: blockBody }, (call, world) => {
    const before = owned(world.records.blockedSlots, param(call, 'eventId'), call, 'Event');
    return block(before, call.body, call.now, world);
  }),
  serve('GET /calendars/{calendarId}/free-slots', { query: slotsQuery }, (call, world) => {
    const calendar = owned(world.records.calendars, param(call, 'calendarId'), call, 'Calendar');
    const { startDate: start, endDate: end } = call.query;
    if (end <= start) throw refuse(422, ['endDate must be after startDate']);
    const timezone = call.query.timezone ?? world.directory.location(calendar.locationId)?.timezone ?? 'UTC';
    return freeSlots(calendar, { start, end }, busyOf(calendar, world), timezone);
  }),
  serve('GET /contacts/{contactId}/appointments', {}, (call, world) => {
    const contact = owned(world.records.contacts, param(call, 'contactId'), call, 'Contact');
    return { events: world.records.appointments.having('contactId', contact.id) };
  }),
];

function find(call: Call, world: World): Document {
  return owned(world.records.appointments, param(call, 'eventId'), call, 'Appointment');
}

function change(
  before: Document,
  { ignoreFreeSlotValidation, ...changes }: Changes,
  call: Pick<FamilyCall<Fields, Fields>, 'now' | 'announce'>,
  world: World,
): Document {
  const { locationId } = before;
  const calendarId = changes.calendarId ?? textOf(before.calendarId);
  const calendar = requireRow(world.records.calendars, calendarId, locationId, 'Calendar');
  const { id, contactId } = before;
  // A new start moves the end with it, unless that is given as well.
  const endTime = changes.endTime ?? (changes.startTime === undefined ? before.endTime : undefined);
  const after = timed({ ...before, ...changes, endTime, id, contactId, locationId }, calendar, call.now);
  const isMoved = changes.startTime !== undefined || changes.endTime !== undefined;
  if (isMoved && ignoreFreeSlotValidation !== true) requireFree(after, calendar, world);
  world.records.appointments.put(after);
  call.announce('AppointmentUpdate', locationId, appointmentEvent(after));
  return after;
}

/** With what follows from its calendar: an end, a person, a group. */
function timed(row: Document, calendar: Document, now: string): Document {
  const endTime =
    textOf(row.endTime) || new Date(Date.parse(textOf(row.startTime)) + slotLength(calendar)).toISOString();
  const assignedUserId = textOf(row.assignedUserId);
  if (Date.parse(endTime) <= Date.parse(textOf(row.startTime)))
    throw refuse(422, ['endTime must be after startTime']);
  return {
    ...row,
    endTime,
    assignedUserId,
    users: assignedUserId === '' ? [] : [assignedUserId],
    groupId: textOf(calendar.groupId),
    calendarId: calendar.id,
    dateUpdated: now,
  };
}

/** @throws Refusal 400 where the calendar takes no more at that time */
function requireFree(appointment: Document, calendar: Document, world: World): void {
  const wanted = spanOf(appointment);
  const others = busyOf(calendar, world, appointment.id).filter(
    ({ start, end }) => start < wanted.end && end > wanted.start,
  );
  if (others.length >= perSlot(calendar)) {
    throw refuse(400, 'The slot you have selected is no longer available.');
  }
}

function busyOf(calendar: Document, world: World, except = ''): Span[] {
  const { appointments, blockedSlots } = world.records;
  const booked = appointments
    .having('calendarId', calendar.id)
    .filter(({ id, appointmentStatus }) => id !== except && appointmentStatus !== 'cancelled');
  const blocked = blockedSlots
    .inLocation(calendar.locationId)
    .filter((slot) => slot.calendarId === calendar.id);
  return [...booked, ...blocked].map(spanOf);
}

function spanOf(row: Document): Span {
  return { start: Date.parse(textOf(row.startTime)), end: Date.parse(textOf(row.endTime)) };
}

/** @throws Refusal 422 where the call says neither whose events it wants nor of which calendar */
function eventsOf(
  call: { readonly query: z.infer<typeof eventsQuery> },
  rows: readonly Document[],
): readonly Document[] {
  const { startTime, endTime, userId, calendarId, groupId } = call.query;
  if (userId === undefined && calendarId === undefined && groupId === undefined) {
    throw refuse(422, ['Either of userId, calendarId or groupId is required']);
  }
  return rows.filter((row) => {
    const { start, end } = spanOf(row);
    return (
      start < endTime &&
      end > startTime &&
      (userId === undefined || row.assignedUserId === userId) &&
      (calendarId === undefined || row.calendarId === calendarId) &&
      (groupId === undefined || row.groupId === groupId)
    );
  });
}

function block(before: Document, body: z.infer<typeof blockBody>, now: string, world: World): Document {
  const { locationId: _locationId, ...fields } = body;
  if (body.calendarId !== undefined) {
    requireRow(world.records.calendars, body.calendarId, before.locationId, 'Calendar');
  }
  const slot: Document = {
    title: 'Blocked',
    contactId: '',
    groupId: '',
    appointmentStatus: 'confirmed',
    users: [],
    calendarId: '',
    assignedUserId: '',
    ...before,
    ...fields,
    dateUpdated: now,
  };
  if (!(spanOf(slot).end > spanOf(slot).start)) throw refuse(422, ['endTime must be after startTime']);
  return world.records.blockedSlots.put(slot);
}

const EVENT_FIELDS = [
  'id',
  'address',
  'title',
  'calendarId',
  'contactId',
  'groupId',
  'appointmentStatus',
  'assignedUserId',
  'users',
  'notes',
  'startTime',
  'endTime',
  'dateAdded',
  'dateUpdated',
] as const;

/** What every appointment event carries. */
function appointmentEvent(row: Document): Fields {
  const appointment = Object.fromEntries(EVENT_FIELDS.map((name) => [name, row[name]]));
  return { appointment: { ...appointment, source: 'third_party' } };
}
