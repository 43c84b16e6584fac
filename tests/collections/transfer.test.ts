import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRedactor } from '../../src/main/core/vault/redaction/create-redactor.ts';
import { createKnownSecrets } from '../../src/main/core/vault/redaction/known-secrets.ts';
import { createSavedTransfer, type SavedTransfer } from '../../src/main/core/collections/saved-transfer.ts';
import { builtInEntries } from '../../src/main/core/catalogue/entry.ts';
import type { CollectionId, SavedRequest } from '../../src/shared/model/collection.ts';
import { savedImportStart, type SavedExportFormat } from '../../src/shared/model/collection-transfer.ts';
import { createShelf, put, saved, treeOf, vaultSecret, type Shelf } from './support.ts';

let shelf: Shelf;
let transfer: SavedTransfer;

beforeEach(async () => {
  shelf = await createShelf();
  const known = createKnownSecrets();
  known.add('profile/acme/client-secret', [vaultSecret]);
  transfer = createSavedTransfer({
    collections: shelf.collections,
    redactor: createRedactor(known),
    library: { entries: () => builtInEntries },
    version: '1.0.0',
    now: Date.now,
  });
});
afterEach(() => shelf.dispose());

const load = (content: string, fileName = 'file.json') =>
  transfer.import(savedImportStart.parse({ fileName, content, dryRun: false }));

/** Every request of a collection by the names that lead to it, in their order. */
async function contents(collection: CollectionId | null): Promise<Record<string, SavedRequest>> {
  const found = await shelf.collections.get(collection ?? ('' as CollectionId));
  const names = new Map([['', '']]);
  const requests: Record<string, SavedRequest> = {};
  for (const item of found.items) {
    const name = `${names.get(item.folder) ?? ''}${item.name}`;
    if (item.kind === 'folder') names.set(item.path, `${name} / `);
    else requests[name] = (await shelf.collections.read({ collection: found.id, path: item.path })).request;
  }
  return requests;
}

/** As the Postman app writes it. */
const postman = {
  info: {
    _postman_id: '5c6a2b0e-8f5d-4d6a-9a5f-0f7f3c1f2a11',
    name: 'Contacts of ours',
    description: { content: 'What the sync uses.', type: 'text/plain' },
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    _exporter_id: '1234567',
  },
  auth: {
    type: 'bearer',
    bearer: [{ key: 'token', value: 'eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc', type: 'string' }],
  },
  event: [
    { listen: 'prerequest', script: { type: 'text/javascript', exec: ['console.log(1);'] } },
    { listen: 'test', script: { exec: [''] } },
  ],
  variable: [
    { key: 'baseUrl', value: 'https://services.leadconnectorhq.com', type: 'string' },
    { key: 'locationId', value: 've9EPM428h8vShlRW1KT' },
    { key: 'apiToken', value: 'something-secret' },
  ],
  item: [
    {
      name: 'Contacts',
      item: [
        {
          name: 'Get contact',
          event: [
            {
              listen: 'test',
              script: {
                type: 'text/javascript',
                exec: [
                  'pm.test("Status code is 200", function () {',
                  '    pm.response.to.have.status(200);',
                  '});',
                  'pm.test("fast", () => { pm.expect(pm.response.responseTime).to.be.below(800); });',
                  'const jsonData = pm.response.json();',
                  "pm.environment.set('email', jsonData.contact.emails[0].email); // for later",
                  'pm.test("name", function () {',
                  '  pm.expect(jsonData.contact.firstName).to.eql("Ada");',
                  '});',
                  'console.log(jsonData.contact.id);',
                  'if (pm.response.code === 201) {',
                  '  pm.expect(jsonData.contact.id).to.exist;',
                  '}',
                ],
              },
            },
          ],
          request: {
            auth: { type: 'noauth' },
            method: 'GET',
            header: [
              { key: 'Version', value: '2021-07-28' },
              { key: 'Accept', value: 'application/json' },
              { key: 'Authorization', value: 'Bearer {{token}}' },
              { key: 'X-Trace', value: 'on', disabled: true },
            ],
            url: {
              raw: '{{baseUrl}}/contacts/:contactId?fields=a%20b&debug=1',
              host: ['{{baseUrl}}'],
              path: ['contacts', ':contactId'],
              query: [
                { key: 'fields', value: 'a%20b' },
                { key: 'debug', value: '1', disabled: true, description: 'off' },
              ],
              variable: [{ key: 'contactId', value: '{{contactId}}' }],
            },
          },
          response: [],
        },
        { name: 'Empty', item: [], description: '' },
      ],
    },
    {
      name: 'Create',
      request: {
        method: 'POST',
        header: [{ key: 'Content-Type', value: 'application/json' }],
        body: {
          mode: 'raw',
          raw: '{\n  "firstName": "{{$randomFirst Name}}"\n}',
          options: { raw: { language: 'json' } },
        },
        url: 'https://services.leadconnectorhq.com/contacts/',
      },
    },
    {
      name: 'Form',
      request: {
        method: 'POST',
        header: [],
        body: {
          mode: 'urlencoded',
          urlencoded: [
            { key: 'a', value: '1', type: 'text' },
            { key: 'b', value: '2', disabled: true },
          ],
        },
        url: { raw: 'https://example.com/hook', protocol: 'https', host: ['example', 'com'], path: ['hook'] },
      },
    },
    {
      name: 'Upload',
      request: {
        method: 'POST',
        body: {
          mode: 'formdata',
          formdata: [
            { key: 'name', value: 'x', type: 'text' },
            { key: 'file', type: 'file', src: '/tmp/a.png' },
          ],
        },
        url: {
          raw: '{{baseUrl}}/medias/upload-file',
          host: ['{{baseUrl}}'],
          path: ['medias', 'upload-file'],
        },
      },
    },
    'nonsense',
  ],
};

test('a collection as the Postman app writes it is read, and said what was changed and left out', async () => {
  const report = await load(JSON.stringify(postman), 'contacts.postman_collection.json');
  expect(report).toMatchObject({
    kind: 'postman',
    name: 'Contacts of ours',
    requests: 4,
    folders: 2,
    linked: 3,
  });
  const found = await contents(report.collection);
  expect(Object.keys(found)).toEqual(['Contacts / Get contact', 'Create', 'Form', 'Upload']);
  expect(found['Contacts / Get contact']).toEqual(
    saved({
      method: 'GET',
      path: '/contacts/{contactId}',
      pathParams: { contactId: '{{contactId}}' },
      operationId: 'contacts.get-contact',
      query: [
        { name: 'fields', value: 'a b', on: true },
        { name: 'debug', value: '1', on: false },
      ],
      headers: [{ name: 'X-Trace', value: 'on', on: false }],
      bodyKind: 'none',
      captures: [{ variable: 'email', path: '$.contact.emails[0].email' }],
      checks: [
        { kind: 'status', value: '200' },
        { kind: 'time', withinMs: 800 },
        { kind: 'json', path: '$.contact.firstName', test: 'equals', value: 'Ada' },
      ],
    }),
  );
  expect(found['Create']).toMatchObject({
    path: '/contacts/',
    operationId: 'contacts.create-contact',
    bodyKind: 'json',
    body: '{\n  "firstName": "{{$randomFirst Name}}"\n}',
    headers: [],
  });
  expect(found['Form']).toMatchObject({
    path: 'https://example.com/hook',
    operationId: null,
    bodyKind: 'form',
    parts: [
      { name: 'a', on: true },
      { name: 'b', on: false },
    ],
  });
  expect(found['Upload']).toMatchObject({ path: '/medias/upload-file', bodyKind: 'multipart' });
  expect(report.variables).toEqual([{ name: 'locationId', value: 've9EPM428h8vShlRW1KT' }]);
  const notes = report.notes.map(({ where, note }) => `${where}: ${note}`);
  expect(notes).toEqual([
    ': Its token was left out: the companion chooses one of its own when it sends.',
    ': Its script before the request was left out: scripts are not run.',
    'Contacts / Get contact: 3 statements of its test script were left out: scripts are not run.',
    'Create: {{$randomFirst Name}} cannot be filled in under this name: rename it.',
    'Form: It goes to example.com, and the companion sends to the API host of the app only.',
    'Upload: Choose again: the file of “file”.',
    'Item 5: It was left out: it is neither a request nor a folder.',
    ': The values of {{apiToken}} look secret and were left out.',
  ]);
  const { description, items } = await shelf.collections.get(report.collection ?? ('' as CollectionId));
  expect(description).toBe('What the sync uses.');
  expect(items.map(({ name }) => name)).toContain('Empty');
});

const various: Record<string, SavedRequest> = {
  Plain: saved({
    bodyKind: 'none',
    operationId: 'contacts.get-contact',
    pathParams: { contactId: '{{contactId}}' },
  }),
  'With all': saved({
    method: 'PUT',
    path: '/contacts/{contactId}',
    operationId: 'contacts.update-contact',
    pathParams: { contactId: 'a b/{{id}}' },
    query: [
      { name: 'q', value: 'a+b & {{c}} %20 ü', on: true },
      { name: 'off', value: '1', on: false },
    ],
    headers: [
      { name: 'X-One', value: 'it’s "so"', on: true },
      { name: 'X-Off', value: '2', on: false },
    ],
    bodyKind: 'json',
    body: `{\n  "name": "O'Brien",\n  "tag": "{{contact.first_name}}"\n}`,
    captures: [{ variable: 'made', path: '$..id' }],
    checks: [
      { kind: 'status', value: '2xx' },
      { kind: 'json', path: '$.a[?@.b > 1]', test: 'count', value: '2' },
      { kind: 'time', withinMs: 500 },
    ],
    settings: { timeoutMs: 1000, followRedirects: false, retryOn429: true },
    locationId: '{{locationId}}',
  }),
  'In a folder': saved({
    method: 'POST',
    path: '/oauth/token',
    operationId: 'oauth.get-access-token',
    bodyKind: 'form',
    parts: [
      { name: 'grant_type', value: 'a=b&c', on: true, file: null },
      { name: 'user_type', value: '', on: false, file: null },
    ],
  }),
  Multipart: saved({
    method: 'POST',
    path: '/unknown/{x}/',
    pathParams: { x: '1' },
    bodyKind: 'multipart',
    parts: [{ name: 'a', value: '@not a file', on: true, file: null }],
  }),
};

async function shelve(requests: Record<string, SavedRequest>): Promise<CollectionId> {
  const { collections } = shelf;
  const { id } = await collections.create({ name: 'Various', location: null });
  const { path } = await collections.addFolder({ collection: id, folder: '', name: 'A folder' });
  for (const [name, request] of Object.entries(requests))
    await collections.add({ collection: id, folder: name.startsWith('In ') ? path : '', name, request });
  return id;
}

test.each<SavedExportFormat>(['postman', 'har'])(
  'what is exported as %s loads back unchanged',
  async (format) => {
    const id = await shelve(various);
    const { content, fileName } = await transfer.export({ collection: id, path: '', format });
    const again = await load(content, fileName);
    expect(await contents(again.collection)).toEqual(await contents(id));
    const first = await shelf.collections.get(id);
    const second = await shelf.collections.get(again.collection ?? id);
    // A HAR file is a list: the order of requests and folders among each other is lost in it.
    const order = (tree: string[]): string[] => (format === 'postman' ? tree : tree.toSorted());
    expect(order(treeOf(second))).toEqual(order(treeOf(first)));
    // Our own export names a variable for the token, which stays behind as any token does.
    expect(again.notes).toHaveLength(format === 'postman' ? 1 : 0);
  },
);

test('a shell script of cURL commands sends the same when it is loaded back', async () => {
  const id = await shelve(various);
  const { content } = await transfer.export({ collection: id, path: '', format: 'curl' });
  expect(content).toContain(`'Authorization: Bearer '"$HIGHLEVEL_ACCESS_TOKEN"`);
  const again = await load(content, 'various.sh');
  expect(again).toMatchObject({ kind: 'curl', requests: 4, folders: 1 });
  const found = await contents(again.collection);
  const sent: Record<string, unknown> = Object.fromEntries(
    Object.entries(await contents(id)).map(([name, request]) => {
      const { query, headers, parts, ...rest } = request;
      const on = <T extends { on: boolean }>(pairs: T[]): T[] => pairs.filter((pair) => pair.on);
      // Checks, values to take and settings are no part of a command.
      const fields = { ...rest, captures: [], checks: [], settings: saved().settings, locationId: null };
      const operationId = found[name]?.operationId ?? null;
      return [name, { ...fields, operationId, query: on(query), headers: on(headers), parts: on(parts) }];
    }),
  );
  // Parameters of a path that no operation is known for are part of it.
  sent['Multipart'] = { ...(sent['Multipart'] as SavedRequest), path: '/unknown/1/', pathParams: {} };
  expect(found).toEqual(sent);
});

test('commands of other tools are told apart and linked with their operations', async () => {
  const script = `# Everything / Get one
curl 'https://services.leadconnectorhq.com/contacts/abc%20d?x=1' -H 'Version: 2021-07-28' -H "Authorization: Bearer pit-12345678-1234-1234-1234-123456789abc"
curl -X POST https://services.leadconnectorhq.com/contacts/ \\
  --json '{"a": "x; y && z"}' && curl https://services.leadconnectorhq.com/locations/x`;
  const report = await load(script, 'commands.txt');
  expect(report.items).toEqual([
    { folder: 'Everything', name: 'Get one', method: 'GET', path: '/contacts/{contactId}', linked: true },
    { folder: '', name: 'POST /contacts/', method: 'POST', path: '/contacts/', linked: true },
    {
      folder: '',
      name: 'GET /locations/{locationId}',
      method: 'GET',
      path: '/locations/{locationId}',
      linked: true,
    },
  ]);
  const found = await contents(report.collection);
  expect(found['Everything / Get one']?.pathParams).toEqual({ contactId: 'abc d' });
  expect(found['POST /contacts/']?.body).toBe('{"a": "x; y && z"}');
  expect(JSON.stringify(report) + JSON.stringify(found)).not.toContain('pit-');
});

test('of a browser’s HAR file the calls of the API are taken, each once', async () => {
  const entry = (method: string, url: string, extra: object = {}) => ({
    startedDateTime: '2026-03-01T10:00:00.000Z',
    time: 5,
    request: {
      method,
      url,
      httpVersion: 'h2',
      headers: [
        { name: ':authority', value: 'x' },
        { name: 'Cookie', value: 'a=b' },
        { name: 'sec-fetch-mode', value: 'cors' },
        { name: 'channel', value: 'APP' },
      ],
      ...extra,
    },
    response: { status: 200, headers: [] },
  });
  const api = 'https://services.leadconnectorhq.com';
  const entries = [
    entry('GET', 'https://app.gohighlevel.com/main.js'),
    entry('GET', `${api}/contacts/?limit=20&query=a%20b`),
    entry('GET', `${api}/contacts/?limit=20&query=a%20b`),
    entry('POST', `${api}/contacts/`, {
      postData: { mimeType: 'application/json;charset=UTF-8', text: '{"a":1}' },
    }),
    { nonsense: true },
  ];
  const report = await load(JSON.stringify({ log: { entries } }), 'app.har');
  const found = await contents(report.collection);
  expect(Object.keys(found)).toEqual(['GET /contacts/', 'POST /contacts/']);
  expect(found['GET /contacts/']?.query.map(({ value }) => value)).toEqual(['20', 'a b']);
  expect(found['POST /contacts/']).toMatchObject({
    body: '{"a":1}',
    bodyKind: 'json',
    headers: [{ name: 'channel', value: 'APP', on: true }],
  });
  expect(report.notes.map(({ note }) => note)).toEqual([
    'Its token was left out: the companion chooses one of its own when it sends.',
    expect.stringMatching(/^It was left out: /),
    '1 of its requests did not go to HighLevel’s API and were left out.',
    '1 of its requests were sent more than once and are taken once.',
  ]);
});

test('the operations of an OpenAPI document become requests in a folder for each tag', async () => {
  const document = `openapi: 3.0.1
info: { title: Small, version: '1' }
paths:
  /contacts/{contactId}:
    get:
      tags: [Contacts]
      summary: One contact
      parameters:
        - { name: contactId, in: path, required: true, schema: { type: string } }
        - { name: deep, in: query, schema: { type: string }, example: yes }
      responses: { '200': { description: ok } }
`;
  const report = await load(document, 'small.yaml');
  expect(report).toMatchObject({ kind: 'openapi', name: 'Small', requests: 1 });
  const [name, request] = Object.entries(await contents(report.collection))[0] ?? [];
  expect(name).toContain('One contact');
  expect(request).toMatchObject({ path: '/contacts/{contactId}', operationId: 'contacts.get-contact' });
});

test('a dry run writes nothing; what is no file of these tools is refused in one sentence', async () => {
  const start = { fileName: 'a.json', content: JSON.stringify(postman), dryRun: true };
  const report = await transfer.import(savedImportStart.parse(start));
  expect(report).toMatchObject({ requests: 4, collection: null });
  expect(await shelf.collections.list()).toEqual([]);
  const wrong = [
    '',
    '   ',
    'hello',
    '{',
    '[]',
    '{"a":1}',
    '{"info":{},"item":3}',
    '{"log":{"entries":[]}}',
    '{"name":"x","values":[]}',
    '{"info":{"name":"x"},"item":[]}',
    "curl 'x",
  ];
  await expect(
    load(`curl https://services.leadconnectorhq.com/x -F '${'n'.repeat(1001)}=v'`),
  ).rejects.toThrow('It was left out: It is no request that can be saved.');
  for (const content of wrong) await expect(load(content)).rejects.toMatchObject({ code: 'bad_input' });
  expect(await shelf.collections.list()).toEqual([]);
});

test('a script of very many blanks is read as any other, and a very long one is left out', async () => {
  const read = (script: string) => {
    const event = [{ listen: 'test', script: { exec: [script] } }];
    const url = 'https://services.leadconnectorhq.com/contacts/';
    const item = [{ name: 'One', request: { method: 'GET', url }, event }];
    const content = JSON.stringify({ ...postman, item, event: [] });
    return transfer.import(savedImportStart.parse({ fileName: 'a.json', content, dryRun: true }));
  };
  const blanks = `${' '.repeat(1_000_000)}\npm.response.to.have.status(200);`;
  expect((await read(blanks)).notes.map(({ note }) => note)).not.toContainEqual(
    expect.stringContaining('of its test script'),
  );
  expect((await read('a();\n'.repeat(5000))).notes).toContainEqual(
    expect.objectContaining({ note: expect.stringContaining('of its test script were left out') }),
  );
});

test('no token goes along to another host', async () => {
  const { id, location } = await shelf.collections.create({ name: 'Elsewhere', location: null });
  await put(location, 'a.request.yaml', 'method: GET\npath: https://example.com/x\n');
  const exported = async (format: 'postman' | 'curl') =>
    (await transfer.export({ collection: id, path: '', format })).content;
  expect(await exported('curl')).not.toContain('Authorization');
  expect(JSON.parse(await exported('postman'))).toMatchObject({
    item: [{ request: { auth: { type: 'noauth' } } }],
  });
});

test('secrets leave with neither an export nor an import', async () => {
  const { id, location } = await shelf.collections.create({ name: 'Edited', location: null });
  await put(
    location,
    'a.request.yaml',
    `method: GET\npath: /contacts/\nheaders:\n  - { name: X-Key, value: ${vaultSecret} }\n  - { name: Authorization, value: Bearer abcdefgh }\n`,
  );
  for (const format of ['postman', 'har', 'curl'] as const) {
    const { content, notes } = await transfer.export({ collection: id, path: '', format });
    expect(content).not.toContain(vaultSecret);
    expect(content).not.toContain('abcdefgh');
    expect(notes).toEqual([{ where: 'a', note: 'A secret in it was cut out.' }]);
  }
  const report = await load(
    `curl https://services.leadconnectorhq.com/contacts/ -H 'X-Key: ${vaultSecret}'`,
    'a.sh',
  );
  expect(report.notes).toEqual([
    { where: 'GET /contacts/', note: 'A secret in it was cut out: put a variable in its place.' },
  ]);
  expect(JSON.stringify(await contents(report.collection))).not.toContain(vaultSecret);
});
