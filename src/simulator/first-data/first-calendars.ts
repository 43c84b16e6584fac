import { CALENDAR_DEFAULTS } from '../calendars/calendar-families.ts';
import type { Document } from '../collections/family.ts';
import { fullName } from '../contacts/contact.ts';
import type { Seeding } from './seeding.ts';

const CALENDARS = [
  ['First visit', 30],
  ['Follow-up', 60],
] as const;

const COUNT = 6;

/** A group with two calendars, appointments from the last days and for the next ones, and a blocked hour. */
export function addFirstCalendars({ records, location, contacts, user, random, ago }: Seeding): void {
  const locationId = location.id;
  const group = records.calendarGroups.put({
    id: random.id(),
    locationId,
    name: 'Visits',
    description: 'Everything that can be booked',
    slug: 'visits',
    isActive: true,
  });
  const calendars = CALENDARS.map(([name, slotDuration]): Document =>
    records.calendars.put({
      ...CALENDAR_DEFAULTS,
      id: random.id(),
      locationId,
      groupId: group.id,
      name,
      slug: name.toLowerCase().replace(' ', '-'),
      slotDuration,
      teamMembers: [{ userId: user.id, priority: 0.5, isPrimary: true }],
    }),
  );
  for (const [index, contact] of contacts.slice(0, COUNT).entries()) {
    const calendar = calendars[index % calendars.length];
    if (calendar === undefined) continue;
    // Half of them are over.
    const hours = (index - COUNT / 2) * 24;
    records.appointments.put({
      id: random.id(),
      locationId,
      calendarId: calendar.id,
      contactId: contact.id,
      groupId: group.id,
      title: `${fullName(contact)}: ${String(calendar.name)}`,
      appointmentStatus: hours < 0 ? 'confirmed' : 'showed',
      assignedUserId: user.id,
      users: [user.id],
      address: location.address,
      notes: '',
      startTime: ago(hours),
      endTime: ago(hours - 0.5),
      dateAdded: ago(24 * 10),
      dateUpdated: ago(24 * 10),
      createdBy: { userId: user.id, source: 'booking_widget' },
    });
  }
  records.blockedSlots.put({
    id: random.id(),
    locationId,
    calendarId: calendars[0]?.id ?? '',
    contactId: '',
    groupId: group.id,
    title: 'Lunch',
    appointmentStatus: 'confirmed',
    assignedUserId: user.id,
    users: [user.id],
    startTime: ago(-20),
    endTime: ago(-21),
    dateAdded: ago(24),
    dateUpdated: ago(24),
  });
}
