import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FamilyWorld } from './family.ts';
import { createFamilyWorld } from './family.ts';
import { toRecord } from './receiver.ts';
import { toList } from './world.ts';

let world: FamilyWorld;
let calendarId: string;
let contactId: string;
beforeEach(async () => {
  world = await createFamilyWorld();
  const body = { locationId: world.location, name: 'Long talks', slotDuration: 45, slotInterval: 45 };
  calendarId = String(toRecord((await world.ask('POST /calendars/', '', body))['calendar'])['id']);
  const contact = { locationId: world.location, name: 'Tom Slot' };
  contactId = String(toRecord((await world.ask('POST /contacts/', '', contact))['contact'])['id']);
});
afterEach(() => world.dispose());

const book = (startTime: string, fields: Record<string, unknown> = {}): ReturnType<FamilyWorld['send']> =>
  world.send('POST', '/calendars/events/appointments', {
    calendarId,
    locationId: world.location,
    contactId,
    startTime,
    ...fields,
  });

describe('calendars', () => {
  it('are made with hours, changed, listed and deleted', async () => {
    const path = `/calendars/${calendarId}`;
    const calendar = toRecord((await world.ask('GET /calendars/{calendarId}', path))['calendar']);
    expect(calendar).toMatchObject({
      name: 'Long talks',
      slug: 'long-talks',
      slotDuration: 45,
      isActive: true,
    });
    expect(toList(calendar['openHours'])).toHaveLength(5);
    await world.ask('PUT /calendars/{calendarId}', path, { name: 'Short talks' });
    const { calendars } = await world.ask('GET /calendars/', `?locationId=${world.location}`);
    expect(toList(calendars).map(({ name }) => name)).toEqual(['First visit', 'Follow-up', 'Short talks']);
    expect(await world.statusElsewhere('GET', path)).toBe(404);
    const { body } = await book('2030-01-07T10:00:00Z');
    await world.ask('DELETE /calendars/{calendarId}', path);
    expect((await world.send('GET', path)).status).toBe(404);
    expect((await world.send('GET', `/calendars/events/appointments/${String(body['id'])}`)).status).toBe(
      404,
    );
  });

  it('stand in groups', async () => {
    const { location: locationId } = world;
    const body = { locationId, name: 'Talks', description: 'All talks', slug: 'talks' };
    const group = toRecord((await world.ask('POST /calendars/groups', '', body))['group']);
    const taken = await world.ask('POST /calendars/groups/validate-slug', '', { locationId, slug: 'talks' });
    expect(taken).toMatchObject({ available: false });
    expect((await world.send('POST', '/calendars/groups', body)).status).toBe(400);
    await world.ask('PUT /calendars/{calendarId}', `/calendars/${calendarId}`, { groupId: group['id'] });
    const query = `?locationId=${locationId}&groupId=${String(group['id'])}`;
    expect(toList((await world.ask('GET /calendars/', query))['calendars'])).toMatchObject([
      { id: calendarId },
    ]);
    const wrong = await world.send('PUT', `/calendars/${calendarId}`, { groupId: 'none' });
    expect(wrong).toMatchObject({ status: 400, body: { message: 'Group none was not found' } });
  });

  it('offer what is free, in the time zone asked for', async () => {
    const [startDate, endDate] = [
      Date.parse('2030-01-07T00:00:00-06:00'),
      Date.parse('2030-01-08T00:00:00-06:00'),
    ];
    const query = `/calendars/${calendarId}/free-slots?startDate=${startDate}&endDate=${endDate}`;
    const free = await world.ask('GET /calendars/{calendarId}/free-slots', query);
    const { slots } = toRecord(free['2030-01-07']);
    expect(slots).toHaveLength(10);
    expect(slots).toContain('2030-01-07T09:45:00-06:00');
    await book('2030-01-07T09:45:00-06:00');
    const left = await world.ask('GET /calendars/{calendarId}/free-slots', query);
    expect(toRecord(left['2030-01-07'])['slots']).not.toContain('2030-01-07T09:45:00-06:00');
    const abroad = await world.ask(
      'GET /calendars/{calendarId}/free-slots',
      `${query}&timezone=Europe/Berlin`,
    );
    expect(Object.keys(abroad)).toContain('2030-01-07');
    expect(toRecord(abroad['2030-01-07'])['slots']).toContain('2030-01-07T09:00:00+01:00');
  });
});

describe('appointments', () => {
  it('are booked, moved and deleted, with an event for each', async () => {
    await world.events();
    const { body: made } = await book('2030-01-07T10:00:00Z', { title: 'Roof talk' });
    expect(made).toMatchObject({
      title: 'Roof talk',
      appointmentStatus: 'confirmed',
      endTime: '2030-01-07T10:45:00.000Z',
    });
    const path = `/calendars/events/appointments/${String(made['id'])}`;
    const route = 'PUT /calendars/events/appointments/{eventId}';
    await world.ask(route, path, { startTime: '2030-01-07T12:00:00Z', endTime: '2030-01-07T12:30:00Z' });
    const read = await world.ask('GET /calendars/events/appointments/{eventId}', path);
    expect(read['event']).toMatchObject({ startTime: '2030-01-07T12:00:00Z', contactId, calendarId });
    const ofContact = await world.ask(
      'GET /contacts/{contactId}/appointments',
      `/contacts/${contactId}/appointments`,
    );
    expect(toList(ofContact['events'])).toMatchObject([{ id: made['id'] }]);
    expect(await world.statusElsewhere('GET', path)).toBe(404);
    await world.ask('DELETE /calendars/events/{eventId}', `/calendars/events/${String(made['id'])}`, {});
    const events = await world.events();
    expect([...events.keys()].toSorted()).toEqual([
      'AppointmentCreate',
      'AppointmentDelete',
      'AppointmentUpdate',
    ]);
    expect(events.get('AppointmentCreate')).toMatchObject({
      locationId: world.location,
      appointment: {
        id: made['id'],
        calendarId,
        contactId,
        title: 'Roof talk',
        appointmentStatus: 'confirmed',
      },
    });
  });

  it('need a calendar, a contact and a free slot', async () => {
    expect((await book('2030-01-07T10:00:00Z', { calendarId: 'none' })).body['message']).toBe(
      'Calendar none was not found',
    );
    expect((await book('2030-01-07T10:00:00Z', { contactId: 'none' })).body['message']).toBe(
      'Contact none was not found',
    );
    expect((await book('2030-01-07T10:00:00Z')).status).toBeLessThan(300);
    expect(await book('2030-01-07T10:15:00Z')).toMatchObject({
      status: 400,
      body: { message: 'The slot you have selected is no longer available.' },
    });
    expect((await book('2030-01-07T10:15:00Z', { ignoreFreeSlotValidation: true })).status).toBeLessThan(300);
  });

  it('are listed for a time and a calendar', async () => {
    await book('2030-01-07T10:00:00Z');
    await book('2030-02-07T10:00:00Z');
    const time = `startTime=${Date.UTC(2030, 0, 1)}&endTime=${Date.UTC(2030, 1, 1)}`;
    const query = `?locationId=${world.location}&${time}`;
    const { events } = await world.ask('GET /calendars/events', `${query}&calendarId=${calendarId}`);
    expect(toList(events)).toHaveLength(1);
    expect((await world.send('GET', `/calendars/events${query}`)).body['message']).toEqual([
      'Either of userId, calendarId or groupId is required',
    ]);
  });

  it('have notes', async () => {
    const { body } = await book('2030-01-07T10:00:00Z');
    const path = `/calendars/appointments/${String(body['id'])}/notes`;
    const route = '/calendars/appointments/{appointmentId}/notes';
    const note = toRecord((await world.ask(`POST ${route}`, path, { body: 'Bring plans' }))['note']);
    await world.ask(`PUT ${route}/{noteId}`, `${path}/${String(note['id'])}`, { body: 'Bring all plans' });
    const list = await world.ask(`GET ${route}`, `${path}?limit=10&offset=0`);
    expect(list).toMatchObject({ hasMore: false, notes: [{ body: 'Bring all plans', contactId }] });
    await world.ask(`DELETE ${route}/{noteId}`, `${path}/${String(note['id'])}`);
  });

  it('give way to blocked slots', async () => {
    const blocked = {
      calendarId,
      locationId: world.location,
      startTime: '2030-01-07T10:00:00Z',
      endTime: '2030-01-07T11:00:00Z',
    };
    const slot = await world.ask('POST /calendars/events/block-slots', '', blocked);
    expect((await book('2030-01-07T10:30:00Z')).status).toBe(400);
    await world.ask('DELETE /calendars/events/{eventId}', `/calendars/events/${String(slot['id'])}`, {});
    expect((await book('2030-01-07T10:30:00Z')).status).toBeLessThan(300);
  });
});
