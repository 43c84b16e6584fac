import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FamilyWorld } from './family.ts';
import { allIds, createFamilyWorld } from './family.ts';
import { toRecord } from './receiver.ts';
import { toList } from './world.ts';

let world: FamilyWorld;
let here: string;
beforeEach(async () => {
  world = await createFamilyWorld();
  here = `?locationId=${world.location}`;
});
afterEach(() => world.dispose());

describe('forms and surveys', () => {
  it('list what was filled in, a page at a time, by people who are contacts', async () => {
    const ids = await allIds(async (_last, count) => {
      const page = Math.ceil(count / 4) + 1;
      const answer = await world.ask('GET /forms/submissions', `${here}&limit=4&page=${page}`);
      expect(toRecord(answer['meta'])).toMatchObject({ total: 6, currentPage: page });
      return toList(answer['submissions']);
    });
    expect(new Set(ids).size).toBe(6);
    const { submissions } = await world.ask('GET /surveys/submissions', here);
    const [first] = toList(submissions);
    await world.ask('GET /contacts/{contactId}', `/contacts/${String(first?.['contactId'])}`);
    const found = await world.ask('GET /surveys/submissions', `${here}&q=${String(first?.['email'])}`);
    expect(toRecord(found['meta'])['total']).toBe(1);
    expect(
      toRecord((await world.ask('GET /forms/submissions', `${here}&endAt=2020-01-01`))['meta'])['total'],
    ).toBe(0);
    expect(await world.ask('GET /forms/', here)).toMatchObject({ total: 2 });
    expect(await world.ask('GET /surveys/', here)).toMatchObject({ total: 1 });
  });
});

describe('links', () => {
  it('are made, changed, found and deleted', async () => {
    const body = { locationId: world.location, name: 'Offer', redirectTo: 'https://shop.example/offer' };
    const link = toRecord((await world.ask('POST /links/', '', body))['link']);
    expect(link['fieldKey']).toBe(`{{trigger_link.${String(link['id'])}}}`);
    const path = `/links/${String(link['id'])}`;
    await world.ask('PUT /links/{linkId}', path, {
      name: 'Better offer',
      redirectTo: 'https://shop.example/two',
    });
    const found = await world.ask('GET /links/search', `${here}&query=better`);
    expect(toList(found['links'])).toMatchObject([
      { id: link['id'], redirectTo: 'https://shop.example/two' },
    ]);
    expect(toList((await world.ask('GET /links/', here))['links'])).toHaveLength(3);
    const read = `/links/id/${String(link['id'])}${here}`;
    await world.ask('GET /links/id/{linkId}', read);
    await world.ask('DELETE /links/{linkId}', path);
    expect((await world.send('GET', read)).status).toBe(404);
  });
});

it('workflows, campaigns and templates are there, and a contact is added to what exists alone', async () => {
  const { workflows } = await world.ask('GET /workflows/', here);
  expect(toList(workflows)).toHaveLength(3);
  expect(toList((await world.ask('GET /campaigns/', `${here}&status=draft`))['campaigns'])).toEqual([]);
  const templates = `/locations/${world.location}/templates`;
  const sms = await world.ask('GET /locations/{locationId}/templates', `${templates}?originId=x&type=sms`);
  expect(sms).toMatchObject({ totalCount: 1, templates: [{ name: 'Reminder' }] });
  const [contact] = toList((await world.send('GET', `/contacts/${here}`)).body['contacts']);
  const path = `/contacts/${String(contact?.['id'])}/workflow`;
  const route = 'POST /contacts/{contactId}/workflow/{workflowId}';
  await world.ask(route, `${path}/${String(toList(workflows)[0]?.['id'])}`, {});
  expect((await world.send('POST', `${path}/none`, {})).body['message']).toBe('Workflow none was not found');
});

it("snapshots are the agency's, and say where they were pushed", async () => {
  const answer = await world.exchange(await world.agencyCode([world.location]));
  const call = (path: string): ReturnType<FamilyWorld['send']> =>
    world.call(String(answer.body['access_token']), 'GET', path);
  const company = `companyId=${world.companyId}`;
  const list = await call(`/snapshots/?${company}`);
  const [first] = toList(list.body['snapshots']);
  const path = `/snapshots/snapshot-status/${String(first?.['id'])}`;
  const times = 'from=2000-01-01&to=2100-01-01';
  const ids = await allIds(async (last) =>
    toList(
      (
        await call(
          `${path}?${company}&${times}&limit=2&lastDoc=${last === undefined ? 'none' : String(last['id'])}`,
        )
      ).body['data'],
    ),
  );
  expect(ids).toHaveLength(5);
  const one = await call(`${path}/location/${world.location}?${company}`);
  expect(one.body['data']).toMatchObject({ locationId: world.location, status: 'completed' });
  expect((await call('/snapshots/?companyId=other')).status).toBe(403);
});

describe('objects', () => {
  const key = 'custom_objects.pets';
  const records = `/objects/${key}/records`;

  it('have records that are made, found, changed and deleted, with an event for each', async () => {
    const body = { locationId: world.location, properties: { name: 'Rex', age: 4 } };
    const record = toRecord((await world.ask('POST /objects/{schemaKey}/records', records, body))['record']);
    expect(record).toMatchObject({ properties: { name: 'Rex', age: 4 } });
    const path = `${records}/${String(record['id'])}`;
    const change = { properties: { age: 5 } };
    const changed = await world.ask('PUT /objects/{schemaKey}/records/{id}', `${path}${here}`, change);
    expect(changed['record']).toMatchObject({ properties: { name: 'Rex', age: 5 } });
    const search = { locationId: world.location, page: 1, pageLimit: 10, query: 'rex', searchAfter: [] };
    const found = await world.ask('POST /objects/{schemaKey}/records/search', `${records}/search`, search);
    expect(found).toMatchObject({ total: 1, records: [{ id: record['id'], objectKey: key }] });
    const wrong = await world.send('POST', records, { ...body, properties: { colour: 'red' } });
    expect(wrong).toMatchObject({ status: 400, body: { message: 'Custom field colour was not found' } });
    expect(await world.statusElsewhere('GET', path)).toBe(404);
    await world.ask('DELETE /objects/{schemaKey}/records/{id}', path);
    expect((await world.send('GET', path)).status).toBe(404);
    const events = await world.events();
    expect([...events.keys()].toSorted()).toEqual(['RecordCreate', 'RecordDelete', 'RecordUpdate']);
    expect(events.get('RecordUpdate')).toMatchObject({
      id: record['id'],
      properties: [
        { key: 'name', valueString: 'Rex' },
        { key: 'age', valueString: '5' },
      ],
    });
  });

  it('page with searchAfter', async () => {
    const ids = await allIds(async (last) => {
      const searchAfter = last?.['searchAfter'] ?? [];
      const body = { locationId: world.location, page: 1, pageLimit: 2, query: '', searchAfter };
      const answer = await world.ask('POST /objects/{schemaKey}/records/search', `${records}/search`, body);
      return toList(answer['records']);
    });
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
  });

  it('are shown with their fields, and changed', async () => {
    const { objects } = await world.ask('GET /objects/', here);
    expect(toList(objects).map((object) => object['key'])).toEqual([
      'contact',
      'opportunity',
      'business',
      key,
    ]);
    const shown = await world.ask('GET /objects/{key}', `/objects/${key}${here}`);
    expect(toList(shown['fields']).map(({ name }) => name)).toEqual(['Name', 'Age']);
    const body = {
      locationId: world.location,
      labels: { plural: 'Animals' },
      searchableProperties: [`${key}.name`],
    };
    const changed = await world.ask('PUT /objects/{key}', `/objects/${key}`, body);
    expect(changed['object']).toMatchObject({ labels: { singular: 'Pet', plural: 'Animals' } });
    expect((await world.events()).get('ObjectSchemaUpdate')).toMatchObject({
      key,
      labels: { plural: 'Animals' },
    });
    expect((await world.send('GET', `/objects/custom_objects.none${here}`)).status).toBe(404);
  });
});

describe('associations', () => {
  it('tie records that exist, and go with them', async () => {
    const body = {
      locationId: world.location,
      key: 'sitter',
      firstObjectLabel: 'Sitter',
      firstObjectKey: 'contact',
      secondObjectLabel: 'Guest',
      secondObjectKey: 'custom_objects.pets',
    };
    const association = await world.ask('POST /associations/', '', body);
    expect((await world.send('POST', '/associations/', body)).status).toBe(400);
    const contact = await world.ask('POST /contacts/', '', {
      locationId: world.location,
      name: 'Sam Sitter',
    });
    const firstRecordId = String(toRecord(contact['contact'])['id']);
    const search = { locationId: world.location, page: 1, pageLimit: 1, query: '', searchAfter: [] };
    const pets = await world.send('POST', '/objects/custom_objects.pets/records/search', search);
    const secondRecordId = toList(pets.body['records'])[0]?.['id'];
    const ids = { associationId: association['id'], firstRecordId, secondRecordId };
    const relate = { locationId: world.location, ...ids };
    const relation = await world.ask('POST /associations/relations', '', relate);
    const wrong = await world.send('POST', '/associations/relations', { ...relate, firstRecordId: 'none' });
    expect(wrong.body['message']).toBe('Record none was not found');
    const list = `/associations/relations/${firstRecordId}${here}&skip=0&limit=10`;
    expect((await world.send('GET', list)).body).toMatchObject({
      total: 1,
      relations: [{ id: relation['id'], ...ids }],
    });
    expect((await world.send('GET', `/associations/key/sitter${here}`)).body).toMatchObject({
      id: association['id'],
    });
    await world.send('DELETE', `/contacts/${firstRecordId}`);
    expect((await world.send('GET', list)).body).toMatchObject({ total: 0 });
    const path = `/associations/${String(association['id'])}`;
    await world.ask('PUT /associations/{associationId}', path, {
      firstObjectLabel: 'Host',
      secondObjectLabel: 'Guest',
    });
    await world.ask('DELETE /associations/{associationId}', path);
    expect((await world.send('GET', path)).status).toBe(404);
    const events = await world.events();
    const types = [...events.keys()].filter((type) => /^(Association|Relation)/.test(type));
    expect(types.toSorted()).toEqual([
      'AssociationCreate',
      'AssociationDelete',
      'AssociationUpdate',
      'RelationCreate',
    ]);
    expect(events.get('RelationCreate')).toMatchObject({ ...ids, firstObjectKey: 'contact' });
  });

  it('page with skip', async () => {
    const ids = await allIds(async (_last, skip) => {
      const { body } = await world.send('GET', `/associations/${here}&skip=${skip}&limit=1`);
      return toList(body['associations']);
    });
    expect(ids).toHaveLength(1);
  });
});
