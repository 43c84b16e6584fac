/** Variables, captures and checks of requests, over the real simulator and a real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestDraft } from '../../src/shared/model/request.ts';
import { createBench, filesBelow, simulated, type Bench } from '../oauth/bench.ts';

/** Each character is one that URLs, forms or JSON write otherwise. */
const secret = `s3cr3t !'()*~ /+&="ä\\`;

let bench: Bench;
let locations: readonly string[];
let place: { profileId: Bench['profile']['id']; environmentId: null };

beforeAll(async () => {
  bench = await createBench();
  locations = (await simulated(bench.simulator)).locations.map(({ id }) => id);
  await bench.allow({ agency: locations.slice(0, 2) });
  place = { profileId: bench.profile.id, environmentId: null };
});
afterAll(() => bench.dispose());

const draft = (fields: Omit<RequestDraft, 'profileId'>): RequestDraft => ({
  profileId: bench.profile.id,
  ...fields,
});
const contacts = (query: Readonly<Record<string, string>>, more: object = {}): RequestDraft =>
  draft({
    method: 'GET',
    path: '/contacts/',
    locationId: locations[0] ?? null,
    query: Object.entries({ locationId: '{{locationId}}', ...query }).map(([name, value]) => ({
      name,
      value,
    })),
    ...more,
  });
const set = (name: string, value: string, isSecret = false, environmentId: null | string = null) =>
  bench.environments.set(
    {
      ...place,
      environmentId:
        bench.environments.get(bench.profile.id).environments.find((one) => one.id === environmentId)?.id ??
        null,
    },
    { name, value, secret: isSecret },
  );
const sentTo = async (request: RequestDraft, options?: Parameters<Bench['requests']['send']>[1]) =>
  new URL((await bench.store.get((await bench.requests.send(request, options)).exchangeId)).url);

describe('variables', () => {
  test('count in this order: of the call, the environment, shared, the token', async () => {
    await set('query', 'shared');
    const url = (name: string) =>
      contacts({ query: '{{query}}' }, { headers: [], operationId: null, method: name });
    expect((await sentTo(url('GET'))).searchParams.get('query')).toBe('shared');

    const staging = (await bench.environments.create(bench.profile.id, 'Staging')).active;
    await set('query', 'of {{region}}', false, staging);
    await set('region', 'eu');
    expect((await sentTo(url('GET'))).searchParams.get('query')).toBe('of eu');
    expect((await sentTo(url('GET'), { values: { region: 'us' } })).searchParams.get('query')).toBe('of us');
    expect(
      (await sentTo(url('GET'), { values: { locationId: 'x', query: 'q' } })).searchParams.get('query'),
    ).toBe('q');

    await bench.environments.create(bench.profile.id, 'Other');
    expect((await sentTo(url('GET'))).searchParams.get('query')).toBe('shared');
    const named = await sentTo(url('GET'), { environment: 'Staging' });
    expect(named.searchParams.get('query')).toBe('of eu');
    await expect(bench.requests.send(url('GET'), { environment: 'None' })).rejects.toMatchObject({
      code: 'not_found',
    });

    const known = await bench.requests.variables(contacts({}));
    expect(known).toContainEqual({ name: 'query', value: 'shared', secret: false, from: 'shared' });
    expect(known).toContainEqual({ name: 'locationId', value: locations[0], secret: false, from: 'token' });
    expect(known.filter((one) => one.name === 'query')).toHaveLength(1);
    await bench.environments.activate(bench.profile.id, null);
  });

  test('are made anew where they begin with $', async () => {
    const url = await sentTo(
      contacts({
        a: '{{$uuid}}',
        b: '{{ $guid }}',
        c: '{{$timestamp}}',
        d: '{{$isoTimestamp}}',
        e: '{{$randomInt}}',
      }),
    );
    const of = (name: string): string => url.searchParams.get(name) ?? '';
    expect(of('a')).toMatch(/^[\da-f-]{36}$/);
    expect(of('b')).not.toBe(of('a'));
    expect(of('c')).toMatch(/^\d{10}$/);
    expect(new Date(of('d')).toISOString()).toBe(of('d'));
    expect(Number(of('e'))).toBeLessThanOrEqual(1000);
  });

  test('that are unknown, have no value or go in a circle are said in one sentence', async () => {
    const refused = (value: string) =>
      bench.requests.preview(contacts({ query: value })).then(
        () => null,
        (error: unknown) => error,
      );
    expect(await refused('{{nobody}}')).toMatchObject({
      code: 'bad_input',
      message: '{{nobody}} in the query parameter "query" is not a variable the companion knows.',
      remedy: expect.stringContaining('query, region'),
    });
    await set('chicken', '{{egg}}');
    await set('egg', 'of the {{chicken}}');
    expect(await refused('{{chicken}}')).toMatchObject({
      message: 'The variable {{chicken}} refers to itself: {{chicken}} → {{egg}} → {{chicken}}.',
    });
    for (let at = 0; at < 40; at += 1) await set(`many${at}`, `{{many${at + 1}}}{{many${at + 1}}}`);
    await set('many40', '');
    expect(await refused('{{many0}}')).toMatchObject({
      message: 'The variable {{many0}} holds more than 1000 others.',
    });
    await set('leads', '{{nowhere}}');
    await set('too', '{{leads}} {{elsewhere}}');
    expect(await refused('{{leads}}')).toMatchObject({
      message: '{{nowhere}} in the variable "leads" is not a variable the companion knows.',
    });
    // What is shown of them is what was typed.
    const known = await bench.requests.variables(contacts({}));
    expect(known).toContainEqual(expect.objectContaining({ name: 'egg', value: 'of the {{chicken}}' }));
  });

  test('choose the token by their locationId', async () => {
    await set('locationId', locations[1] ?? '');
    const request = contacts({}, { locationId: null });
    expect(await bench.requests.preview(request)).toMatchObject({
      url: expect.stringContaining(`locationId=${locations[1]}`),
      tokenReason: expect.stringContaining(locations[1] ?? ''),
      warnings: expect.not.arrayContaining([expect.stringContaining('names the sub-account')]),
    });
    const { status } = await bench.requests.send(request);
    expect(status).toBe(200);
    await bench.environments.unset(place, 'locationId');
  });

  test('leave merge fields of a body alone, and refer to them', async () => {
    await set('greeting', 'Hi {{contact.first_name}}, "{{region}}"');
    const result = await bench.requests.send(
      draft({
        method: 'POST',
        path: '/contacts/',
        locationId: locations[0] ?? null,
        body: '{"locationId":"{{locationId}}","firstName":"{{contact.name}}","lastName":"{{greeting}}"}',
      }),
    );
    expect(JSON.parse(await bench.text(result.exchangeId, 'request'))).toMatchObject({
      firstName: '{{contact.name}}',
      lastName: 'Hi {{contact.first_name}}, "eu"',
    });
  });

  test('that are secret stand in no exchange, preview or sentence', async () => {
    await set('apiKey', secret, true);
    await set('header', 'key-71c5f0ab', true);
    await set('composed', 'Key {{header}}', false);
    const parts = [
      contacts(
        { first: '{{apiKey}}', second: 'a-{{apiKey}}-b' },
        { headers: [{ name: 'X-Own', value: '{{composed}}' }] },
      ),
      draft({
        method: 'GET',
        path: '/contacts/{contactId}',
        pathParams: { contactId: '{{apiKey}}' },
        locationId: locations[0] ?? null,
      }),
      draft({ method: 'GET', path: '/contacts/x{{apiKey}}/', locationId: locations[0] ?? null }),
      draft({
        method: 'GET',
        path: '/nothing/{{header}}/',
        locationId: locations[0] ?? null,
        checks: [
          { kind: 'json', path: '$.message', test: 'equals', value: 'Cannot GET /nothing/{{header}}/' },
        ],
        captures: [{ variable: 'copied', path: '$.message' }],
      }),
      draft({
        method: 'POST',
        path: '/contacts/',
        locationId: locations[0] ?? null,
        body: '{"locationId":"{{locationId}}","firstName":"{{apiKey}}","refused":"of {{apiKey}}"}',
      }),
      draft({
        method: 'POST',
        path: '/contacts/',
        locationId: locations[0] ?? null,
        bodyKind: 'form',
        parts: [{ name: 'firstName', value: '{{apiKey}}' }],
      }),
      draft({
        method: 'POST',
        path: '/contacts/',
        locationId: locations[0] ?? null,
        bodyKind: 'multipart',
        parts: [{ name: 'firstName', value: 'it is {{apiKey}}' }],
      }),
    ];
    const said: unknown[] = [];
    for (const part of parts) {
      said.push(await bench.requests.preview(part));
      const result = await bench.requests.send(part);
      const detail = await bench.store.get(result.exchangeId);
      expect(result.checks.every(({ ok }) => ok)).toBe(true);
      said.push({ ...result, headers: [] }, detail.url, detail.requestHeaders);
      said.push(
        await bench.text(result.exchangeId, 'request'),
        await bench.text(result.exchangeId, 'response'),
      );
    }
    said.push(await bench.requests.variables(contacts({})));
    const text = JSON.stringify(said);
    for (const piece of ['s3cr3t', '71c5f0ab']) expect(text).not.toContain(piece);
    expect(text).toContain('********');

    await bench.store.settled();
    const files = [...(await filesBelow(bench.dataDir))];
    const telling = files.filter(([, bytes]) => bytes.includes('s3cr3t') || bytes.includes('71c5f0ab'));
    expect(telling.map(([path]) => path)).toEqual([]);
    expect(await bench.environments.reveal(place, 'copied')).toBe('Cannot GET /nothing/key-71c5f0ab/');
  });
});

describe('captures and checks', () => {
  test('take the id of what was made into the next request, and judge its answer', async () => {
    const made = await bench.requests.send(
      draft({
        method: 'POST',
        path: '/contacts/',
        locationId: locations[0] ?? null,
        body: '{"locationId":"{{locationId}}","firstName":"Grace"}',
        captures: [
          { variable: 'contactId', path: '$.contact.id' },
          { variable: 'missing', path: '$.contact.nothing' },
        ],
        checks: [{ kind: 'status', value: '2xx' }],
      }),
    );
    expect(made.checks).toMatchObject([{ ok: true }]);
    expect(made.captured).toEqual([
      { variable: 'contactId', path: '$.contact.id', value: expect.any(String), problem: null },
      {
        variable: 'missing',
        path: '$.contact.nothing',
        value: null,
        problem: 'The answer has nothing at $.contact.nothing.',
      },
    ]);

    const got = await bench.requests.send(
      draft({
        method: 'GET',
        path: '/contacts/{contactId}',
        pathParams: { contactId: '{{contactId}}' },
        locationId: locations[0] ?? null,
        checks: [
          { kind: 'json', path: '$.contact.id', test: 'equals', value: '{{contactId}}' },
          { kind: 'json', path: '$.contact.firstName', test: 'equals', value: 'Ada' },
          { kind: 'time', withinMs: 60_000 },
        ],
      }),
    );
    expect(got.status).toBe(200);
    expect(got.checks.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(got.checks[1]?.saw).toBe('Grace');
    expect(got.checks[0]?.check).toMatchObject({ value: '{{contactId}}' });
    expect(got.captured).toEqual([]);
  });
});
