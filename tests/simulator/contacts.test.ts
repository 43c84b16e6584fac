import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, installed, otherLocation, toList } from './world.ts';
import { toRecord } from './receiver.ts';

let world: TestWorld;
let token: string;
beforeEach(async () => {
  world = await createTestWorld();
  token = await installed(world);
});
afterEach(() => world.dispose());

const call = (method: string, path: string, body?: unknown) => world.call(token, method, path, body);

async function createContact(fields: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const answer = await call('POST', '/contacts/', {
    locationId: firstLocation(world),
    name: 'Ada Adler',
    email: 'Ada@New.example',
    ...fields,
  });
  expect(answer.status).toBe(201);
  return toRecord(answer.body['contact']);
}

function typesOf(sent: readonly Record<string, unknown>[]): string[] {
  return sent.map((event) => String(event['type'])).toSorted();
}

/** The events after INSTALL, once all are delivered. */
async function events(): Promise<Record<string, unknown>[]> {
  await world.simulator.idle();
  return world.receiver.received.slice(1).map(({ body }) => body);
}

describe('contacts', () => {
  it('creates, reads, changes and deletes one, with an event for each change', async () => {
    const contact = await createContact({ tags: ['VIP', 'vip'], phone: '+1 (312) 555-7777' });
    expect(contact).toMatchObject({
      firstName: 'Ada',
      lastName: 'Adler',
      email: 'ada@new.example',
      phone: '+13125557777',
      tags: ['vip'],
      locationId: firstLocation(world),
    });
    const path = `/contacts/${String(contact['id'])}`;
    expect((await call('GET', path)).body['contact']).toMatchObject({ id: contact['id'] });
    const changed = await call('PUT', path, { city: 'Chicago', dnd: true });
    expect(changed.body).toMatchObject({ succeded: true, contact: { city: 'Chicago', dnd: true } });
    expect((await call('DELETE', path)).body).toMatchObject({ succeded: true });
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { message: 'Contact not found' } });
    const sent = await events();
    expect(typesOf(sent)).toEqual(['ContactCreate', 'ContactDelete', 'ContactDndUpdate', 'ContactUpdate']);
    expect(sent.find((event) => event['type'] === 'ContactCreate')).toMatchObject({
      locationId: firstLocation(world),
      appId: world.simulator.appId,
      id: contact['id'],
      name: 'Ada Adler',
      tags: ['vip'],
      attachments: [],
    });
  });

  it('fires nothing where nothing changed', async () => {
    const contact = await createContact({ city: 'Chicago' });
    await call('PUT', `/contacts/${String(contact['id'])}`, { city: 'Chicago' });
    expect((await events()).map((event) => event['type'])).toEqual(['ContactCreate']);
  });

  it('names what is missing, wrong and unknown', async () => {
    const answer = await call('POST', '/contacts/', { email: 'nobody', foo: 1, tags: 'vip' });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ statusCode: 422, error: 'Unprocessable Entity' });
    expect(answer.body['message']).toEqual(
      expect.arrayContaining([
        'locationId must be a string',
        'locationId should not be empty',
        'email must be an email',
        'tags must be an array',
        'property foo should not exist',
      ]),
    );
    expect((await call('GET', '/contacts/')).body['message']).toContain('locationId should not be empty');
  });

  it('refuses a duplicate and says which contact it is', async () => {
    const contact = await createContact();
    const again = await call('POST', '/contacts', {
      locationId: firstLocation(world),
      email: 'ADA@new.example',
    });
    expect(again).toMatchObject({
      status: 400,
      body: {
        message: 'This location does not allow duplicated contacts.',
        meta: { contactId: contact['id'], matchingField: 'email' },
      },
    });
  });

  it('upserts by email', async () => {
    const fields = { locationId: firstLocation(world), email: 'up@new.example' };
    const created = await call('POST', '/contacts/upsert', fields);
    expect(created).toMatchObject({ status: 201, body: { new: true } });
    const updated = await call('POST', '/contacts/upsert', { ...fields, city: 'Oslo' });
    expect(updated).toMatchObject({ status: 200, body: { new: false, contact: { city: 'Oslo' } } });
    expect(toRecord(updated.body['contact'])['id']).toBe(toRecord(created.body['contact'])['id']);
  });

  it("does not show another location's contact", async () => {
    const contact = await createContact();
    const other = await world.exchange(await world.codeFor(otherLocation(world)));
    const path = `/contacts/${String(contact['id'])}`;
    expect((await world.call(String(other.body['access_token']), 'GET', path)).status).toBe(403);
  });

  it('pages through all of them with startAfter and startAfterId', async () => {
    const seen: unknown[] = [];
    let path = `/contacts/?locationId=${firstLocation(world)}&limit=10`;
    for (;;) {
      const { body } = await call('GET', path);
      seen.push(...toList(body['contacts']).map((contact) => contact['id']));
      const next = toRecord(body['meta'])['nextPageUrl'];
      if (typeof next !== 'string') break;
      path = next.replace(world.simulator.url, '');
    }
    expect(seen).toHaveLength(24);
    expect(new Set(seen).size).toBe(24);
  });

  it('searches by text and goes on with searchAfter', async () => {
    await createContact();
    const locationId = firstLocation(world);
    const found = await call('POST', '/contacts/search', { locationId, query: 'ada@new' });
    expect(found.body).toMatchObject({ total: 1 });
    const first = await call('POST', '/contacts/search', { locationId, pageLimit: 20 });
    const searchAfter = toList(first.body['contacts']).at(-1)?.['searchAfter'];
    const second = await call('POST', '/contacts/search', { locationId, pageLimit: 20, searchAfter });
    expect(toList(second.body['contacts'])).toHaveLength(5);
  });

  it('sends no contact events without the scope that unlocks them', async () => {
    token = await installed(world, 'contacts.write');
    await createContact();
    await world.simulator.idle();
    expect(world.receiver.types()).toEqual(['INSTALL', 'INSTALL']);
  });
});

describe('what belongs to a contact', () => {
  it('adds and removes tags', async () => {
    const path = `/contacts/${String((await createContact())['id'])}/tags`;
    expect(await call('POST', path, { tags: ['Gold'] })).toMatchObject({
      status: 201,
      body: { tags: ['gold'] },
    });
    expect(await call('DELETE', path, { tags: ['gold'] })).toMatchObject({ status: 200, body: { tags: [] } });
    const types = (await events()).map((event) => event['type']);
    expect(types.filter((type) => type === 'ContactTagUpdate')).toHaveLength(2);
    const locationTags = await call('GET', `/locations/${firstLocation(world)}/tags`);
    expect(toList(locationTags.body['tags'])[0]).toMatchObject({ locationId: firstLocation(world) });
  });

  it('keeps notes, whose events carry four fields alone', async () => {
    const contactId = String((await createContact())['id']);
    const path = `/contacts/${contactId}/notes`;
    const { body } = await call('POST', path, { body: 'Called back', title: 'Call' });
    const note = toRecord(body['note']);
    expect(note).toMatchObject({ body: 'Called back', title: 'Call', contactId });
    const one = `${path}/${String(note['id'])}`;
    expect((await call('PUT', one, { body: 'Called twice' })).body['note']).toMatchObject({ title: 'Call' });
    expect(toList((await call('GET', path)).body['notes'])).toHaveLength(1);
    expect((await call('DELETE', one)).status).toBe(200);
    expect((await call('GET', one)).status).toBe(404);
    expect(await call('POST', path, { body: 'x', locationId: firstLocation(world) })).toMatchObject({
      status: 422,
      body: { message: ['property locationId should not exist'] },
    });
    const sent = (await events()).filter((event) => String(event['type']).startsWith('Note'));
    expect(typesOf(sent)).toEqual(['NoteCreate', 'NoteDelete', 'NoteUpdate']);
    for (const event of sent) {
      expect(event).toMatchObject({ id: note['id'], contactId });
      expect(event).not.toHaveProperty('title');
    }
  });

  it('keeps tasks and says when one is completed', async () => {
    const path = `/contacts/${String((await createContact())['id'])}/tasks`;
    const refused = await call('POST', path, { title: 'Call', dueDate: 'tomorrow' });
    expect(refused.body['message']).toEqual([
      'dueDate must be a valid ISO 8601 date string',
      'completed must be a boolean value',
      'completed should not be empty',
    ]);
    const fields = { title: 'Call', body: 'About Friday', dueDate: '2026-12-01T09:00:00Z', completed: false };
    const task = toRecord((await call('POST', path, fields)).body['task']);
    const one = `${path}/${String(task['id'])}`;
    expect((await call('PUT', one, { title: 'Call again' })).body['task']).toMatchObject({
      title: 'Call again',
    });
    expect((await call('PUT', `${one}/completed`, { completed: true })).body['task']).toMatchObject({
      completed: true,
    });
    expect(toList((await call('GET', path)).body['tasks'])).toHaveLength(1);
    expect((await call('DELETE', one)).status).toBe(200);
    const sent = (await events()).filter((event) => String(event['type']).startsWith('Task'));
    expect(typesOf(sent)).toEqual(['TaskComplete', 'TaskCreate', 'TaskDelete']);
    expect(sent.find((event) => event['type'] === 'TaskCreate')).not.toHaveProperty('contactId');
  });
});

it('knows its locations and their users', async () => {
  const { body } = await call('GET', `/locations/${firstLocation(world)}`);
  expect(body['location']).toMatchObject({ name: 'Northside Dental', companyId: world.companyId });
  const users = await call('GET', `/users/?locationId=${firstLocation(world)}`);
  expect(toList(users.body['users'])).toHaveLength(2);
  expect((await call('GET', `/locations/${otherLocation(world)}`)).status).toBe(403);
});
