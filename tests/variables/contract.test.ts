import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCore, transports, type Connection, type Served, type TestCore } from '../contract/support.ts';

let test: TestCore;
let served: Served;
let connection: Connection;

beforeAll(async () => {
  test = await openCore();
  const [transport] = transports;
  if (transport === undefined) throw new Error('There is no transport.');
  served = await transport.serve(test.core, () => {});
  connection = await served.connect();
});
afterAll(async () => {
  connection.drop();
  await served.close();
  await test.dispose();
});

it('environments are followed, and go and come back with their app', async () => {
  const { client } = connection;
  const clientId = '6a1c0d9f8e7b6a5c4d3e2f10-k1x2y3z4';
  const { id: profileId } = await client.profiles.add({
    name: 'Acme',
    clientId,
    clientSecret: 'a-client-secret',
  });
  const changes = (await client.environments.watch())[Symbol.asyncIterator]();
  expect(await changes.next()).toMatchObject({ value: [] });

  const { active } = await client.environments.create({ profileId, name: 'Staging' });
  if (active === null) throw new Error('No environment is active.');
  expect(await changes.next()).toMatchObject({ value: [{ profileId, environments: [{ name: 'Staging' }] }] });
  await changes.return?.();

  const place = { profileId, environmentId: active };
  const set = await client.environments.set({
    ...place,
    name: 'apiKey',
    value: 'sk-4711-secret',
    secret: true,
  });
  expect(JSON.stringify(set)).not.toContain('sk-4711');
  expect(await client.environments.reveal({ ...place, name: 'apiKey' })).toEqual({ value: 'sk-4711-secret' });
  const { content } = await client.environments.export({ profileId, id: active });
  expect(content).not.toContain('sk-4711');

  const draft = { profileId, method: 'GET', path: '/contacts/' };
  expect(await client.requests.variables(draft)).toContainEqual({
    name: 'apiKey',
    value: '********',
    secret: true,
    from: 'environment',
  });
  await expect(client.environments.set({ ...place, name: 'a.b', value: '', secret: false })).rejects.toThrow(
    /"a.b" cannot be the name of a variable/,
  );

  const { sentences } = await client.profiles.dependants({ id: profileId });
  expect(sentences).toContain('1 variable of its requests will be deleted.');
  await client.profiles.remove({ id: profileId });
  await expect(client.environments.get({ profileId })).rejects.toThrow(/profile/);
  await client.profiles.undoRemove();
  expect(await client.environments.get({ profileId })).toEqual(set);
  expect(await client.environments.reveal({ ...place, name: 'apiKey' })).toEqual({ value: 'sk-4711-secret' });
});

it('a request has so many parameters, headers and fields and no more', async () => {
  const [profile] = await connection.client.profiles.list();
  const pairs = (count: number) => Array.from({ length: count }, () => ({ name: 'a', value: 'b' }));
  const draft = { profileId: profile?.id ?? '', method: 'GET', path: '/contacts/' };
  const variables = (more: object) => connection.client.requests.variables({ ...draft, ...more });
  expect(await variables({ query: pairs(1000) })).not.toEqual([]);
  for (const field of ['query', 'headers', 'parts'])
    await expect(variables({ [field]: pairs(1001) })).rejects.toMatchObject({ code: 'bad_input' });
});
