import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../src/main/core/catalogue/create-catalogue.ts';
import { operationDetail, operationSummary } from '../../src/shared/model/request.ts';
import { operations } from '../../src/shared/highlevel/operations/index.ts';
import { useCases } from '../../src/shared/highlevel/operations/use-cases.ts';

const catalogue = createCatalogue();
const first = (text: string, count = 1) =>
  catalogue.search({ text, limit: count, offset: 0 }).items.map(({ id }) => id);

describe('searching the catalogue', () => {
  it.each([
    ['/contacts/', ['contacts.create-contact', 'contacts.get-contacts']],
    ['POST /contacts/', ['contacts.create-contact']],
    ['get /contacts/ocQHyuzHvysMo5N5VsXc', ['contacts.get-contact']],
    ['https://services.leadconnectorhq.com/oauth/locationToken', ['oauth.get-location-access-token']],
    ['create contact', ['contacts.create-contact']],
    ['installedLocations', ['oauth.get-installed-location']],
  ])('%s leads to %j', (text, ids) => {
    expect(first(text, ids.length).sort()).toEqual(ids);
  });

  it('finds by scope, and nothing else first', () => {
    const { items, total } = catalogue.search({ text: 'contacts.readonly', limit: 1000, offset: 0 });
    const scopesOf = new Map(operations.map(({ id, scopes }) => [id, scopes]));
    expect(total).toBeGreaterThanOrEqual(10);
    expect(items.slice(0, 10).every(({ id }) => scopesOf.get(id)?.includes('contacts.readonly'))).toBe(true);
  });

  it('puts whole words before the beginnings of words, and those before other matches', () => {
    const { items } = catalogue.search({ text: 'tag', limit: 1000, offset: 0 });
    const rank = (matches: (text: string) => boolean) =>
      items.findIndex(({ path, summary }) => matches(`${summary} ${path}`.toLowerCase()));
    const word = rank((text) => /\btag\b/.test(text));
    const prefix = rank((text) => !/\btag\b/.test(text) && /\btag/.test(text));
    const inside = rank((text) => !/\btag/.test(text));
    expect(word).toBe(0);
    expect(prefix).toBeGreaterThan(word);
    expect(inside).toBeGreaterThan(prefix);
  });

  it('asks for every word', () => {
    const { items } = catalogue.search({ text: 'delete contact note', limit: 5, offset: 0 });
    expect(items[0]?.id).toBe('contacts.delete-note');
    expect(catalogue.search({ text: 'contact zebra', limit: 5, offset: 0 })).toEqual({ total: 0, items: [] });
  });

  it('gives everything for a blank text, page by page and by service', () => {
    const all = catalogue.search({ text: '  ', limit: 1000, offset: 0 });
    expect(all.total).toBe(operations.length);
    expect(catalogue.search({ text: '', limit: 10, offset: 20 }).items).toEqual(all.items.slice(20, 30));
    const contacts = catalogue.search({ text: '', service: 'Contacts', limit: 1000, offset: 0 });
    expect(contacts.items.every(({ service }) => service === 'Contacts')).toBe(true);
    expect(contacts.total).toBe(catalogue.groups().find(({ service }) => service === 'Contacts')?.count);
  });

  it('takes odd text without harm', () => {
    for (const text of ['(', '\\', '[a-z', '%%', 'GET', '/', 'http://', '{contactId}', 'ü'.repeat(300)])
      expect(catalogue.search({ text, limit: 3, offset: 0 }).items.length).toBeLessThanOrEqual(3);
  });
});

describe('one operation', () => {
  it('comes with an example as the contract says, for every operation', async () => {
    for (const { id } of operations) {
      const detail = operationDetail.parse(await catalogue.get(id));
      expect(operationSummary.parse(detail).id).toBe(id);
    }
  });

  it('has a body that can be edited', async () => {
    const bodyOf = async (id: string) => (await catalogue.get(id)).example.body;
    expect(JSON.parse((await bodyOf('contacts.create-contact')) ?? '')).toEqual({
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada.lovelace@example.com',
      phone: '+15555550100',
      locationId: '{{locationId}}',
    });
    expect(await bodyOf('oauth.get-location-access-token')).toBe(
      'companyId={{companyId}}&locationId={{locationId}}',
    );
    expect(await bodyOf('contacts.get-contact')).toBeNull();
  });

  it('says what its body takes, down to the values of a closed set', async () => {
    const { body, params } = await catalogue.get('opportunities.create-opportunity');
    expect(body?.schema.properties?.['status']).toEqual({
      enum: ['open', 'won', 'lost', 'abandoned', 'all'],
    });
    expect(body?.schema.required).toContain('pipelineId');
    expect(params).toEqual([]);
    const nested = await catalogue.get('invoices.create-invoice');
    expect(nested.body?.schema.properties?.['businessDetails']?.properties).toBeDefined();
    expect(nested.params.every(({ values }) => values === null || values.length > 0)).toBe(true);
  });

  it('is refused by its id when there is none', async () => {
    await expect(catalogue.get('contacts.nothing')).rejects.toThrow(
      'There is no operation with the id "contacts.nothing".',
    );
  });
});

describe('a concrete address', () => {
  it('leads to its operation with the values of the path, or to none', async () => {
    const match = await catalogue.match(
      'PUT',
      'https://services.leadconnectorhq.com/locations/a%20b/customFields/x?query=1',
    );
    expect(match?.operation.id).toBe('locations.update-custom-field');
    expect(match?.pathParams).toEqual({ locationId: 'a b', id: 'x' });
    expect(await catalogue.match('GET', '/nothing/there')).toBeNull();
  });
});

describe('groups', () => {
  it('count all operations, by service in order of the alphabet', () => {
    const groups = catalogue.groups();
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(operations.length);
    expect(groups.map(({ service }) => service)).toEqual(
      groups.map(({ service }) => service).sort((a, b) => a.localeCompare(b)),
    );
    expect(groups).toHaveLength(43);
  });

  it('count the operations of every use case of the guide, and lead to them', () => {
    const uses = catalogue.uses();
    expect(uses.map(({ use }) => use)).toEqual(useCases);
    for (const { use, count } of uses) {
      expect([use, count]).toEqual([use, catalogue.search({ text: '', use, limit: 1, offset: 0 }).total]);
      expect(count).toBeGreaterThan(0);
    }
    const tasks = catalogue.search({ text: 'create', use: 'Tasks', limit: 5, offset: 0 });
    expect(tasks.items[0]?.path).toContain('/tasks');
  });
});
