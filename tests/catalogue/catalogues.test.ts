import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentInput } from '../../src/shared/model/catalogue.ts';
import { savedRequest } from '../../src/shared/model/collection.ts';
import { operationDetail } from '../../src/shared/model/request.ts';
import { createRunBench, type RunBench } from '../runs/support.ts';

let bench: RunBench;
let server: Server;
let base: string;
/** What the server answers, by path. */
const served = new Map<string, { status: number; body: string; location?: string }>();

beforeAll(async () => {
  bench = await createRunBench();
  server = createServer((request, response) => {
    const { status, body, location } = served.get(request.url ?? '') ?? { status: 404, body: 'none' };
    response.writeHead(status, location === undefined ? {} : { location }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await bench.dispose();
});

const documentOf = (name: string): Promise<string> =>
  readFile(join(import.meta.dirname, 'documents', name), 'utf8');
const file = async (name: string): Promise<DocumentInput> => ({
  kind: 'file',
  name,
  text: await documentOf(name),
});
const found = (text: string, catalogue?: string): string[] =>
  bench
    .core()
    .catalogue.search({ text, catalogue, limit: 50, offset: 0 })
    .items.map(({ id }) => id);
const newestStatus = async (draft: Parameters<ReturnType<RunBench['core']>['requests']['send']>[0]) =>
  (await bench.core().requests.send(draft)).status;

describe('a further catalogue', () => {
  test('is found, opened with an example and sent beside HighLevel’s own', async () => {
    const { catalogues, catalogue, requests } = bench.core();
    const reading = await catalogues.read(await file('bookings.json'));
    expect(reading).toMatchObject({
      title: 'Bookings API',
      operations: 5,
      suggested: 'further',
      elsewhere: [],
    });
    expect(found('list bookings')).not.toContain('desks:list-bookings');
    const info = await catalogues.apply(reading.id, 'further', 'Desks');
    expect(info).toMatchObject({ id: 'desks', name: 'Desks', kind: 'further', operations: 5 });

    expect(found('list bookings')).toContain('desks:list-bookings');
    expect(found('', 'desks')).toHaveLength(5);
    expect(found('bookings.write')).toEqual(
      expect.arrayContaining(['desks:create-booking', 'desks:add-file']),
    );
    expect(found('GET /contacts/abc/bookings')).toContain('desks:list-bookings');
    expect(catalogue.groups().filter((group) => group.catalogue === 'desks')).toEqual([
      { catalogue: 'desks', service: 'bookings', count: 1 },
      { catalogue: 'desks', service: 'Bookings', count: 4 },
    ]);

    const detail = operationDetail.parse(await catalogue.get('desks:create-booking'));
    expect(detail).toMatchObject({ version: 'v3', catalogue: 'desks', scopes: ['bookings.write'] });
    expect(JSON.parse(detail.example.body ?? '')).toEqual({
      email: 'someone@example.com',
      locationId: '{{locationId}}',
      room: 'blue',
      from: '2026-01-15T10:00:00Z',
    });
    const list = await catalogue.get('desks:list-bookings');
    expect(list.example).toMatchObject({
      pathParams: { contactId: '{{contactId}}' },
      query: [
        { name: 'limit', value: '20' },
        { name: 'sort', value: 'createdAt' },
      ],
    });

    const draft = {
      profileId: bench.profileId,
      operationId: 'desks:create-booking',
      method: 'POST',
      path: '/contacts/{contactId}/bookings',
      pathParams: { contactId: 'abc' },
      body: detail.example.body,
    };
    const preview = await requests.preview(draft);
    expect(preview.headers).toEqual(expect.arrayContaining([['Version', 'v3']]));
    expect(preview.missingScopes).toEqual(['bookings.write']);
    expect(await newestStatus(draft)).toBe(404);
  });

  test('of another host is read and not sent to', async () => {
    const { catalogues, catalogue, requests } = bench.core();
    const reading = await catalogues.read(await file('shop.yaml'));
    expect(reading.elsewhere).toEqual(['https://eu.shop.example']);
    await catalogues.apply(reading.id, 'further');
    const { path, method, example } = await catalogue.get('shop:get-item');
    expect(example).toMatchObject({ pathParams: { 'item-id': '7' }, query: [{ name: 'lang', value: 'en' }] });
    expect((await catalogue.get('shop:get-item-2')).example.headers).toEqual([
      { name: 'Content-Type', value: 'application/vnd.shop+json' },
    ]);
    await expect(
      requests.preview({
        profileId: bench.profileId,
        operationId: 'shop:get-item',
        method,
        path,
        pathParams: { 'item-id': '7' },
      }),
    ).rejects.toThrow('The address leads to eu.shop.example, but the requests of this app go to');
  });

  test('is renamed, imported again in its place, and removed; a restart changes nothing', async () => {
    const { catalogues } = bench.core();
    await catalogues.rename('desks', 'Desks and rooms');
    const text = (await documentOf('bookings.json')).replace(
      '"operationId": "log-out"',
      '"operationId": "leave"',
    );
    const reading = await catalogues.read({ kind: 'file', name: 'bookings.json', text });
    expect(reading).toMatchObject({ replaces: 'Desks and rooms', suggested: 'further' });
    expect(reading.update).toMatchObject({ added: [], removed: [], changed: [], same: 5 });
    expect(await catalogues.apply(reading.id, 'further')).toMatchObject({
      id: 'desks',
      name: 'Desks and rooms',
    });
    expect(found('', 'desks')).toContain('desks:leave');

    const before = catalogues.list();
    await bench.close();
    await bench.reopen();
    expect(bench.core().catalogues.list()).toEqual(before);
    expect(found('', 'desks')).toContain('desks:leave');

    await bench.core().catalogues.remove('desks');
    await bench.core().catalogues.remove('shop');
    expect(found('', 'desks')).toEqual([]);
    expect(await readdir(join(bench.dataDir, 'catalogues'))).toEqual([]);
  });
});

describe('a refresh of HighLevel’s operations', () => {
  test('says what is new, gone and changed, and who calls it; applied, and undone', async () => {
    const { catalogues, catalogue } = bench.core();
    const total = found('').length;
    const locationId = bench.facts.locationId;
    await newestStatus({
      profileId: bench.profileId,
      method: 'GET',
      path: '/links/search',
      query: [{ name: 'locationId', value: locationId }],
    });
    const { collections } = bench.core();
    const collection = await collections.create({ name: 'Team', location: null });
    await collections.add({
      collection: collection.id,
      folder: '',
      name: 'Drop a link',
      request: savedRequest.parse({
        method: 'DELETE',
        path: '/links/{linkId}',
        pathParams: { linkId: 'abc' },
      }),
    });
    const reading = await catalogues.read(await file('links-newer.yaml'));
    expect(reading.suggested).toBe('refresh');
    const { added, removed, changed, same } = reading.refresh;
    expect(added.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /links/{linkId}/clicks']);
    expect(removed).toMatchObject([{ id: 'links.delete-link', saved: ['Team / Drop a link'] }]);
    // What a document says nothing of is no change: the body of PUT stays what the client knows of it.
    expect(same).toBe(2);
    const byPath = new Map(changed.map((one) => [`${one.method} ${one.path}`, one]));
    expect(byPath.get('POST /links/')?.changes).toEqual([
      { what: 'The Version was 2021-07-28 and is 2023-02-21 now.', breaks: true },
      { what: 'It needs the scope contacts.readonly as well.', breaks: true },
      { what: 'The query parameter "notify" is new and required.', breaks: true },
      { what: 'The field "campaign" is new and required.', breaks: true },
      { what: 'The field "options" is new.', breaks: false },
    ]);
    expect(byPath.get('GET /links/id/{id}')?.changes.map(({ what }) => what)).toEqual([
      'It takes the token of an agency now.',
      'It is deprecated.',
    ]);
    expect(byPath.get('GET /links/search')).toMatchObject({
      calls: 1,
      changes: [{ what: 'The query parameter "limit" is gone.', breaks: true }],
    });
    expect((await catalogue.get('links.create-link')).version).toBe('2021-07-28');

    const info = await catalogues.apply(reading.id, 'refresh');
    expect(info).toMatchObject({ id: 'trigger-links-api', kind: 'refresh' });
    const created = await catalogue.get('links.create-link');
    expect(created).toMatchObject({ version: '2023-02-21', service: 'Links', catalogue: 'highlevel' });
    expect(JSON.parse(created.example.body ?? '')).toMatchObject({ campaign: 'spring' });
    expect((await catalogue.get('links.get-link-clicks')).service).toBe('Links');
    const { profiles } = bench.core();
    expect(profiles.scopeEndpoints('contacts.readonly').map(({ operationId }) => operationId)).toContain(
      'links.create-link',
    );
    await expect(catalogue.get('links.delete-link')).rejects.toThrow('no operation');
    expect((await catalogue.get('links.update-link')).body?.schema.required).toEqual(['name', 'redirectTo']);
    expect(found('')).toHaveLength(Math.min(50, total));
    const preview = await bench.core().requests.preview({
      profileId: bench.profileId,
      method: 'POST',
      path: '/links/',
      body: JSON.stringify({ locationId }),
    });
    expect(preview.headers).toEqual(expect.arrayContaining([['Version', '2023-02-21']]));
    expect(preview.warnings).toContain('The operation requires the field "campaign" in the body.');

    // The same once more changes nothing, and takes the place of the first.
    const again = await catalogues.read(await file('links-newer.yaml'));
    expect(again.refresh).toMatchObject({ added: [], removed: [], changed: [] });
    await catalogues.apply(again.id, 'refresh');
    expect(catalogues.list().filter(({ kind }) => kind === 'refresh')).toHaveLength(1);

    await catalogues.remove('trigger-links-api');
    expect((await catalogue.get('links.create-link')).version).toBe('2021-07-28');
    expect((await catalogue.get('links.delete-link')).method).toBe('DELETE');
    expect(catalogues.list()).toHaveLength(1);
  });
});

describe('a document behind an address', () => {
  test('is fetched, kept with its address, and fetched again', async () => {
    const { catalogues } = bench.core();
    served.set('/feed.yaml', { status: 200, body: await documentOf('feed.yaml') });
    const reading = await catalogues.read({ kind: 'url', url: `${base}/feed.yaml` });
    await catalogues.apply(reading.id, 'further');
    expect(catalogues.list().at(-1)).toMatchObject({
      id: 'feed',
      source: { kind: 'url', url: `${base}/feed.yaml`, again: true },
    });
    served.set('/feed.yaml', {
      status: 200,
      body: (await documentOf('feed.yaml')).replace('required: [text]', 'required: [text, page]'),
    });
    const newer = await catalogues.readAgain('feed');
    expect(newer.update?.changed[0]?.changes).toEqual([
      { what: 'The query parameter "page" is required now.', breaks: true },
    ]);
    await catalogues.apply(newer.id, 'further');
    expect(catalogues.list().filter(({ kind }) => kind === 'further')).toHaveLength(1);
    await catalogues.remove('feed');
  });

  test('is not kept where it holds a secret, and asks no other host', async () => {
    const { catalogues } = bench.core();
    const body = await documentOf('feed.yaml');
    served.set('/feed.yaml?access_token=abcdefghijklmnop', { status: 200, body });
    const reading = await catalogues.read({
      kind: 'url',
      url: `${base}/feed.yaml?access_token=abcdefghijklmnop`,
    });
    expect(JSON.stringify(reading)).not.toContain('abcdefghijklmnop');
    await catalogues.apply(reading.id, 'further');
    const stored = await readFile(join(bench.dataDir, 'catalogues', 'feed.json'), 'utf8');
    expect(stored).not.toContain('abcdefghijklmnop');
    await expect(catalogues.readAgain('feed')).rejects.toThrow('holds a secret, which was not kept');
    await catalogues.remove('feed');

    served.set('/moved', { status: 302, body: '', location: 'http://169.254.169.254/latest' });
    await expect(catalogues.read({ kind: 'url', url: `${base}/moved` })).rejects.toMatchObject({
      code: 'request_failed',
      remedy: 'It leads to another host; give the address there.',
    });
    await expect(catalogues.read({ kind: 'url', url: `${base}/nothing` })).rejects.toThrow(
      '/nothing answered 404',
    );
    await expect(catalogues.read({ kind: 'url', url: 'file:///etc/hosts' })).rejects.toThrow(
      'The address of the document is not of the form https://host/path.',
    );
  });
});

test('a large document is read in a thread of its own, and refused with the same sentence', async () => {
  const { catalogues } = bench.core();
  const paths = Object.fromEntries(
    Array.from({ length: 600 }, (_, at) => [
      `/parts/${at}/{id}`,
      { get: { operationId: `part${at}`, summary: 'One part of many, with words enough to make it long' } },
    ]),
  );
  const document = { openapi: '3.1.0', info: { title: 'Parts', version: '1' }, paths };
  const text = JSON.stringify(document);
  expect(text.length).toBeGreaterThan(50_000);
  const reading = await catalogues.read({ kind: 'file', name: 'parts.json', text });
  expect(reading).toMatchObject({ title: 'Parts', operations: 600, suggested: 'further' });
  catalogues.discard(reading.id);
  const older = JSON.stringify({ ...document, openapi: undefined, swagger: '2.0' });
  await expect(catalogues.read({ kind: 'file', name: 'older.json', text: older })).rejects.toMatchObject({
    code: 'bad_input',
    message: 'older.json is a Swagger 2.0 document; OpenAPI 3 is needed.',
    remedy: 'Convert it to OpenAPI 3 first, for instance in the Swagger editor.',
  });
});

describe('what goes wrong', () => {
  test('is said and loses nothing', async () => {
    const { catalogues } = bench.core();
    await expect(
      catalogues.read({ kind: 'file', name: 'parts.json', text: '{"openapi":"3.0.0"}' }),
    ).rejects.toThrow('parts.json has no operation: nothing to import.');
    const gone = '00000000-0000-4000-8000-000000000000';
    await expect(catalogues.apply(gone, 'further')).rejects.toThrow('This document is no longer held.');
    await expect(catalogues.rename('nobody', 'x')).rejects.toThrow(
      'There is no imported catalogue "nobody".',
    );
    await expect(catalogues.remove('highlevel')).rejects.toThrow(
      'There is no imported catalogue "highlevel".',
    );
    const reading = await catalogues.read(await file('feed.yaml'));
    catalogues.discard(reading.id);
    await expect(catalogues.apply(reading.id, 'further')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a damaged file is told, left as it is, and its name is not taken again', async () => {
    const reading = await bench.core().catalogues.read(await file('feed.yaml'));
    await bench.core().catalogues.apply(reading.id, 'further');
    await bench.close();
    const path = join(bench.dataDir, 'catalogues', 'feed.json');
    await writeFile(path, '{"format":1,');
    await bench.reopen();
    const { catalogues } = bench.core();
    expect(catalogues.list().at(-1)).toMatchObject({
      id: 'feed',
      kind: 'unreadable',
      failure: 'feed.json in the data folder is damaged and was left as it is.',
    });
    const again = await catalogues.read(await file('feed.yaml'));
    expect(await catalogues.apply(again.id, 'further')).toMatchObject({ id: 'feed-2' });
    expect(await readFile(path, 'utf8')).toBe('{"format":1,');
    await catalogues.remove('feed');
    await catalogues.remove('feed-2');
    expect(catalogues.list()).toHaveLength(1);
  });
});
