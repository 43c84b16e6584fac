import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FamilyWorld } from './family.ts';
import { allIds, createFamilyWorld } from './family.ts';
import { toRecord } from './receiver.ts';
import { toList } from './world.ts';

let world: FamilyWorld;
let pipeline: { id: string; stages: string[] };
let contactId: string;

beforeEach(async () => {
  world = await createFamilyWorld();
  const query = `?locationId=${world.location}`;
  const [first] = toList((await world.ask('GET /opportunities/pipelines', query))['pipelines']);
  pipeline = { id: String(first?.['id']), stages: toList(first?.['stages']).map(({ id }) => String(id)) };
  contactId = await newContact();
});
afterEach(() => world.dispose());

async function newContact(): Promise<string> {
  const { contact } = await world.ask('POST /contacts/', '', {
    locationId: world.location,
    name: 'Rita Deal',
  });
  return String(toRecord(contact)['id']);
}

async function newOpportunity(fields: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const { opportunity } = await world.ask('POST /opportunities/', '', {
    locationId: world.location,
    pipelineId: pipeline.id,
    contactId,
    name: 'A new roof',
    status: 'open',
    ...fields,
  });
  return toRecord(opportunity);
}

describe('opportunities', () => {
  it('are made, changed and deleted, with an event for what changed', async () => {
    const opportunity = await newOpportunity({ monetaryValue: 900 });
    expect(opportunity).toMatchObject({
      pipelineStageId: pipeline.stages[0],
      contact: { name: 'Rita Deal' },
    });
    const path = `/opportunities/${String(opportunity['id'])}`;
    const created = await world.events();
    expect(created.get('OpportunityCreate')).toMatchObject({
      id: opportunity['id'],
      contactId,
      monetaryValue: 900,
    });
    await world.ask('PUT /opportunities/{id}', path, {
      pipelineStageId: pipeline.stages[1],
      monetaryValue: 950,
    });
    expect([...(await world.events()).keys()].toSorted()).toEqual([
      'OpportunityMonetaryValueUpdate',
      'OpportunityStageUpdate',
      'OpportunityUpdate',
    ]);
    await world.ask('PUT /opportunities/{id}/status', `${path}/status`, { status: 'won' });
    const won = await world.events();
    expect([...won.keys()].toSorted()).toEqual(['OpportunityStatusUpdate', 'OpportunityUpdate']);
    expect(won.get('OpportunityUpdate')).toMatchObject({
      status: 'won',
      pipelineStageId: pipeline.stages[1],
    });
    await world.ask('POST /opportunities/{id}/followers', `${path}/followers`, { followers: ['u1'] });
    const read = await world.ask('GET /opportunities/{id}', path);
    expect(read['opportunity']).toMatchObject({ status: 'won', followers: ['u1'] });
    expect(await world.statusElsewhere('GET', path)).toBe(404);
    await world.ask('DELETE /opportunities/{id}', path);
    expect((await world.send('GET', path)).status).toBe(404);
    expect([...(await world.events()).keys()]).toEqual(['OpportunityDelete']);
  });

  it('need a contact, a pipeline and a stage of their own sub-account', async () => {
    const body = {
      locationId: world.location,
      pipelineId: pipeline.id,
      contactId,
      name: 'X',
      status: 'open',
    };
    const wrong = async (fields: Record<string, unknown>): Promise<unknown> => {
      const answer = await world.send('POST', '/opportunities/', { ...body, ...fields });
      expect(answer.status).toBeLessThan(500);
      return answer.body['message'];
    };
    expect(await wrong({ contactId: 'nobody' })).toBe('Contact nobody was not found');
    expect(await wrong({ pipelineId: 'none' })).toBe('Pipeline none was not found');
    expect(await wrong({ pipelineStageId: 'none' })).toBe(
      'Pipeline stage none was not found in the pipeline',
    );
    expect(await wrong({ status: 'lukewarm' })).toContain(
      'status must be one of the following values: open, won, lost, abandoned, all',
    );
    await newOpportunity();
    expect(await wrong({})).toBe('Can not create duplicate opportunity for the contact.');
  });

  it('are upserted by contact and pipeline', async () => {
    const body = { locationId: world.location, pipelineId: pipeline.id, contactId, name: 'Once' };
    const first = await world.ask('POST /opportunities/upsert', '', body);
    expect(first).toMatchObject({ new: true, opportunity: { name: 'Once', status: 'open' } });
    const second = await world.ask('POST /opportunities/upsert', '', { ...body, name: 'Twice' });
    expect(second).toMatchObject({ new: false, opportunity: { name: 'Twice' } });
    expect(toRecord(second['opportunity'])['id']).toBe(toRecord(first['opportunity'])['id']);
  });

  it('go with their contact', async () => {
    const { id } = await newOpportunity();
    await world.ask('DELETE /contacts/{contactId}', `/contacts/${contactId}`);
    expect((await world.send('GET', `/opportunities/${String(id)}`)).status).toBe(404);
  });
});

describe('the search for opportunities', () => {
  const search = (query: string): Promise<Record<string, unknown>> =>
    world.ask('GET /opportunities/search', `?location_id=${world.location}${query}`);

  it('pages with startAfter and startAfterId, and by number', async () => {
    const { meta } = await search('&limit=3');
    expect(meta).toMatchObject({ total: 8, currentPage: 1, nextPage: 2, prevPage: null });
    let next: unknown = toRecord(meta)['nextPageUrl'];
    const ids = toList((await search('&limit=3'))['opportunities']).map(({ id }) => id);
    while (typeof next === 'string') {
      const { body } = await world.send('GET', next.replace(world.simulator.url, ''));
      ids.push(...toList(body['opportunities']).map(({ id }) => id));
      next = toRecord(body['meta'])['nextPageUrl'];
    }
    expect(new Set(ids).size).toBe(8);
    expect(ids).toHaveLength(8);
    const numbered = await allIds(async (_last, count) =>
      toList(
        (await search(`&limit=3&page=${Math.floor(count / 3) + 1 + (count === 8 ? 1 : 0)}`))['opportunities'],
      ),
    );
    expect(numbered).toEqual(ids);
  });

  it('filters, and finds by the name of the contact', async () => {
    const { id } = await newOpportunity({ status: 'abandoned' });
    expect(toList((await search('&q=rita'))['opportunities'])).toMatchObject([{ id }]);
    expect(toList((await search(`&contact_id=${contactId}`))['opportunities'])).toHaveLength(1);
    const abandoned = toList((await search('&status=abandoned'))['opportunities']);
    expect(abandoned.map(({ status }) => status)).toEqual(['abandoned', 'abandoned', 'abandoned']);
    expect(toList((await search('&pipeline_id=none'))['opportunities'])).toEqual([]);
  });

  it('goes on with searchAfter where it is a POST', async () => {
    const ids = await allIds(async (last) => {
      const body = { locationId: world.location, query: '', limit: 3, page: 1 };
      const searchAfter = last?.['sort'];
      return toList(
        (await world.ask('POST /opportunities/search', '', { ...body, searchAfter }))['opportunities'],
      );
    });
    expect(new Set(ids).size).toBe(8);
    expect(ids).toHaveLength(8);
  });
});
