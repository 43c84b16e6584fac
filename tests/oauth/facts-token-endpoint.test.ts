/** HighLevel's token endpoint, fact by fact: what is sent, what comes back, what each refusal means for the grant. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GrantResult } from '../../src/main/core/oauth/token-endpoint.ts';
import { createBench, simulated, type Bench } from './bench.ts';
import { createPlatform, type Platform } from './platform.ts';

let bench: Bench;
let platform: Platform;

// The endpoint keeps nothing between two requests, so one companion serves them all.
beforeAll(async () => {
  bench = await createBench();
});
beforeEach(async () => {
  platform = await createPlatform();
});
afterEach(() => platform.close());
afterAll(() => bench.dispose());

const redirectUri = 'https://example.com/oauth/callback';
const owner = { userType: 'Location', companyId: 'comp1', locationId: 'loc1' } as const;
const locationAnswer = {
  access_token: 'an-access-token-of-a-location',
  token_type: 'Bearer',
  expires_in: 86_399,
  refresh_token: 'a-refresh-token-of-a-location',
  refreshTokenId: '68a1',
  scope: 'contacts.readonly contacts.write',
  userType: 'Location',
  companyId: 'comp1',
  locationId: 'loc1',
  isBulkInstallation: false,
  userId: 'user1',
  planId: 'plan1',
  traceId: 'trace1',
};
const { locationId: _none, ...shared } = locationAnswer;
const companyAnswer = {
  ...shared,
  userType: 'Company',
  isBulkInstallation: true,
  approvedLocations: ['loc1', 'loc2'],
  approveAllLocations: false,
  installToFutureLocations: true,
};

const exchange = (): Promise<GrantResult> =>
  bench.tokens.endpoint.exchangeCode(platform.at(bench.profile), 'c0de'.repeat(10), redirectUri);
async function refresh(): Promise<GrantResult> {
  const { endpoint } = bench.tokens;
  const answer = await endpoint.sendRefresh(platform.at(bench.profile), 'the-refresh-token', owner);
  return endpoint.readRefresh(answer, owner);
}

describe('the request (Get Access Token)', () => {
  test('goes to POST /oauth/token as a form, with neither Version nor Authorization', async () => {
    platform.answers(200, locationAnswer);
    await exchange();
    const [request] = platform.received;
    expect(request).toMatchObject({ method: 'POST', path: '/oauth/token' });
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.headers).not.toHaveProperty('version');
    expect(request?.headers).not.toHaveProperty('authorization');
  });

  test('of a code carries client_id, client_secret, grant_type, code and redirect_uri', async () => {
    platform.answers(200, locationAnswer);
    await exchange();
    expect(platform.received[0]?.form).toEqual({
      client_id: bench.simulator.clientId,
      client_secret: bench.simulator.clientSecret,
      grant_type: 'authorization_code',
      code: 'c0de'.repeat(10),
      redirect_uri: redirectUri,
    });
  });

  test('of a refresh carries refresh_token, and user_type as the token has it', async () => {
    platform.answers(200, locationAnswer);
    await refresh();
    expect(platform.received[0]?.form).toEqual({
      client_id: bench.simulator.clientId,
      client_secret: bench.simulator.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: 'the-refresh-token',
      user_type: 'Location',
    });
  });

  test.each(['authorization_code', 'refresh_token', 'client_credentials'])(
    'knows the grant type %s, and the last one gives nothing',
    async (grant_type) => {
      const answer = await fetch(`${bench.simulator.url}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: bench.simulator.clientId,
          client_secret: bench.simulator.clientSecret,
          grant_type,
        }),
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        message:
          grant_type === 'client_credentials'
            ? 'Invalid parameter: grant_type'
            : `Missing parameter: ${grant_type === 'refresh_token' ? 'refresh_token' : 'code'}`,
      });
    },
  );
});

describe('the answer', () => {
  test('of a location token: every documented field', async () => {
    platform.answers(200, locationAnswer);
    expect(await exchange()).toMatchObject({
      ok: true,
      token: {
        accessToken: locationAnswer.access_token,
        refreshToken: locationAnswer.refresh_token,
        lifetimeMs: 86_399_000,
        scopes: ['contacts.readonly', 'contacts.write'],
        userType: 'Location',
        companyId: 'comp1',
        locationId: 'loc1',
        isBulkInstallation: false,
        approvedLocations: null,
        userId: 'user1',
      },
    });
  });

  test('of a company token: no locationId, the approved locations, bulk', async () => {
    platform.answers(200, companyAnswer);
    expect(await exchange()).toMatchObject({
      ok: true,
      token: {
        userType: 'Company',
        companyId: 'comp1',
        locationId: null,
        isBulkInstallation: true,
        approvedLocations: ['loc1', 'loc2'],
      },
    });
  });

  test('may call expires_in 86400 as well', async () => {
    platform.answers(200, { ...locationAnswer, expires_in: 86_400 });
    expect(await exchange()).toMatchObject({ ok: true, token: { lifetimeMs: 86_400_000 } });
  });

  test('decides by its own userType, whatever user_type was asked for', async () => {
    platform.answers(200, companyAnswer);
    expect(await refresh()).toMatchObject({ ok: true, token: { userType: 'Company', locationId: null } });
  });

  test.each([
    [
      'target Agency, installed by the agency',
      { ...companyAnswer, isBulkInstallation: false },
      'Company',
      false,
    ],
    ['target Sub-account, not bulk, by a sub-account or agency user', locationAnswer, 'Location', false],
    ['target Sub-account, bulk, by a sub-account user', locationAnswer, 'Location', false],
    ['target Sub-account, bulk, by an agency user', companyAnswer, 'Company', true],
    ['target Sub-account, agency only, bulk, by an agency user', companyAnswer, 'Company', true],
  ])('%s', async (_who, answer, userType, isBulkInstallation) => {
    platform.answers(200, answer);
    expect(await exchange()).toMatchObject({ ok: true, token: { userType, isBulkInstallation } });
  });
});

describe('a refusal', () => {
  test.each([
    [
      'bad parameter',
      400,
      { statusCode: 400, message: 'Invalid parameter: grantType' },
      'not-done',
      'does not accept',
    ],
    [
      'missing parameter',
      400,
      { statusCode: 400, message: 'Missing parameter: clientId' },
      'not-done',
      'missing',
    ],
    [
      'refresh token invalid, expired or already used',
      400,
      { statusCode: 400, message: 'Invalid grant: refresh token is invalid' },
      'refused',
      'does not accept the refresh token',
    ],
    [
      'location paused or SaaS unpaid',
      400,
      { statusCode: 400, message: 'Location is not active' },
      'paused',
      'paused',
    ],
    [
      'malformed form',
      422,
      {
        message: ['grant_type must be a valid enum value', 'grant_type should not be empty'],
        error: 'Unprocessable Entity',
        statusCode: 422,
        traceId: '0af7651916cd',
      },
      'not-done',
      'parameter',
    ],
    [
      'bad client',
      401,
      { statusCode: 401, message: 'Invalid client: client is invalid' },
      'not-done',
      'client id',
    ],
    [
      'removed endpoint',
      400,
      { message: 'API endpoint has been removed', error: 'Bad Request', statusCode: 400 },
      'not-done',
      'removed this endpoint',
    ],
    ['rate limit', 429, '', 'not-done', 'limits how often'],
    ['failure on HighLevel’s side', 503, '<html>Service Unavailable</html>', 'unknown', 'failed on its side'],
  ])('%s', async (_case, status, body, fate, words) => {
    platform.answers(status, body);
    const result = await refresh();
    expect(result).toMatchObject({ ok: false, fate, error: { code: 'token_endpoint_refused' } });
    if (result.ok) throw new Error('granted');
    expect(result.error.message).toContain(words);
    expect(result.error.message).toContain(`Status ${status}`);
    const raw = typeof body === 'string' ? body : JSON.stringify(body);
    expect(await bench.text(result.exchangeId, 'response')).toBe(raw);
  });

  test('bad code', async () => {
    platform.answers(400, { statusCode: 400, message: 'Invalid grant: authorization code is invalid' });
    const result = await exchange();
    expect(result).toMatchObject({ ok: false, error: { code: 'token_endpoint_refused' } });
    if (result.ok) throw new Error('granted');
    expect(result.error.message).toContain('authorization code');
  });

  test.each([
    ['a string', 'invalid_grant'],
    ['an array', ['invalid_grant', 'refresh token expired']],
  ])('whose message is %s is read all the same', async (_form, message) => {
    platform.answers(400, { statusCode: 400, message });
    expect(await refresh()).toMatchObject({ ok: false, fate: 'refused' });
  });
});

describe('with tokens of the simulator', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await createBench();
  });
  afterEach(() => bench.dispose());

  test('the answer has all documented fields, for both kinds of token', async () => {
    const { locations } = await simulated(bench.simulator);
    const ids = locations.map(({ id }) => id);
    await bench.allow({ location: ids[0] ?? '' });
    await bench.allow({ agency: ids.slice(0, 2) });
    const answers = await Promise.all(
      (await bench.exchanges('token')).map(async ({ id }) => JSON.parse(await bench.text(id, 'response'))),
    );
    const both = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'refreshTokenId', 'scope'];
    const all = [...both, 'userType', 'companyId', 'isBulkInstallation', 'userId', 'traceId'];
    expect(Object.keys(answers[0])).toEqual(expect.arrayContaining([...all, 'locationId']));
    expect(Object.keys(answers[1])).toEqual(
      expect.arrayContaining([
        ...all,
        'approvedLocations',
        'approveAllLocations',
        'installToFutureLocations',
      ]),
    );
    expect(answers[1]).not.toHaveProperty('locationId');
  });

  test('a refresh brings the next refresh token; the one before is used up', async () => {
    const { locations } = await simulated(bench.simulator);
    await bench.allow({ location: locations[0]?.id ?? '' });
    const [token] = bench.tokens.list();
    if (token === undefined) throw new Error('no token');
    const read = async () => JSON.parse((await bench.vault.get(`token/${token.id}`)) ?? '');
    const before = await read();
    await bench.tokens.refresh(token.id);
    const after = await read();
    expect(after.refreshToken).not.toBe(before.refreshToken);
    const { endpoint } = bench.tokens;
    const again = await endpoint.sendRefresh(bench.profile, before.refreshToken, token);
    expect(await endpoint.readRefresh(again, token)).toMatchObject({ ok: false, fate: 'refused' });
  });

  test('a refresh of an access token is due after about a day, of a refresh token never within a year', async () => {
    const { locations } = await simulated(bench.simulator);
    await bench.allow({ location: locations[0]?.id ?? '' });
    const [token] = bench.tokens.list();
    if (token === undefined) throw new Error('no token');
    expect(token.expiresAt - token.obtainedAt).toBe(86_399_000);
    bench.advance(364 * 86_400_000);
    expect(await bench.tokens.refresh(token.id)).toMatchObject({ status: 'active' });
    bench.advance(366 * 86_400_000);
    await expect(bench.tokens.refresh(token.id)).rejects.toMatchObject({ code: 'token_endpoint_refused' });
    expect(bench.tokens.list()[0]?.status).toBe('dead');
  });
});
