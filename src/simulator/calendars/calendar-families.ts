import { z } from 'zod';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import { locationOf, requireRow } from '../collections/owner.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import { keyOfName } from '../locations/custom-field.ts';
import type { World } from '../world/world.ts';
import { DEFAULT_HOURS } from './free-slots.ts';

/** What a calendar has unless its maker says otherwise. */
export const CALENDAR_DEFAULTS = {
  isActive: true,
  description: '',
  calendarType: 'event',
  eventTitle: '{{contact.name}}',
  eventColor: '#039be5',
  widgetType: 'default',
  slotDuration: 30,
  slotDurationUnit: 'mins',
  slotInterval: 30,
  slotIntervalUnit: 'mins',
  appoinmentPerSlot: 1,
  allowReschedule: true,
  allowCancellation: true,
  autoConfirm: true,
  teamMembers: [],
  openHours: DEFAULT_HOURS,
} as const;

const groups = familyOf({
  rows: (world) => world.records.calendarGroups,
  what: 'Group',
  complete: (row) => ({ isActive: row.isActive ?? true }),
  check(row, world) {
    if (!isFree(textOf(row.slug), row.id, row.locationId, world))
      throw refuse(400, 'The slug is already taken');
  },
});

const calendars = familyOf({
  rows: (world) => world.records.calendars,
  what: 'Calendar',
  complete: (row) => ({
    ...CALENDAR_DEFAULTS,
    slug: keyOfName(textOf(row.name)).replaceAll('_', '-'),
    ...row,
  }),
  check(row, world) {
    const groupId = textOf(row.groupId);
    if (groupId !== '') requireRow(world.records.calendarGroups, groupId, row.locationId, 'Group');
    for (const userId of memberIds(row)) {
      const user = world.directory.user(userId);
      if (user?.locationIds.includes(row.locationId) !== true)
        throw refuse(400, `User ${userId} was not found`);
    }
  },
  removed(calendar, world) {
    for (const { id } of world.records.appointments.having('calendarId', calendar.id)) {
      world.records.discard('appointments', id);
    }
  },
});

export const calendarFamilies = [
  groups.list('GET /calendars/groups', 'groups'),
  groups.create('POST /calendars/groups', 'group', { name: requiredText, slug: requiredText }),
  groups.change('PUT /calendars/groups/{groupId}', 'group', { name: requiredText, slug: requiredText }),
  groups.change('PUT /calendars/groups/{groupId}/status', () => ({ success: true }), {
    isActive: z.boolean(),
  }),
  groups.remove('DELETE /calendars/groups/{groupId}', { success: true }),
  serve(
    'POST /calendars/groups/validate-slug',
    { body: z.looseObject({ slug: requiredText }) },
    (call, world) => ({
      available: isFree(call.body.slug, '', locationOf(call, world), world),
    }),
  ),
  calendars.list('GET /calendars/', 'calendars', {
    equal: ['groupId'],
    only: (row, { showDrafted }) => row.isActive !== false || showDrafted !== false,
  }),
  calendars.create('POST /calendars/', 'calendar', { name: requiredText }),
  calendars.read('GET /calendars/{calendarId}', 'calendar'),
  calendars.change('PUT /calendars/{calendarId}', 'calendar'),
  calendars.remove('DELETE /calendars/{calendarId}', { success: true }),
];

function isFree(slug: string, groupId: string, locationId: string, world: World): boolean {
  const all = world.records.calendarGroups.inLocation(locationId);
  return all.every((group) => group.id === groupId || group.slug !== slug);
}

function memberIds(row: Document): string[] {
  const members: readonly unknown[] = Array.isArray(row.teamMembers) ? row.teamMembers : [];
  return members.map((member) => textOf(Reflect.get(Object(member), 'userId')));
}
