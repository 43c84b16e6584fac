import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FamilyWorld } from './family.ts';
import { createFamilyWorld } from './family.ts';
import { toRecord } from './receiver.ts';
import { otherLocation, toList } from './world.ts';

let world: FamilyWorld;
beforeEach(async () => {
  world = await createFamilyWorld();
});
afterEach(() => world.dispose());

async function agencyToken(): Promise<string> {
  const answer = await world.exchange(await world.agencyCode([world.location]));
  return String(answer.body['access_token']);
}

describe('sub-accounts', () => {
  it('are found, made, changed and deleted by the agency, which is told', async () => {
    const token = await agencyToken();
    await world.events();
    const { companyId } = world;
    const made = await world.call(token, 'POST', '/locations/', {
      companyId,
      name: 'Pine Hill Vets',
      city: 'Bath',
    });
    expect(made.body).toMatchObject({ name: 'Pine Hill Vets', city: 'Bath', companyId });
    const path = `/locations/${String(made.body['id'])}`;
    const changed = await world.call(token, 'PUT', path, {
      companyId,
      settings: { allowDuplicateContact: true },
    });
    expect(changed.body).toMatchObject({ name: 'Pine Hill Vets', settings: { allowDuplicateContact: true } });
    const found = await world.call(token, 'GET', `/locations/search?companyId=${companyId}&limit=100`);
    expect(toList(found.body['locations'])).toHaveLength(6);
    const second = await world.call(token, 'GET', `/locations/search?limit=4&skip=4&order=desc`);
    expect(toList(second.body['locations'])).toHaveLength(2);
    const events = await world.events();
    expect(events.get('LocationCreate')).toMatchObject({
      companyId,
      id: made.body['id'],
      name: 'Pine Hill Vets',
    });
    expect(events.has('LocationUpdate')).toBe(true);
    expect((await world.call(token, 'DELETE', `${path}?deleteTwilioAccount=false`)).body).toMatchObject({
      success: true,
    });
    expect((await world.call(token, 'GET', path)).status).toBe(403);
  });

  it('see themselves alone', async () => {
    const { locations } = await world.ask('GET /locations/search');
    expect(toList(locations).map(({ id }) => id)).toEqual([world.location]);
    expect((await world.send('GET', `/locations/${otherLocation(world)}`)).status).toBe(403);
  });

  it('belong to a company that its own token alone reads', async () => {
    const token = await agencyToken();
    const { body } = await world.call(token, 'GET', `/companies/${world.companyId}`);
    expect(body['company']).toMatchObject({ id: world.companyId, locationCount: 5 });
    expect((await world.call(token, 'GET', '/companies/somebody-else')).status).toBe(404);
  });
});

describe('users', () => {
  it('are made, changed, found and deleted, with an event for each', async () => {
    const { companyId, location } = world;
    const fields = {
      companyId,
      firstName: 'Nora',
      lastName: 'Quist',
      email: 'Nora@acme.example',
      password: 'not kept',
      type: 'account',
      role: 'user',
      locationIds: [location],
    };
    const user = await world.ask('POST /users/', '', fields);
    expect(user).toMatchObject({
      name: 'Nora Quist',
      email: 'nora@acme.example',
      roles: { locationIds: [location] },
    });
    expect(JSON.stringify(user)).not.toContain('not kept');
    const path = `/users/${String(user['id'])}`;
    expect((await world.send('POST', '/users/', fields)).status).toBe(400);
    expect(await world.ask('PUT /users/{userId}', path, { lastName: 'Berg' })).toMatchObject({
      name: 'Nora Berg',
    });
    const found = await world.ask('GET /users/search', `?companyId=${companyId}&query=berg`);
    expect(found).toMatchObject({ count: 1, users: [{ id: user['id'] }] });
    expect(toList((await world.ask('GET /users/', `?locationId=${location}`))['users'])).toHaveLength(3);
    expect(await world.statusElsewhere('GET', path)).toBe(404);
    await world.ask('DELETE /users/{userId}', path);
    expect((await world.send('GET', path)).status).toBe(404);
    const events = await world.events();
    expect([...events.keys()].toSorted()).toEqual(['UserCreate', 'UserDelete', 'UserUpdate']);
    expect(events.get('UserUpdate')).toMatchObject({
      id: user['id'],
      lastName: 'Berg',
      locations: [location],
    });
  });

  it('cannot be given a sub-account out of reach', async () => {
    const users = toList((await world.ask('GET /users/', `?locationId=${world.location}`))['users']);
    const path = `/users/${String(users.at(-1)?.['id'])}`;
    expect((await world.send('PUT', path, { locationIds: [otherLocation(world)] })).status).toBe(403);
  });
});

describe('tags', () => {
  it('are renamed and deleted together with those of contacts', async () => {
    const path = `/locations/${world.location}/tags`;
    const tag = toRecord(
      (await world.ask('POST /locations/{locationId}/tags', path, { name: 'Gold' }))['tag'],
    );
    expect(tag).toMatchObject({ name: 'gold', locationId: world.location });
    expect((await world.send('POST', path, { name: 'GOLD' })).status).toBe(400);
    const body = { locationId: world.location, email: 'a@tag.example', tags: ['gold', 'new one'] };
    const contact = toRecord((await world.ask('POST /contacts/', '', body))['contact']);
    const contactPath = `/contacts/${String(contact['id'])}`;
    const one = `${path}/${String(tag['id'])}`;
    await world.ask('PUT /locations/{locationId}/tags/{tagId}', one, { name: 'Platinum' });
    expect((await world.send('GET', contactPath)).body['contact']).toMatchObject({
      tags: ['platinum', 'new one'],
    });
    const names = toList((await world.ask('GET /locations/{locationId}/tags', path))['tags']).map(
      ({ name }) => name,
    );
    expect(names).toEqual(expect.arrayContaining(['platinum', 'new one', 'vip']));
    await world.ask('DELETE /locations/{locationId}/tags/{tagId}', one);
    expect((await world.send('GET', contactPath)).body['contact']).toMatchObject({ tags: ['new one'] });
    expect((await world.send('GET', one)).status).toBe(404);
    const elsewhere = `/locations/${otherLocation(world)}/tags/${String(tag['id'])}`;
    expect(await world.statusElsewhere('GET', elsewhere)).toBe(404);
  });
});

describe('custom values and fields', () => {
  it('keep values under a key of their name', async () => {
    const path = `/locations/${world.location}/customValues`;
    const route = 'POST /locations/{locationId}/customValues';
    const { customValue } = await world.ask(route, path, { name: 'Parking Hint', value: 'Behind the house' });
    expect(customValue).toMatchObject({
      fieldKey: '{{ custom_values.parking_hint }}',
      value: 'Behind the house',
    });
    const one = `${path}/${String(toRecord(customValue)['id'])}`;
    const put = 'PUT /locations/{locationId}/customValues/{id}';
    const changed = await world.ask(put, one, { name: 'Parking Hint', value: 'In front' });
    expect(changed['customValue']).toMatchObject({ value: 'In front', locationId: world.location });
    expect(
      toList((await world.ask('GET /locations/{locationId}/customValues', path))['customValues']),
    ).toHaveLength(3);
    await world.ask('DELETE /locations/{locationId}/customValues/{id}', one);
    expect((await world.send('GET', one)).status).toBe(404);
  });

  it('hold contacts to the fields that are defined', async () => {
    const path = `/locations/${world.location}/customFields`;
    const body = { name: 'Shoe size', dataType: 'NUMERICAL', model: 'contact' };
    const field = toRecord(
      (await world.ask('POST /locations/{locationId}/customFields', path, body))['customField'],
    );
    expect(field).toMatchObject({ fieldKey: 'contact.shoe_size', dataType: 'NUMERICAL' });
    const create = (customFields: unknown): Promise<{ status: number; body: Record<string, unknown> }> =>
      world.send('POST', '/contacts/', { locationId: world.location, name: 'Cara Field', customFields });
    const good = await create([{ key: 'shoe_size', field_value: '42' }]);
    expect(good.body['contact']).toMatchObject({ customFields: [{ id: field['id'], value: '42' }] });
    expect(await create([{ id: field['id'], field_value: 'large' }])).toMatchObject({
      status: 422,
      body: { message: ['The value of the custom field Shoe size is not valid for NUMERICAL'] },
    });
    expect(await create([{ id: 'nowhere', field_value: '1' }])).toMatchObject({ status: 400 });
    const list = 'GET /locations/{locationId}/customFields';
    expect(toList((await world.ask(list, `${path}?model=all`))['customFields'])).toHaveLength(5);
    expect(toList((await world.ask(list, `${path}?model=opportunity`))['customFields'])).toHaveLength(1);
  });

  it('show the same fields by object, in folders', async () => {
    const { location } = world;
    const folderBody = { objectKey: 'contact', name: 'Sizes', locationId: location };
    const folder = await world.ask('POST /custom-fields/folder', '', folderBody);
    const fieldBody = {
      locationId: location,
      objectKey: 'contact',
      name: 'Hat',
      dataType: 'TEXT',
      fieldKey: 'contact.hat',
      showInForms: true,
      parentId: folder['id'],
    };
    const field = toRecord((await world.ask('POST /custom-fields/', '', fieldBody))['field']);
    const all = 'GET /custom-fields/object-key/{objectKey}';
    const shown = await world.ask(all, `/custom-fields/object-key/contact?locationId=${location}`);
    expect(toList(shown['fields']).map(({ name }) => name)).toContain('Hat');
    expect(toList(shown['folders'])).toMatchObject([{ name: 'Sizes' }]);
    await world.ask('GET /custom-fields/{id}', `/custom-fields/${String(field['id'])}`);
    expect(await world.statusElsewhere('GET', `/custom-fields/${String(field['id'])}`)).toBe(404);
    const folderPath = `/custom-fields/folder/${String(folder['id'])}?locationId=${location}`;
    await world.ask('DELETE /custom-fields/folder/{id}', folderPath);
    expect((await world.send('GET', `/custom-fields/${String(field['id'])}`)).status).toBe(404);
  });
});

describe('businesses', () => {
  it('have contacts until they are deleted', async () => {
    const { location } = world;
    const made = await world.ask('POST /businesses/', '', { locationId: location, name: 'Corner Shop' });
    const business = toRecord(made['buiseness']);
    const path = `/businesses/${String(business['id'])}`;
    await world.ask('PUT /businesses/{businessId}', path, { city: 'Leeds' });
    expect((await world.ask('GET /businesses/{businessId}', path))['business']).toMatchObject({
      city: 'Leeds',
    });
    const [contact] = toList((await world.ask('GET /contacts/', `?locationId=${location}`))['contacts']);
    const ids = [contact?.['id']];
    const bulk = { locationId: location, ids, businessId: business['id'] };
    await world.ask('POST /contacts/bulk/business', '', bulk);
    const inBusiness = `/contacts/business/${String(business['id'])}?locationId=${location}`;
    const found = await world.ask('GET /contacts/business/{businessId}', inBusiness);
    expect(found).toMatchObject({ count: 1, contacts: [{ id: ids[0] }] });
    expect(
      toList((await world.ask('GET /businesses/', `?locationId=${location}`))['businesses']),
    ).toHaveLength(3);
    expect(await world.statusElsewhere('GET', path)).toBe(404);
    await world.ask('DELETE /businesses/{businessId}', path);
    const left = await world.ask('GET /contacts/{contactId}', `/contacts/${String(ids[0])}`);
    expect(toRecord(left['contact'])).not.toHaveProperty('businessId');
  });
});
