import { describe, expect, it } from 'vitest';
import { exampleFor, findOperation, operations } from '../../src/shared/highlevel/operations/index.ts';
import type { Operation } from '../../src/shared/highlevel/operations/index.ts';
import { scopeOf } from '../../src/shared/highlevel/scopes.ts';
import { isPublishedVersion } from '../../src/shared/highlevel/versions.ts';

const key = ({ method, path }: Operation) => `${method} ${path}`;
const get = (id: string) => {
  const operation = operations.find((each) => each.id === id);
  if (operation === undefined) throw new Error(`no operation ${id}`);
  return operation;
};

describe('the list of operations', () => {
  it('holds the 576 declared v2 operations, one more of the client, and 87 that exist only in v3', () => {
    expect(operations.filter(({ set }) => set === 'v2')).toHaveLength(577);
    expect(operations.filter(({ set }) => set === 'v3')).toHaveLength(87);
  });

  it('holds every id and every method and path once', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    expect(new Set(operations.map(key)).size).toBe(operations.length);
    for (const { id } of operations) expect(id).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+$/);
  });

  it('knows the access of every operation, and the two that take no token', () => {
    const open = operations.filter(({ access }) => access.length === 0).map(key);
    expect(open.sort()).toEqual(['GET /chat-widget/public/config/{id}', 'POST /oauth/token']);
    expect(operations.filter(({ accessSource }) => accessSource === 'by service')).toHaveLength(15 + 7);
  });

  it('knows the Version of every operation, but for the token endpoint, which needs none', () => {
    expect(operations.filter(({ version }) => version === null).map(key)).toEqual(['POST /oauth/token']);
    expect(operations.filter(({ version }) => version !== null && !isPublishedVersion(version))).toEqual([]);
    const declared = operations.filter(
      ({ set, versionSource }) => set === 'v2' && versionSource === 'declared',
    );
    expect(declared).toHaveLength(547 + 1);
  });

  it('keeps the declared counts of Version, scopes and deprecation for v2', () => {
    const declared = operations.filter(
      ({ set, versionSource }) => set === 'v2' && versionSource === 'declared',
    );
    expect(declared.filter(({ version }) => version === '2021-07-28')).toHaveLength(408);
    expect(declared.filter(({ version }) => version === '2021-04-15')).toHaveLength(139);
    expect(operations.filter(({ set, scopes }) => set === 'v2' && scopes.length > 0)).toHaveLength(437);
    expect(operations.filter(({ set, deprecated }) => set === 'v2' && deprecated)).toHaveLength(19);
    expect(operations.filter(({ set, oauthTokenOnly }) => set === 'v2' && oauthTokenOnly)).toHaveLength(11);
  });

  it('names no scope that the table of scopes lacks', () => {
    const unknown = new Set(
      operations.flatMap(({ scopes }) => scopes).filter((scope) => scopeOf(scope) === null),
    );
    expect([...unknown]).toEqual([]);
  });

  it('has a name, a service and every path parameter for each operation', () => {
    for (const operation of operations) {
      expect(operation.summary).toMatch(/\S/);
      expect(operation.service).toMatch(/^[A-Z]/);
      const template = Array.from(operation.path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      expect(operation.params.filter(({ in: place }) => place === 'path').map(({ name }) => name)).toEqual(
        template,
      );
    }
  });

  it('knows what is needed to list contacts', () => {
    const operation = get('contacts.get-contacts');
    expect(operation).toMatchObject({
      set: 'v2',
      service: 'Contacts',
      method: 'GET',
      path: '/contacts/',
      body: null,
      access: ['Sub-Account'],
      version: '2021-07-28',
      versionSource: 'declared',
      scopes: ['contacts.readonly'],
    });
    expect(operation.params).toContainEqual({
      name: 'locationId',
      in: 'query',
      required: true,
      type: 'string',
    });
    expect(operation.params).toContainEqual({ name: 'limit', in: 'query', required: false, type: 'number' });
  });

  it('knows what is needed to create a contact', () => {
    const { access, body, path, scopes } = get('contacts.create-contact');
    expect({ access, path, scopes }).toEqual({
      access: ['Sub-Account'],
      path: '/contacts/',
      scopes: ['contacts.write'],
    });
    expect(body?.contentType).toBe('application/json');
    expect(body?.fields).toContainEqual({ name: 'locationId', type: 'string', required: true });
    expect(body?.fields).toContainEqual({ name: 'tags', type: 'array', required: false });
  });

  it('knows what is needed to mint a location token', () => {
    expect(findOperation('POST', '/oauth/locationToken')).toMatchObject({
      access: ['Agency'],
      oauthTokenOnly: true,
      version: '2021-07-28',
      scopes: ['oauth.write'],
      body: {
        contentType: 'application/x-www-form-urlencoded',
        fields: [
          { name: 'companyId', type: 'string', required: true },
          { name: 'locationId', type: 'string', required: true },
        ],
      },
    });
    expect(findOperation('POST', '/oauth/location-token')).toMatchObject({ set: 'v3', version: 'v3' });
  });

  it('knows uploads as multipart', () => {
    expect(findOperation('POST', '/medias/upload-file')?.body?.contentType).toBe('multipart/form-data');
  });
});

describe('finding the operation of a request', () => {
  it.each([
    ['GET', '/contacts/search/duplicate', 'contacts.get-duplicate-contact'],
    ['GET', '/contacts/ocQHyuzHvysMo5N5VsXc', 'contacts.get-contact'],
    ['post', '/contacts', 'contacts.create-contact'],
    ['POST', '/contacts/search', 'contacts.search-contacts-advanced'],
    ['GET', 'https://services.leadconnectorhq.com/contacts/?locationId=a/b', 'contacts.get-contacts'],
    ['GET', '/emails/locations/abc/templates/', 'emails.get-templates'],
  ])('%s %s is %s', (method, path, id) => {
    expect(findOperation(method, path)?.id).toBe(id);
  });

  it('finds nothing for an unknown path or method', () => {
    expect(findOperation('GET', '/nowhere/at/all/to/be/found')).toBeNull();
    expect(findOperation('TRACE', '/contacts/')).toBeNull();
  });

  it('leads every template with values in it back to its own operation', () => {
    const astray = operations.filter((operation) => {
      const concrete = operation.path.replace(/\{\w+\}/g, 'zz-value');
      return findOperation(operation.method, concrete) !== operation;
    });
    expect(astray.map(key)).toEqual([]);
  });
});

describe('example requests', () => {
  it('leave no parameter of a path open and no required one out', () => {
    for (const operation of operations) {
      const { path, query } = exampleFor(operation);
      expect(path.replace(/\{\{\w+\}\}/g, '')).not.toMatch(/[{}]/);
      const required = operation.params.filter(({ in: place, required }) => place === 'query' && required);
      expect(Object.keys(query)).toEqual(required.map(({ name }) => name));
      expect(exampleFor(operation)).toEqual({ ...exampleFor(operation) });
    }
  });

  it('fill in an id and a location', () => {
    expect(exampleFor(get('contacts.get-contacts')).query).toEqual({ locationId: '{{locationId}}' });
    expect(exampleFor(get('contacts.get-contact')).path).toBe('/contacts/{{contactId}}');
    expect(exampleFor(get('medias.delete-media-content')).path).toBe('/medias/{{mediaId}}');
  });
});
