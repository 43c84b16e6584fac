import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, toAnswer } from './world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.dispose());

const post = async (body: string, type: string, version?: string) =>
  toAnswer(
    await fetch(`${world.simulator.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': type, ...(version !== undefined && { version }) },
      body,
    }),
  );

it('takes a code once', async () => {
  const code = await world.codeFor(firstLocation(world));
  expect((await world.exchange(code)).status).toBe(200);
  const again = await world.exchange(code);
  expect(again.status).toBe(400);
  expect(again.body).toMatchObject({
    statusCode: 400,
    message: 'Invalid grant: authorization code is invalid',
  });
});

it('takes a code for ten minutes', async () => {
  const code = await world.codeFor(firstLocation(world));
  world.simulator.advanceClock(10 * 60_000 + 1);
  expect((await world.exchange(code)).body['message']).toBe('Invalid grant: authorization code has expired');
});

it('takes a JSON body as well as a form', async () => {
  const { clientId, clientSecret } = world.simulator;
  const fields = {
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'authorization_code',
    code: await world.codeFor(firstLocation(world)),
  };
  expect((await post(JSON.stringify(fields), 'application/json')).body).toMatchObject({
    userType: 'Location',
  });
});

it('refuses another redirect URL than the one the code was sent to', async () => {
  const code = await world.codeFor(firstLocation(world));
  const answer = await world.token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'http://127.0.0.1/x',
  });
  expect(answer.body).toMatchObject({ statusCode: 400, message: 'Invalid request: redirect_uri is invalid' });
});

it('rotates refresh tokens and takes each of them once', async () => {
  const first = await world.exchange(await world.codeFor(firstLocation(world)));
  const fields = { grant_type: 'refresh_token', refresh_token: String(first.body['refresh_token']) };
  const [one, two] = await Promise.all([world.token(fields), world.token(fields)]);
  const [won, lost] = one.status === 200 ? [one, two] : [two, one];
  expect(won.status).toBe(200);
  expect(won.body['refresh_token']).not.toBe(first.body['refresh_token']);
  expect(lost.body).toMatchObject({ statusCode: 400, message: 'Invalid grant: refresh token is invalid' });
  expect(await world.token({ ...fields, refresh_token: String(won.body['refresh_token']) })).toMatchObject({
    status: 200,
    body: { locationId: firstLocation(world), scope: first.body['scope'] },
  });
});

it('lets access tokens expire', async () => {
  const { body } = await world.exchange(await world.codeFor(firstLocation(world)));
  const call = () =>
    world.call(String(body['access_token']), 'GET', `/contacts/?locationId=${firstLocation(world)}&limit=1`);
  expect((await call()).status).toBe(200);
  world.simulator.advanceClock(86_400_000);
  expect((await call()).body).toMatchObject({
    statusCode: 401,
    message: 'Invalid JWT',
    error: 'Unauthorized',
  });
});

it('keeps the refresh token of an inactive location good', async () => {
  const { body } = await world.exchange(await world.codeFor(firstLocation(world)));
  const fields = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) };
  await world.control('PUT', `locations/${firstLocation(world)}`, { active: false });
  expect((await world.token(fields)).body).toMatchObject({
    statusCode: 400,
    message: 'Location is not active',
  });
  await world.control('PUT', `locations/${firstLocation(world)}`, { active: true });
  expect((await world.token(fields)).status).toBe(200);
});

it('refuses a wrong client', async () => {
  const answer = await world.token({ grant_type: 'authorization_code', code: 'x', client_secret: 'wrong' });
  expect(answer.body).toMatchObject({ statusCode: 400, message: 'Invalid client: client is invalid' });
});

it('answers a malformed form with 422 and a message for each broken rule', async () => {
  const { clientId, clientSecret } = world.simulator;
  const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret });
  const answer = await post(form.toString(), 'application/x-www-form-urlencoded');
  const { traceId, ...body } = answer.body;
  expect(answer.status).toBe(422);
  expect(traceId).toBeTypeOf('string');
  expect(body).toEqual({
    message: ['grant_type must be a valid enum value', 'grant_type should not be empty'],
    error: 'Unprocessable Entity',
    statusCode: 422,
  });
});

it('speaks camelCase under v3, and names the first missing or wrong parameter', async () => {
  const { clientId, clientSecret } = world.simulator;
  const send = (fields: Record<string, string>) => post(JSON.stringify(fields), 'application/json', 'v3');
  expect((await send({ clientSecret })).body).toMatchObject({
    statusCode: 400,
    message: 'Missing parameter: clientId',
  });
  const wrong = await send({ clientId, clientSecret, grantType: 'password' });
  expect(wrong.body).toMatchObject({ statusCode: 400, message: 'Invalid parameter: grantType' });
  const code = await world.codeFor(firstLocation(world));
  const { body } = await send({ clientId, clientSecret, grantType: 'authorization_code', code });
  expect(body).toMatchObject({ tokenType: 'Bearer', expiresIn: 86_399, userType: 'Location' });
  expect(body['accessToken']).toBeTypeOf('string');
  expect(body).not.toHaveProperty('access_token');
});

it('answers bad JSON with 400 and the removed reconnect with its own words', async () => {
  expect((await post('{"client_id":', 'application/json')).status).toBe(400);
  const response = await fetch(`${world.simulator.url}/oauth/reconnect`, { method: 'POST' });
  expect((await toAnswer(response)).body).toMatchObject({
    message: 'API endpoint has been removed',
    error: 'Bad Request',
    statusCode: 400,
  });
});
