import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toRecord } from './receiver.ts';
import type { Answer, TestWorld } from './world.ts';
import { createTestWorld, firstLocation, otherLocation, toList } from './world.ts';

let world: TestWorld;
let token: string;
let location: string;
const scopes = [
  'voice-ai-agents.readonly',
  'voice-ai-agents.write',
  'links.readonly',
  'agent-studio.readonly',
];

beforeEach(async () => {
  world = await createTestWorld();
  location = firstLocation(world);
  token = await privateToken(world, location);
});
afterEach(() => world.dispose());

async function privateToken(of: TestWorld, locationId: string): Promise<string> {
  return String((await of.control('POST', 'private-tokens', { locationId, scopes })).body['token']);
}

const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
  world.call(token, method, path, body);

const agentsPath = '/voice-ai/agents';

async function agents(): Promise<Record<string, unknown>[]> {
  return toList((await call('GET', `${agentsPath}?locationId=${location}`)).body['agents']);
}

const createAgent = (): Promise<Answer> =>
  call('POST', agentsPath, { locationId: location, agentName: 'Night desk' });

describe('a family without code of its own', () => {
  it('remembers what is created, changed and deleted', async () => {
    const before = await agents();
    const created = await createAgent();
    expect(created).toMatchObject({ status: 201, body: { agentName: 'Night desk', locationId: location } });
    const id = created.body['id'];
    const path = `${agentsPath}/${String(id)}?locationId=${location}`;
    expect((await agents()).map((entry) => entry['id'])).toEqual([id, ...before.map((entry) => entry['id'])]);
    expect((await call('PATCH', path, { agentName: 'Day desk' })).status).toBe(200);
    expect((await call('GET', path)).body).toMatchObject({ id, agentName: 'Day desk' });
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
    expect(await agents()).toEqual(before);
  });

  it('lists objects that can be read one by one, the same for the same seed', async () => {
    const [first] = await agents();
    const read = await call('GET', `${agentsPath}/${String(first?.['id'])}?locationId=${location}`);
    expect(read.body).toMatchObject({ id: first?.['id'], agentName: first?.['agentName'] });
    const again = await createTestWorld();
    const list = await again.call(
      await privateToken(again, firstLocation(again)),
      'GET',
      `${agentsPath}?locationId=${location}`,
    );
    expect(list.body['agents']).toEqual(await agents());
    await again.dispose();
  });

  it('answers 404 for what another location owns', async () => {
    const path = `${agentsPath}/${String((await createAgent()).body['id'])}`;
    const elsewhere = otherLocation(world);
    const other = await privateToken(world, elsewhere);
    expect(await world.call(other, 'GET', `${path}?locationId=${elsewhere}`)).toMatchObject({
      status: 404,
      body: { statusCode: 404, error: 'Not Found' },
    });
    expect((await call('GET', `${path}?locationId=${location}`)).status).toBe(200);
  });

  it('pages', async () => {
    const page = async (number: number): Promise<Record<string, unknown>> =>
      (await call('GET', `/voice-ai/agents?locationId=${location}&page=${number}&pageSize=2`)).body;
    const pages = [await page(1), await page(2), await page(3)];
    expect(pages.map((body) => toList(body['agents']).length)).toEqual([2, 2, 1]);
    const ids = pages.flatMap((body) => toList(body['agents']).map((agent) => agent['id']));
    expect(new Set(ids).size).toBe(5);
    expect(pages[1]).toMatchObject({ total: 5, page: 2, pageSize: 2 });
  });

  it.each([
    ['offset', '/agent-studio/agent', 'agents', (page: number) => `limit=2&offset=${page * 2}`],
    ['page', '/voice-ai/agents', 'agents', (page: number) => `pageSize=2&page=${page + 1}`],
  ])('pages by %s', async (_style, path, field, query) => {
    const seen: string[] = [];
    for (const page of [0, 1, 2]) {
      const answer = await call('GET', `${path}?locationId=${location}&${query(page)}`);
      seen.push(...toList(answer.body[field]).map((entry) => JSON.stringify(entry)));
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it('pages by the last id of the page before, and says when it is over', async () => {
    const path = `/knowledge-bases/?locationId=${location}&limit=3`;
    const page = async (more: string): Promise<Record<string, unknown>> =>
      toRecord((await call('GET', path + more)).body['data']);
    const first = await page('');
    expect(first['hasMore']).toBe(true);
    const second = await page(`&lastKnowledgeBaseId=${String(first['lastKnowledgeBaseId'])}`);
    expect(second['hasMore']).toBe(false);
    const ids = [first, second].flatMap((body) => toList(body['knowledgeBases']).map((entry) => entry['id']));
    expect(new Set(ids).size).toBe(5);
  });

  it('forgets with the rest', async () => {
    const before = await agents();
    await createAgent();
    world.simulator.reset();
    token = await privateToken(world, location);
    expect(await agents()).toEqual(before);
  });
});

describe('fields', () => {
  const refused = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await call(method, path, body);
    expect(answer).toMatchObject({ status: 422, body: { statusCode: 422, error: 'Unprocessable Entity' } });
    return answer.body['message'];
  };

  it('are refused when they are missing, unknown or of another type', async () => {
    expect(await refused('POST', '/knowledge-bases/', { locationId: location })).toEqual([
      'name should not be empty',
    ]);
    expect(
      await refused('POST', '/knowledge-bases/', { locationId: location, name: 7, colour: 'red' }),
    ).toEqual(['property colour should not exist', 'name must be a string']);
    expect(await refused('GET', '/knowledge-bases/')).toEqual(['locationId should not be empty']);
    expect(await refused('GET', `/knowledge-bases/?locationId=${location}&colour=red`)).toEqual([
      'property colour should not exist',
    ]);
  });
});

it('answers paths of v3 under v3 alone, and older ones under both where it is told to', async () => {
  const fresh = '/calendars/services/catalog';
  expect((await call('GET', fresh)).body).toMatchObject({ statusCode: 404, message: `Cannot GET ${fresh}` });
  expect((await world.call(token, 'GET', fresh, undefined, 'v3')).status).not.toBe(404);

  const old = '/emails/schedule';
  const gone = await world.call(token, 'GET', old, undefined, 'v3');
  expect(gone.status).toBe(400);
  expect(gone.body['message']).toContain('not available in API version v3');
  const lenient = await createTestWorld({ switches: { oldPathsUnderV3: true } });
  const kept = await lenient.call(
    await privateToken(lenient, location),
    'GET',
    `${old}?locationId=${location}`,
    undefined,
    'v3',
  );
  expect(kept.body['message']).not.toEqual(gone.body['message']);
  await lenient.dispose();
});
