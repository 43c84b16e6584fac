import { mkdir, readdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Collection } from '../../src/shared/model/collection.ts';
import { createShelf, put, saved, textOf, treeOf, vaultSecret, type Shelf } from './support.ts';

let shelf: Shelf;
let made: Collection;

beforeEach(async () => {
  shelf = await createShelf();
  made = await shelf.collections.create({ name: 'Contacts API', location: null });
});
afterEach(() => shelf.dispose());

const add = (name: string, request = saved(), folder = '') =>
  shelf.collections.add({ collection: made.id, folder, name, request });
const place = (path: string) => ({ collection: made.id, path });
const present = async (): Promise<Collection> => {
  const found = (await shelf.collections.list()).find(({ id }) => id === made.id);
  if (found === undefined) throw new Error('The collection is gone.');
  return found;
};

test('a request is one readable file that holds what differs from the defaults', async () => {
  const body = '{\n  "firstName": "Ada",\n  "note": "yes: #1"\n}';
  const request = saved({
    method: 'PUT',
    operationId: 'contacts.update-contact',
    pathParams: { contactId: '{{contactId}}' },
    query: [
      { name: 'limit', value: '20', on: true },
      { name: 'page', value: '', on: false },
    ],
    bodyKind: 'json',
    body,
    captures: [{ variable: 'contactId', path: '$.contact.id' }],
    checks: [{ kind: 'status', value: '200' }],
    settings: { timeoutMs: 5000, followRedirects: true, retryOn429: false },
  });
  const { id, path, revision, request: read } = await add('Update a contact', request);
  expect(path).toBe('update-a-contact.request.yaml');
  expect(read).toEqual(request);
  expect(await textOf(made.location, path)).toBe(`id: ${id}
name: Update a contact
order: 10
method: PUT
path: /contacts/{contactId}
operation: contacts.update-contact
pathParams:
  contactId: "{{contactId}}"
query:
  - name: limit
    value: "20"
  - name: page
    value: ""
    disabled: true
body:
  kind: json
  text: |-
    {
      "firstName": "Ada",
      "note": "yes: #1"
    }
settings:
  timeoutMs: 5000
captures:
  - variable: contactId
    path: $.contact.id
checks:
  - kind: status
    value: "200"
`);
  // Nothing has changed, so nothing is written.
  const again = await shelf.collections.save(place(path), revision, request);
  expect(again.revision).toBe(revision);
  expect(await shelf.again().read(place(path))).toEqual(again);
});

test('bodies of every kind and their files come back byte for byte', async () => {
  const small = { name: 'a.txt', type: 'text/plain', base64: Buffer.from('small').toString('base64') };
  const large = {
    name: 'Größe & Co.png',
    type: 'image/png',
    base64: Buffer.alloc(20_000, 7).toString('base64'),
  };
  const requests = [
    saved({ bodyKind: 'form', parts: [{ name: 'a', value: '1', on: false, file: null }] }),
    saved({
      bodyKind: 'multipart',
      parts: [
        { name: 'f', value: '', on: true, file: small },
        { name: 'g', value: '', on: true, file: large },
      ],
    }),
    saved({ bodyKind: 'binary', file: large }),
    saved({ bodyKind: 'json', body: 'line\r\n  two \n\n\t' }),
    saved({ bodyKind: 'json', body: '' }),
    saved({ bodyKind: 'none', headers: [{ name: 'X-Ünï', value: '{{appId}}: "x"', on: true }] }),
  ];
  for (const request of requests) {
    const { path } = await add('kind', request);
    const { request: read, revision } = await shelf.again().read(place(path));
    expect(read).toEqual(request);
    const kept = await textOf(made.location, path);
    expect(kept.length).toBeLessThan(1000);
    await shelf.collections.save(place(path), revision, request);
    expect(await textOf(made.location, path)).toBe(kept);
  }
  // The same bytes lie there once.
  expect(await readdir(join(made.location, '_files'))).toEqual([
    expect.stringMatching(/^[\da-f]{12}-größe-co\.png$/),
  ]);
});

test('comments, unknown fields and the way things are written survive a save', async () => {
  await put(
    made.location,
    'by-hand.request.yaml',
    `# Written by hand.
x-owner: team # ours
method: GET
path: /contacts/ # all of them
query:
  # a page
  - { name: limit, value: 20, x-why: enough }
  - name: query
    value: 'ada'
future: { a: [1, 2] }
`,
  );
  const { revision, request, name } = await shelf.collections.read(place('by-hand.request.yaml'));
  expect(name).toBe('by-hand');
  expect(request.query[0]).toEqual({ name: 'limit', value: '20', on: true });
  const query = [
    { name: 'locationId', value: '{{locationId}}', on: true },
    ...request.query.map((one) => (one.name === 'query' ? { ...one, value: 'grace' } : one)),
  ];
  await shelf.collections.save(place('by-hand.request.yaml'), revision, {
    ...request,
    method: 'POST',
    query,
  });
  const text = await textOf(made.location, 'by-hand.request.yaml');
  expect(text).toMatch(/^# Written by hand\.\nid: .*\nx-owner: team # ours\n/);
  expect(text).toContain('method: POST\npath: /contacts/ # all of them');
  expect(text).toContain('{ name: limit, value: 20, x-why: enough }');
  expect(text).toContain("value: 'grace'");
  expect(text).toContain('future: { a: [ 1, 2 ] }');
  expect((await shelf.collections.read(place('by-hand.request.yaml'))).request.query).toEqual(query);
});

test.each([
  ['lists that stand as far out as their name', '- name: a\n  value: b', 2],
  ['wide indentation', '    - name: a\n      value: b', 4],
])('line ends and %s stay as their writer has them', async (_what, query, width) => {
  const indented = [
    'kind: json',
    'text: |-',
    ...['{', '  "a": 1', '}'].map((line) => ' '.repeat(width) + line),
  ];
  const body = indented.map((line) => ' '.repeat(width) + line).join('\n');
  const unix = `name: Windows\nmethod: POST\npath: /contacts/\nquery:\n${query}\nbody:\n${body}\n`;
  const text = unix.replaceAll('\n', '\r\n');
  await put(made.location, 'w.request.yaml', text);
  const { revision, request } = await shelf.collections.read(place('w.request.yaml'));
  expect(request.body).toBe('{\n  "a": 1\n}');
  await shelf.collections.save(place('w.request.yaml'), revision, { ...request, method: 'PUT' });
  const next = await textOf(made.location, 'w.request.yaml');
  expect(next.replace(/^id: .*\r\n/, '')).toBe(text.replace('POST', 'PUT'));
});

test('a save on top of a file that has changed is a conflict, and loses nothing', async () => {
  const { path, revision, request } = await add('Get contact');
  const theirs = (await textOf(made.location, path)).replace('GET', 'DELETE');
  await put(made.location, path, theirs);
  const mine = { ...request, method: 'PUT' };
  await expect(shelf.collections.save(place(path), revision, mine)).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await textOf(made.location, path)).toBe(theirs);
  const found = await shelf.collections.read(place(path));
  expect(found.request.method).toBe('DELETE');
  await shelf.collections.save(place(path), found.revision, mine);
  expect(await textOf(made.location, path)).toContain('method: PUT');

  await rename(join(made.location, path), join(made.location, 'other.request.yaml'));
  await expect(shelf.collections.save(place(path), revision, mine)).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a broken file is listed with its mistake and never overwritten', async () => {
  const texts = {
    'yaml.request.yaml': 'method: GET\npath: [\n',
    'field.request.yaml': 'method: get\npath: /contacts/\n',
    'list.request.yaml': '- 1\n',
    'empty.request.yaml': '',
  };
  for (const [path, text] of Object.entries(texts)) await put(made.location, path, text);
  await put(made.location, 'folder/folder.yaml', 'name: {');
  const { items } = await present();
  expect(items).toHaveLength(5);
  for (const { problem } of items) expect(problem).toMatch(/^\S.*[^.]\.$/);
  expect(items.find(({ path }) => path.startsWith('field'))?.problem).toBe(
    'Its field method is wrong: a method is written in capitals.',
  );
  for (const [path, text] of Object.entries(texts)) {
    await expect(shelf.collections.read(place(path))).rejects.toMatchObject({ code: 'bad_input' });
    await expect(shelf.collections.save(place(path), '', saved())).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(shelf.collections.rename(place(path), 'other')).rejects.toMatchObject({ code: 'bad_input' });
    expect(await textOf(made.location, path)).toBe(text);
  }
  await put(made.location, 'yaml.request.yaml', 'method: GET\npath: /contacts/\n');
  expect((await present()).items.filter(({ problem }) => problem === null)).toHaveLength(1);
});

test('no place leads out of the collection, over dots or over links', async () => {
  await put(shelf.elsewhere, 'secret.request.yaml', 'method: GET\npath: /\n');
  await symlink(join(shelf.elsewhere, 'secret.request.yaml'), join(made.location, 'link.request.yaml'));
  await symlink(shelf.elsewhere, join(made.location, 'linked'));
  const { items } = await present();
  expect(items.map(({ path, problem }) => [path, problem])).toEqual([
    ['link.request.yaml', 'It is a link, and links are not followed.'],
  ]);
  for (const path of [
    '../x.request.yaml',
    'a/../../x',
    '/etc/passwd',
    'C:\\x',
    'a//b',
    '.',
    'link.request.yaml',
    'linked/secret.request.yaml',
  ])
    await expect(shelf.collections.read(place(path))).rejects.toMatchObject({ code: 'bad_input' });
  await expect(add('out', saved(), '../out')).rejects.toMatchObject({ code: 'bad_input' });
  await expect(add('out', saved(), 'linked')).rejects.toMatchObject({ code: 'bad_input' });
  await put(
    made.location,
    'sends.request.yaml',
    'method: POST\npath: /\nbody:\n  kind: binary\n  file: { name: a, path: ../../x }\n',
  );
  await expect(shelf.collections.read(place('sends.request.yaml'))).rejects.toMatchObject({
    code: 'bad_input',
  });
});

test('names become file names that fit every system and clash with none', async () => {
  const paths: string[] = [];
  for (const name of ['Get: all/any?', 'GET all any', 'con', '日本 語', '***', 'Get-All-Any'])
    paths.push((await add(name)).path);
  expect(paths).toEqual([
    'get-all-any.request.yaml',
    'get-all-any-2.request.yaml',
    'con-request.request.yaml',
    '日本-語.request.yaml',
    'unnamed.request.yaml',
    'get-all-any-3.request.yaml',
  ]);
  expect(treeOf(await present())).toEqual([
    'Get: all/any?',
    'GET all any',
    'con',
    '日本 語',
    '***',
    'Get-All-Any',
  ]);
  // A name of 255 bytes is the longest there is, and it is longer while the file is written.
  expect((await add('請'.repeat(150))).path).toBe(`${'請'.repeat(60)}.request.yaml`);
  expect((await add(`a${'𠮷'.repeat(80)}`)).path).toBe(`a${'𠮷'.repeat(39)}.request.yaml`);
});

test('requests and folders are renamed, moved, ordered, copied, removed and put back', async () => {
  const { collections } = shelf;
  const folder = (await collections.addFolder({ collection: made.id, folder: '', name: 'Read & write' }))
    .path;
  expect(folder).toBe('read-write');
  for (const name of ['one', 'two', 'three']) await add(name, saved(), folder);
  const { id } = await collections.read(place('read-write/two.request.yaml'));
  await collections.move(place('read-write/three.request.yaml'), {
    folder,
    before: 'read-write/one.request.yaml',
  });
  expect(treeOf(await present())).toEqual(['Read & write', '  three', '  one', '  two']);
  // There is room, so that no other file is touched.
  expect(await textOf(made.location, 'read-write/one.request.yaml')).toContain('order: 10\n');

  const moved = await collections.rename(place('read-write/two.request.yaml'), 'Number 2');
  expect(moved.path).toBe('read-write/number-2.request.yaml');
  const out = await collections.move(place(moved.path), { folder: '', before: folder });
  expect(out.path).toBe('number-2.request.yaml');
  expect((await collections.read(place(out.path))).id).toBe(id);
  expect((await collections.rename(place(folder), 'Read')).path).toBe('read');
  expect(treeOf(await present())).toEqual(['Number 2', 'Read', '  three', '  one']);
  await expect(collections.move(place('read'), { folder: 'read', before: null })).rejects.toMatchObject({
    code: 'bad_input',
  });

  const copy = await collections.duplicate(place('read'));
  await collections.duplicate(place(out.path));
  expect(treeOf(await present())).toEqual([
    'Number 2',
    'Read',
    '  three',
    '  one',
    'Read copy',
    '  three',
    '  one',
    'Number 2 copy',
  ]);
  const ids = (await present()).items.filter(({ kind }) => kind === 'request').map((item) => item.id);
  expect(new Set(ids).size).toBe(ids.length);

  await collections.removeItem(place(copy.path));
  await collections.removeItem(place(out.path));
  expect(treeOf(await present())).toEqual(['Read', '  three', '  one', 'Number 2 copy']);
  await collections.undoRemove();
  await collections.undoRemove();
  expect(treeOf(await present())).toHaveLength(8);
  await expect(collections.undoRemove()).rejects.toMatchObject({ code: 'not_found' });

  await collections.remove(made.id);
  expect(await collections.list()).toEqual([]);
  await collections.undoRemove();
  expect(treeOf(await present())).toHaveLength(8);
});

test('a folder of a team is opened, remembered, followed and closed', async () => {
  const { collections, elsewhere } = shelf;
  await expect(collections.open(elsewhere)).rejects.toMatchObject({ code: 'bad_input' });
  await expect(collections.open('relative')).rejects.toMatchObject({ code: 'bad_input' });
  await expect(collections.open(join(elsewhere, 'none'))).rejects.toMatchObject({ code: 'not_found' });
  await put(elsewhere, 'collection.yaml', '# of the team\nname: Team\n');
  await put(elsewhere, 'Sales/get.request.yaml', 'method: GET\npath: /opportunities/search\n');
  const opened = await collections.open(elsewhere);
  expect(opened).toMatchObject({ name: 'Team', own: false });
  expect(treeOf(opened)).toEqual(['Sales', '  get']);
  await collections.update(opened.id, { name: 'Our team', description: 'Line\nline' });
  expect(await textOf(elsewhere, 'collection.yaml')).toContain('# of the team\nname: Our team\n');
  expect((await shelf.again().list()).map(({ name }) => name)).toEqual(['Contacts API', 'Our team']);

  const next = (what: (team: Collection | undefined) => boolean) =>
    new Promise<void>((resolve) => {
      const stop = collections.onChange(() => {
        void collections.list().then((all) => {
          if (!what(all.find(({ id }) => id === opened.id))) return;
          stop();
          resolve();
        });
      });
    });
  const seen = next((team) => team?.items.some(({ name }) => name === 'Late') === true);
  await collections.list();
  await mkdir(join(elsewhere, 'New', 'Deep'), { recursive: true });
  await put(elsewhere, 'New/Deep/late.request.yaml', 'name: Late\nmethod: GET\npath: /\n');
  await seen;

  await expect(collections.remove(opened.id)).rejects.toMatchObject({ code: 'unsupported' });
  await collections.close(opened.id);
  expect((await collections.list()).map(({ name }) => name)).toEqual(['Contacts API']);
  expect(await textOf(elsewhere, 'New/Deep/late.request.yaml')).toContain('Late');
});

test('what is secret is not saved', async () => {
  const secrets = [
    saved({ body: `{"a":"${vaultSecret}"}` }),
    saved({ query: [{ name: 'key', value: vaultSecret, on: false }] }),
    saved({ headers: [{ name: 'X-Key', value: 'pit-12345678-1234-1234-1234-123456789abc', on: true }] }),
    saved({ pathParams: { contactId: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl' } }),
    saved({
      bodyKind: 'binary',
      file: { name: 'a', type: '', base64: Buffer.from(vaultSecret).toString('base64') },
    }),
  ];
  for (const request of secrets) {
    const refused = await add('secret', request).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'bad_input' });
    expect(String(refused)).not.toContain(vaultSecret);
  }
  expect((await present()).items).toEqual([]);
  const { request } = await add(
    'token',
    saved({
      headers: [
        { name: 'authorization', value: 'Bearer abc', on: true },
        { name: 'X-Key', value: '{{apiKey}}', on: true },
      ],
      body: '{"password":"{{password}}"}',
    }),
  );
  expect(request.headers).toEqual([{ name: 'X-Key', value: '{{apiKey}}', on: true }]);
});

test('a file that cannot be written is left as it is', async () => {
  const { path } = await add('one');
  // There is room for this name, and none for the file beside it that a save writes first.
  const long = `${'x'.repeat(220)}.request.yaml`;
  await rename(join(made.location, path), join(made.location, long));
  const { request, revision } = await shelf.collections.read(place(long));
  const failed = shelf.collections.save(place(long), revision, { ...request, method: 'PUT' });
  await expect(failed).rejects.toMatchObject({ code: 'data_folder_unusable' });
  expect((await shelf.collections.read(place(long))).request).toEqual(request);
});
