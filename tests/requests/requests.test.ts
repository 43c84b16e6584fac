import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestDraft } from '../../src/shared/model/request.ts';
import { createBench, simulated, type Bench } from '../oauth/bench.ts';

let bench: Bench;
let locationIds: string[];

beforeAll(async () => {
  bench = await createBench();
  locationIds = (await simulated(bench.simulator)).locations.map((location) => location.id);
  await bench.allow({ location: locationIds[0] ?? '' });
  await bench.allow({ agency: locationIds.slice(1, 3) });
});
afterAll(() => bench.dispose());

const first = () => locationIds[0] ?? '';
const second = () => locationIds[1] ?? '';
const draft = (fields: Omit<RequestDraft, 'profileId'>): RequestDraft => ({
  profileId: bench.profile.id,
  ...fields,
});

describe('sending', () => {
  test('creates a contact with the token of the sub-account its body names', async () => {
    const result = await bench.requests.send(
      draft({
        operationId: 'contacts.create-contact',
        method: 'POST',
        path: '/contacts/',
        body: JSON.stringify({ locationId: first(), firstName: 'Ada', email: 'ada@example.com' }),
      }),
    );
    expect([200, 201]).toContain(result.status);
    expect(result.explanation).toBeNull();
    expect(result.rateLimit).toMatchObject({ max: 100, intervalMs: 10_000 });
    expect(result.timings?.total).toBeGreaterThan(0);
    const detail = await bench.store.get(result.exchangeId);
    expect(detail).toMatchObject({ purpose: 'api', status: result.status, profileId: bench.profile.id });
    const sent = new Map(detail.requestHeaders.map(([name, value]) => [name.toLowerCase(), value]));
    expect(sent.get('version')).toBe('2021-07-28');
    expect(sent.get('content-type')).toBe('application/json');
    expect(sent.get('authorization')).toBe('Bearer ********');
    const contact = JSON.parse(await bench.text(result.exchangeId, 'response')).contact;
    expect(contact).toMatchObject({ firstName: 'Ada', locationId: first() });

    const got = await bench.requests.send(
      draft({
        method: 'GET',
        path: '/contacts/{contactId}',
        pathParams: { contactId: contact.id },
        locationId: first(),
      }),
    );
    expect(got.status).toBe(200);
    const deleted = await bench.requests.send(
      draft({ method: 'DELETE', path: `/contacts/${contact.id}`, locationId: first() }),
    );
    expect(deleted.status).toBe(200);
  });

  test('mints the token of a sub-account from the agency’s when there is none', async () => {
    const ask = draft({ method: 'GET', path: '/contacts/', locationId: second() });
    const preview = await bench.requests.preview(ask);
    expect(preview.tokenId).toBeNull();
    expect(preview.tokenReason).toContain('minted from the agency token');
    expect(bench.tokens.list().some((token) => token.locationId === second())).toBe(false);
    const result = await bench.requests.send(ask);
    expect(result.status).toBe(200);
    expect(bench.tokens.list().some((token) => token.locationId === second())).toBe(true);
  });

  test('explains what the platform refuses', async () => {
    const missing = await bench.requests.send(
      draft({ method: 'GET', path: '/contacts/nosuchcontact000001', locationId: first() }),
    );
    expect(missing.status).toBeGreaterThanOrEqual(400);
    expect(missing.explanation?.sentence).not.toBe('');
    const company = bench.tokens.list().find((token) => token.userType === 'Company');
    const wrong = await bench.requests.send(
      draft({
        method: 'GET',
        path: '/contacts/',
        query: [{ name: 'locationId', value: first() }],
        tokenId: company?.id ?? null,
      }),
    );
    expect([401, 403]).toContain(wrong.status);
    expect(wrong.explanation?.remedy).not.toBeNull();
  });

  test('that is aborted is cancelled and recorded as such', async () => {
    const before = (await bench.exchanges('api')).length;
    bench.simulator.setFaults([{ path: '/contacts', kind: { type: 'hang' }, count: 1 }]);
    const controller = new AbortController();
    const sending = bench.requests.send(draft({ method: 'GET', path: '/contacts/', locationId: first() }), {
      signal: controller.signal,
    });
    setImmediate(() => controller.abort());
    await expect(sending).rejects.toMatchObject({ code: 'cancelled' });
    bench.simulator.setFaults([]);
    const recorded = await bench.exchanges('api');
    expect(recorded).toHaveLength(before + 1);
    expect(recorded.at(-1)).toMatchObject({ outcome: 'cancelled', status: null });
  });
});

describe('a preview', () => {
  test('shows what would be sent, the token’s name but never the token', async () => {
    const preview = await bench.requests.preview(
      draft({
        method: 'GET',
        path: '/contacts/',
        query: [
          { name: 'locationId', value: '{{locationId}}' },
          { name: 'query', value: 'a&b' },
        ],
        locationId: first(),
      }),
    );
    const url = new URL(preview.url);
    expect(url.origin).toBe(bench.simulator.url);
    expect(url.searchParams.get('locationId')).toBe(first());
    expect(url.searchParams.get('query')).toBe('a&b');
    expect(preview.headers).toEqual([
      ['Accept', 'application/json'],
      ['Version', '2021-07-28'],
      ['Authorization', 'Bearer ********'],
    ]);
    expect(preview.tokenId).toBe(`location:${bench.profile.id}:${first()}`);
    expect(preview.warnings).toEqual(['HighLevel has deprecated this operation.']);
  });

  test('keeps the Version the developer typed', async () => {
    const headers = [{ name: 'version', value: '2021-04-15' }];
    const preview = await bench.requests.preview(
      draft({ method: 'GET', path: '/contacts/', headers, locationId: first() }),
    );
    expect(preview.headers.filter(([name]) => name.toLowerCase() === 'version')).toEqual([
      ['version', '2021-04-15'],
    ]);
  });

  test('fills in body variables and leaves HighLevel’s own merge fields alone', async () => {
    const result = await bench.requests.send(
      draft({
        method: 'POST',
        path: '/contacts/',
        locationId: first(),
        body: '{"locationId":"{{locationId}}","firstName":"{{contact.first_name}}"}',
      }),
    );
    expect([200, 201]).toContain(result.status);
    expect(JSON.parse(await bench.text(result.exchangeId, 'request'))).toEqual({
      locationId: first(),
      firstName: '{{contact.first_name}}',
    });
  });

  test.each<[string, Omit<RequestDraft, 'profileId'>, string]>([
    ['a missing path parameter', { method: 'GET', path: '/contacts/{contactId}' }, '"contactId"'],
    ['an unknown variable', { method: 'GET', path: '/contacts/{{foo}}' }, '{{foo}}'],
    [
      'a variable in the query',
      { method: 'GET', path: '/contacts/', query: [{ name: 'q', value: '{{bar}}' }] },
      '"q"',
    ],
    [
      'a parameter that leaves the path',
      { method: 'GET', path: '/contacts/{a}', pathParams: { a: '..' } },
      '"a"',
    ],
    ['another host', { method: 'GET', path: 'https://example.com/contacts/' }, 'example.com'],
    ['a host in the user part', { method: 'GET', path: '@example.com/contacts/' }, 'slash'],
    [
      'a typed Authorization',
      { method: 'GET', path: '/contacts/', headers: [{ name: 'authorization', value: 'x' }] },
      'authorization',
    ],
    [
      'a line break in a header',
      { method: 'GET', path: '/contacts/', headers: [{ name: 'X-A', value: 'a\r\nb: c' }] },
      '"X-A"',
    ],
  ])('refuses %s by name', async (_what, fields, named) => {
    await expect(bench.requests.preview(draft({ locationId: first(), ...fields }))).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining(named),
    });
  });

  test('never makes an address elsewhere out of a path', async () => {
    const preview = await bench.requests.preview(
      draft({ method: 'GET', path: '//example.com/contacts/', locationId: first() }),
    );
    expect(new URL(preview.url).origin).toBe(bench.simulator.url);
  });

  test('warns of scopes, levels, deprecation and a locationId given twice', async () => {
    const company = bench.tokens.list().find((token) => token.userType === 'Company');
    const wrongLevel = await bench.requests.preview(
      draft({ method: 'GET', path: `/contacts/?locationId=${first()}`, tokenId: company?.id ?? null }),
    );
    expect(wrongLevel.tokenReason).toBe('You chose this token.');
    expect(wrongLevel.warnings.join(' ')).toContain('token of an agency');

    const scopes = await bench.requests.preview(
      draft({
        method: 'GET',
        path: '/medias/files',
        query: [
          { name: 'altId', value: first() },
          { name: 'altType', value: 'location' },
        ],
      }),
    );
    expect(scopes.warnings.join(' ')).toContain('medias.readonly');

    const twice = await bench.requests.preview(
      draft({
        method: 'POST',
        path: '/contacts/',
        query: [{ name: 'locationId', value: first() }],
        body: JSON.stringify({ locationId: first() }),
      }),
    );
    expect(twice.warnings.join(' ')).toContain('more than once');

    const unknown = await bench.requests.preview(
      draft({ method: 'GET', path: '/no/such/path', locationId: first() }),
    );
    expect(unknown.warnings.join(' ')).toContain('No known operation');

    const broken = await bench.requests.preview(
      draft({ method: 'POST', path: '/contacts/', body: '{', locationId: first() }),
    );
    expect(broken.warnings.join(' ')).toContain('not valid JSON');
  });

  test('asks which sub-account when several could be meant, and takes agency operations to the agency', async () => {
    await bench.tokens.mintLocation(`company:${bench.profile.id}:${companyId()}` as never, second());
    const ambiguous = bench.requests.preview(draft({ method: 'PUT', path: '/contacts/abc' }));
    await expect(ambiguous).rejects.toMatchObject({ code: 'no_token' });
    const agency = await bench.requests.preview(
      draft({
        method: 'GET',
        path: `/oauth/installedLocations`,
        query: [{ name: 'appId', value: '{{appId}}' }],
      }),
    );
    expect(agency.tokenId).toBe(`company:${bench.profile.id}:${companyId()}`);
    expect(new URL(agency.url).searchParams.get('companyId')).toBe(companyId());
  });
});

const companyId = () => bench.tokens.list().find((token) => token.userType === 'Company')?.companyId ?? '';
