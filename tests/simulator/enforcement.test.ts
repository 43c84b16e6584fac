import { afterEach, beforeEach, expect, it } from 'vitest';
import { toRecord } from './receiver.ts';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, installed, otherLocation, toAnswer } from './world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.dispose());

const list = (): string => `/contacts/?locationId=${firstLocation(world)}&limit=1`;

it('asks for a token it gave out', async () => {
  expect((await world.call('made.up.token', 'GET', list())).body).toMatchObject({
    statusCode: 401,
    message: 'Invalid JWT',
    error: 'Unauthorized',
  });
  expect((await world.call('pit-123', 'GET', list())).body['message']).toBe(
    'Invalid Private Integration token',
  );
  expect((await toAnswer(await fetch(world.simulator.url + list()))).status).toBe(401);
});

it('asks for a published version', async () => {
  const token = await installed(world);
  const missing = await world.call(token, 'GET', list(), undefined, null);
  expect(missing.body).toMatchObject({ statusCode: 401, message: 'version header was not found.' });
  const wrong = await world.call(token, 'GET', list(), undefined, '2020-02-02');
  expect(wrong.body).toMatchObject({ statusCode: 401, message: 'version header is invalid' });
  for (const version of ['2021-04-15', '2021-07-28', '2023-02-21']) {
    expect((await world.call(token, 'GET', list(), undefined, version)).status).toBe(200);
  }
});

it('keeps paths to the versions that have them', async () => {
  const token = await installed(world);
  const removed = await world.call(token, 'GET', '/oauth/installedLocations', undefined, 'v3');
  expect(removed.status).toBe(400);
  expect(removed.body['message']).toContain(
    'not available in API version v3. This endpoint was removed in version v3.',
  );
  const early = await world.call(token, 'GET', '/oauth/installed-locations');
  expect(early.body).toMatchObject({ statusCode: 404, message: 'Cannot GET /oauth/installed-locations' });
});

it('tells a wrong class of token, a missing scope and a foreign location apart', async () => {
  const company = await world.exchange(await world.agencyCode([firstLocation(world)]));
  expect(await world.call(String(company.body['access_token']), 'GET', list())).toMatchObject({
    status: 401,
    body: { message: "This token's user type is not yet supported!" },
  });
  const reader = await installed(world, 'contacts.readonly');
  expect(
    await world.call(reader, 'POST', '/contacts/', { locationId: firstLocation(world), firstName: 'Ada' }),
  ).toMatchObject({ status: 401, body: { message: 'The token is not authorized for this scope.' } });
  const foreign = await world.call(reader, 'GET', `/contacts/?locationId=${otherLocation(world)}`);
  expect(foreign).toMatchObject({
    status: 403,
    body: {
      statusCode: 403,
      message: 'The token does not have access to this location.',
      error: 'Forbidden',
    },
  });
  const twice = await world.call(reader, 'GET', `${list()}&locationId=${firstLocation(world)}`);
  expect(twice.status).toBe(403);
});

it('answers what it does not know like an unknown route', async () => {
  const token = await installed(world);
  const answer = await world.call(token, 'GET', '/nothing/here?x=1');
  expect(answer.body).toMatchObject({ statusCode: 404, message: 'Cannot GET /nothing/here?x=1' });
  expect(answer.body['traceId']).toBeTypeOf('string');
  expect((await world.call(token, 'PATCH', '/contacts/')).status).toBe(404);
});

it('answers HEAD without a body and OPTIONS with the methods', async () => {
  const token = await installed(world);
  const headers = { authorization: `Bearer ${token}`, version: '2021-07-28' };
  const head = await fetch(world.simulator.url + list(), { method: 'HEAD', headers });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe('');
  const options = await fetch(`${world.simulator.url}/contacts`, { method: 'OPTIONS' });
  expect(options.status).toBe(204);
  expect(options.headers.get('allow')).toBe('GET, POST, OPTIONS');
});

it('refuses a body over its limit and JSON it cannot read', async () => {
  const token = await installed(world);
  const headers = {
    authorization: `Bearer ${token}`,
    version: '2021-07-28',
    'content-type': 'application/json',
  };
  const send = async (body: string) =>
    toAnswer(await fetch(`${world.simulator.url}/contacts/`, { method: 'POST', headers, body }));
  expect((await send('{"locationId":')).status).toBe(400);
  expect((await send(JSON.stringify('x'.repeat(6 * 1024 * 1024)))).status).toBe(413);
});

it('counts down a burst of 100 in ten seconds, then answers 429 until it is over', async () => {
  const token = await installed(world);
  const first = await world.call(token, 'GET', list());
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'x-ratelimit-limit-daily': '200000',
    'x-ratelimit-daily-remaining': '199999',
    'x-ratelimit-interval-milliseconds': '10000',
    'x-ratelimit-max': '100',
    'x-ratelimit-remaining': '99',
  });
  expect(Number(first.headers.get('x-ratelimit-daily-reset'))).toBeGreaterThan(0);
  const rest = await Promise.all(Array.from({ length: 100 }, () => world.call(token, 'GET', list())));
  expect(rest.filter((answer) => answer.status === 200)).toHaveLength(99);
  const [limited] = rest.filter((answer) => answer.status === 429);
  expect(limited?.body).toMatchObject({ statusCode: 429 });
  expect(limited?.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(limited?.headers.has('retry-after')).toBe(false);
  world.simulator.advanceClock(10_000);
  expect((await world.call(token, 'GET', list())).headers.get('x-ratelimit-remaining')).toBe('99');
});

it('limits each location on its own, and a day as a whole', async () => {
  const small = await createTestWorld({ rateLimits: { burst: 2, intervalMs: 10_000, daily: 3 } });
  const token = await installed(small);
  const call = async (accessToken: string, locationId: string): Promise<number> =>
    (await small.call(accessToken, 'GET', `/contacts/?locationId=${locationId}&limit=1`)).status;
  const location = firstLocation(small);
  expect([await call(token, location), await call(token, location), await call(token, location)]).toEqual([
    200, 200, 429,
  ]);
  const other = await small.exchange(await small.codeFor(otherLocation(small)));
  expect(await call(String(other.body['access_token']), otherLocation(small))).toBe(200);
  small.simulator.advanceClock(10_000);
  expect([await call(token, location), await call(token, location)]).toEqual([200, 429]);
  await small.dispose();
});

it('lets all private tokens of a location share one limit, which is not that of the app', async () => {
  const small = await createTestWorld({ rateLimits: { burst: 2, intervalMs: 10_000, daily: 200_000 } });
  const locationId = firstLocation(small);
  const remaining = async (token: string): Promise<string | null> =>
    (await small.call(token, 'GET', `/contacts/?locationId=${locationId}`)).headers.get(
      'x-ratelimit-remaining',
    );
  const token = async (more: object = {}): Promise<string> => {
    const body = { locationId, scopes: ['contacts.readonly'], ...more };
    return String((await small.control('POST', 'private-tokens', body)).body['token']);
  };
  expect(await remaining(await token())).toBe('1');
  expect(await remaining(await token())).toBe('0');
  expect(await remaining(await installed(small))).toBe('1');
  await small.dispose();
});

it('holds a sandbox to 25 requests in ten seconds and 10,000 a day', async () => {
  const body = { locationId: firstLocation(world), scopes: ['contacts.readonly'], sandbox: true };
  const token = String((await world.control('POST', 'private-tokens', body)).body['token']);
  expect(Object.fromEntries((await world.call(token, 'GET', list())).headers)).toMatchObject({
    'x-ratelimit-max': '25',
    'x-ratelimit-remaining': '24',
    'x-ratelimit-limit-daily': '10000',
  });
});

it('drops its daily limit, and changes its burst, when it is told to', async () => {
  const token = await installed(world);
  const changed = await world.control('PUT', 'rate-limits', { burst: 7, daily: null });
  expect(changed.body).toEqual({ burst: 7, intervalMs: 10_000, daily: null });
  const { headers } = await world.call(token, 'GET', list());
  expect(headers.get('x-ratelimit-max')).toBe('7');
  expect(headers.has('x-ratelimit-limit-daily')).toBe(false);
  expect(headers.has('x-ratelimit-daily-remaining')).toBe(false);
  expect((await world.control('PUT', 'rate-limits', { burst: 0 })).status).toBe(422);
});

it('takes the sub-account from altId and location_id as well', async () => {
  const other = otherLocation(world);
  for (const path of [
    `/invoices/?altId=${other}&altType=location&limit=1&offset=0`,
    `/opportunities/search?location_id=${other}`,
  ]) {
    expect(await privateCall(path)).toMatchObject({ status: 403 });
  }
});

async function privateCall(path: string): ReturnType<TestWorld['call']> {
  const body = {
    locationId: firstLocation(world),
    scopes: ['invoices.readonly', 'opportunities.readonly'],
  };
  const token = String((await world.control('POST', 'private-tokens', body)).body['token']);
  return world.call(token, 'GET', path);
}

it('refuses the sub-account in the body of what belongs to a contact', async () => {
  const token = await installed(world);
  const locationId = firstLocation(world);
  const created = await world.call(token, 'POST', '/contacts/', { locationId, firstName: 'Ada' });
  const { id } = created.body['contact'] as { id: string };
  expect(
    await world.call(token, 'POST', `/contacts/${id}/notes`, { body: 'Called', locationId }),
  ).toMatchObject({ status: 422, body: { message: ['property locationId should not exist'] } });
});

it('refuses in the coded form where v3 has it', async () => {
  const company = await world.exchange(await world.agencyCode([firstLocation(world)]));
  const path = '/oauth/installed-locations?pageSize=many';
  const answer = await world.call(String(company.body['access_token']), 'GET', path, undefined, 'v3');
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_ARGUMENT' } } });
  expect(toRecord(answer.body['error'])['message']).toContain('companyId');
});
