import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandSchema } from '../../src/main/core/catalogue/import/expand-schema.ts';
import { readOpenApi } from '../../src/main/core/catalogue/import/read-openapi.ts';
import type { ReadDocument } from '../../src/main/core/catalogue/import/types.ts';

const load = (file: string): ReadDocument =>
  readOpenApi(readFileSync(join(import.meta.dirname, 'documents', file), 'utf8'), file);
const inDocument = (document: ReadDocument) => (call: string) => {
  const found = document.operations.find(({ method, path }) => `${method} ${path}` === call);
  if (found === undefined) throw new Error(`no ${call}`);
  return found;
};
const bodyOf = (document: ReadDocument, call: string) => {
  const { body } = inDocument(document)(call);
  return body === null ? null : expandSchema(body.schema, document.schemas);
};

describe('a 3.0 document of the kind HighLevel publishes', () => {
  const document = load('bookings.json');
  const operation = inDocument(document);

  it('gives its operations with name, Version, access and scopes', () => {
    expect(document).toMatchObject({ title: 'Bookings API', version: '1.0', openapi: '3.0.0' });
    expect(document.operations).toHaveLength(5);
    expect(operation('GET /contacts/{contactId}/bookings')).toMatchObject({
      slug: 'list-bookings',
      service: 'Bookings',
      summary: 'List bookings',
      deprecated: true,
      version: '2021-07-28',
      access: ['Sub-Account'],
      scopes: ['bookings.readonly', 'contacts.readonly'],
      oauthTokenOnly: false,
      body: null,
    });
    expect(operation('POST /contacts/{contactId}/bookings')).toMatchObject({
      version: 'v3',
      oauthTokenOnly: true,
      access: ['Sub-Account'],
    });
    expect(operation('PATCH /bookings/{id}/files').access).toEqual(['Sub-Account', 'Agency']);
    expect(operation('PUT /bookings/login')).toMatchObject({
      access: [],
      version: null,
      service: 'bookings',
    });
    expect(operation('DELETE /bookings/login')).toMatchObject({ access: ['Agency'], oauthTokenOnly: true });
  });

  it('gives parameters with types, values and examples, without the headers the companion sets', () => {
    expect(operation('GET /contacts/{contactId}/bookings').params).toEqual([
      { name: 'contactId', in: 'path', required: true, type: 'string', values: null, example: null },
      { name: 'limit', in: 'query', required: true, type: 'number', values: null, example: '20' },
      {
        name: 'status',
        in: 'query',
        required: false,
        type: 'array',
        values: ['held', 'kept'],
        example: null,
      },
      { name: 'kind', in: 'query', required: false, type: null, values: null, example: null },
      { name: 'sort', in: 'query', required: true, type: 'string', values: null, example: 'createdAt' },
      { name: 'X-Trace', in: 'header', required: false, type: 'string', values: null, example: 'abc' },
    ]);
  });

  it('gives bodies with what allOf, oneOf, nullable and enum say of them', () => {
    const schema = bodyOf(document, 'POST /contacts/{contactId}/bookings');
    expect(schema?.type).toBe('object');
    expect(schema?.required).toEqual(['email', 'locationId', 'room', 'from']);
    expect(schema?.properties).toMatchObject({
      email: { type: 'string', example: 'someone@example.com' },
      room: { enum: ['blue', 'red'] },
      floor: { enum: ['ground', 'first'] },
      days: { type: 'array', items: { enum: ['mon', 'tue'] } },
      from: { type: 'string', format: 'date-time' },
      colour: { pattern: '^#[0-9a-f]{6}$' },
      seats: { type: 'integer', minimum: 1, nullable: true },
      price: { anyOf: [{ type: 'number' }, { type: 'string' }] },
      wrapped: { type: 'boolean' },
      odd: {},
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      extra: { type: 'object', properties: {}, additionalProperties: {} },
    });
    expect(operation('PATCH /bookings/{id}/files').body?.contentType).toBe('multipart/form-data');
    expect(bodyOf(document, 'PATCH /bookings/{id}/files')?.properties?.['file']).toEqual({
      type: 'string',
      format: 'binary',
    });
    expect(operation('PUT /bookings/login').body?.contentType).toBe('application/x-www-form-urlencoded');
  });

  it('stays finite where a schema contains itself', () => {
    let friends = bodyOf(document, 'POST /contacts/{contactId}/bookings')?.properties?.['friends'];
    let depth = 0;
    for (; friends?.items?.properties !== undefined; depth += 1)
      friends = friends.items.properties['friends'];
    expect(depth).toBeGreaterThan(1);
    expect(depth).toBeLessThan(8);
  });

  it('says what is wrong, and of answers, which are not read, nothing', () => {
    expect(document.problems).toEqual([
      {
        where: 'GET /contacts/{contactId}/bookings',
        problem: 'The path parameter "contactId" is not declared; it is taken as text.',
      },
    ]);
  });
});

describe('a 3.1 document in YAML with every fault', () => {
  const document = load('shop.yaml');
  const base = 'https://eu.shop.example/v2';
  const operation = inDocument(document);

  it('takes the path parameters of the path, references, and servers with variables', () => {
    const item = operation(`GET ${base}/items/{item-id}`);
    expect(item.summary).toBe('One item of the shop');
    expect(item.params).toEqual([
      { name: 'item-id', in: 'path', required: true, type: 'integer', values: null, example: '7' },
      { name: 'lang', in: 'query', required: true, type: null, values: ['en', 'de'], example: null },
      {
        name: 'filter',
        in: 'query',
        required: false,
        type: 'object',
        values: null,
        example: '{"colour":"red"}',
      },
    ]);
    expect(document.operations.map(({ slug }) => slug)).toEqual([
      'get-item',
      'get-item-2',
      'post-items-item-id',
      'linked',
      'drop-all',
      'upload',
    ]);
  });

  it('reads what 3.1 says otherwise: lists of types, const, tuples, bounds, schemas that are true', () => {
    const schema = bodyOf(document, `PUT ${base}/items/{item-id}`);
    expect(schema?.required).toEqual(['name', 'kind', 'undeclared']);
    expect(schema?.properties).toMatchObject({
      name: { type: 'string', nullable: true, maxLength: 20 },
      kind: { enum: ['lamp'] },
      size: { anyOf: [{ type: 'number' }, { type: 'string' }] },
      owner: { type: 'object', nullable: true },
      twins: {},
      pair: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
      level: { type: 'integer', minimum: 0, maximum: 10 },
      anything: {},
      outside: {},
      undeclared: {},
      $filter: { type: 'string' },
    });
    expect(Object.keys(schema?.properties ?? {})).toContain('__proto__');
    expect(schema?.properties?.['parent']?.properties?.['name']?.maxLength).toBe(20);
  });

  it('prefers the kind of content that the request form writes, and keeps an example', () => {
    const { body } = operation(`PUT ${base}/items/{item-id}`);
    expect(body).toMatchObject({ contentType: 'application/vnd.shop+json', required: true });
    expect(JSON.parse(body?.example ?? '')).toEqual({ name: 'Lamp', locationId: 'here' });
    expect(operation(`POST ${base}/items/{item-id}`).body).toMatchObject({
      contentType: 'text/plain',
      example: 'hello',
    });
    expect(operation('PUT /upload').body?.contentType).toBe('application/octet-stream');
  });

  it('takes what needs a key alone as asking for no token', () => {
    expect(operation(`GET ${base}/items/{item-id}`)).toMatchObject({ access: [], scopes: [] });
    expect(operation(`DELETE ${base}/no-slash`)).toMatchObject({
      access: ['Sub-Account'],
      scopes: ['items.write'],
    });
  });

  it('names every fault and where it is', () => {
    const said = document.problems.map(({ where, problem }) => `${where}: ${problem}`);
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringContaining('server https://eu.shop.example: It is not the API host of HighLevel'),
        expect.stringContaining('server ftp://files.example: It is no address of the form'),
        'GET /items/{item-id}: The cookie "session" is left out; add it as a header where it is needed.',
        'GET /items/{item-id}: The path has no place for its parameter "elsewhere".',
        'GET /items/{item-id}: A parameter without a name or a place is left out.',
        expect.stringContaining('The parameter "odd" stands in "nowhere"'),
        expect.stringContaining('HEAD /items/{item-id}: It is left out'),
        'POST /items/{item-id}: It has no operationId; a name is made from its method and path.',
        `PUT ${base}/items/{item-id}: Its operationId "getItem" is that of GET ${base}/items/{item-id} as well.`,
        expect.stringContaining(`It is the same call as GET ${base}/items/{item-id}`),
        expect.stringContaining('#/components/parameters/NotThere: The reference leads to nothing'),
        'no-slash: The path does not begin with a slash; one is put before it.',
        expect.stringContaining('Its body may also be application/xml; application/vnd.shop+json'),
        expect.stringContaining('./other.yaml#/Thing: It refers to another document, which is not read'),
        expect.stringContaining('pattern (: It is no regular expression'),
        expect.stringContaining(
          'pattern ^(a+)+$: It is no regular expression, or one that may run very long',
        ),
        'security scheme key: It takes no token; what it asks for is added by hand.',
      ]),
    );
  });
});

describe('a 3.2 document', () => {
  it('gives the fields of a whole query, and what one item of a sequence is', () => {
    const document = load('feed.yaml');
    expect(document.operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /feed/posts',
      'POST /feed/posts',
    ]);
    expect(inDocument(document)('GET /feed/posts').params).toMatchObject([
      { name: 'text', in: 'query', required: true, example: 'hello' },
      { name: 'page', in: 'query', required: false, type: 'integer' },
    ]);
    expect(bodyOf(document, 'POST /feed/posts')?.properties).toEqual({ text: { type: 'string' } });
    expect(document.problems.map(({ where }) => where)).toContain('QUERY /posts');
  });
});

describe('what is no OpenAPI 3 document', () => {
  it.each([
    ['', 'a.json is empty.'],
    ['\0\u0001', 'a.json is no text, neither JSON nor YAML.'],
    ['<!doctype html><html></html>', 'a.json is a web page, no OpenAPI document.'],
    ['{"openapi": ', /^a\.json is not valid JSON: /],
    ['openapi: [3', /^a\.json is neither JSON nor valid YAML: /],
    ['[]', 'a.json is no OpenAPI document: it does not hold an object.'],
    ['just words', 'a.json is no OpenAPI document: it does not hold an object.'],
    ['{"swagger":"2.0"}', 'a.json is a Swagger 2.0 document; OpenAPI 3 is needed.'],
    ['openapi: 4.0.0', 'a.json says "openapi: 4.0.0"; only version 3 can be imported.'],
    ['{"info":{},"item":[]}', 'a.json is no OpenAPI document: it is a Postman collection.'],
    ['{"log":{}}', 'a.json is no OpenAPI document: it is a HAR file.'],
    ['{"asyncapi":"2.0.0"}', 'a.json is no OpenAPI document: it is an AsyncAPI document.'],
    ['{}', 'a.json is no OpenAPI document: it has no "openapi" field.'],
  ])('%j is refused in one sentence', (text, sentence) => {
    expect(() => readOpenApi(text, 'a.json')).toThrow(sentence);
  });

  it('is refused where an alias lies in what it stands for', () => {
    const text =
      'openapi: 3.1.0\ncomponents: { schemas: { A: &a { type: object, properties: { x: *a, y: *a } } } }\n';
    expect(() => readOpenApi(text, 'round.yaml')).toThrow(
      'round.yaml is neither JSON nor valid YAML: an alias stands inside what it is an alias of.',
    );
  });

  it('is refused where aliases stand for more than fits into memory', () => {
    const bombs = Array.from(
      { length: 12 },
      (_, at) =>
        `b${at}: &b${at} [${
          at === 0
            ? 'x'
            : Array(9)
                .fill(`*b${at - 1}`)
                .join(', ')
        }]`,
    );
    expect(() => readOpenApi(`openapi: 3.0.0\n${bombs.join('\n')}\n`, 'bomb.yaml')).toThrow(
      /^bomb\.yaml is neither JSON nor valid YAML: Excessive alias count/,
    );
  });
});

it('an odd document of the right version costs nothing but what is odd in it', () => {
  const odd = {
    openapi: '3.0.3',
    info: [],
    paths: {
      '/a': null,
      '/b': { get: 'x', post: {}, parameters: {} },
      '/c/{x}': { get: { parameters: [1, null, { $ref: 7 }], requestBody: 3, tags: 'no', security: 'no' } },
    },
  };
  const { title, operations } = readOpenApi(JSON.stringify(odd), 'odd.json');
  expect(title).toBe('Untitled API');
  expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /b', 'GET /c/{x}']);
});
