import { describe, expect, it } from 'vitest';
import { operations } from '../../src/shared/highlevel/operations/index.ts';
import { createScopeCatalogue } from '../../src/shared/highlevel/scope-catalogue.ts';
import { diffScopes } from '../../src/shared/highlevel/scope-diff.ts';
import { scopes } from '../../src/shared/highlevel/scopes.ts';

describe('the catalogue of scopes', () => {
  const catalogue = createScopeCatalogue(operations);
  const row = (name: string) => catalogue.rows.find((each) => each.name === name);

  it('says of every scope what it unlocks', () => {
    expect(catalogue.rows).toHaveLength(scopes.length);
    const contacts = row('contacts.readonly');
    expect(contacts).toMatchObject({ access: ['Sub-Account'], agencyOnly: false, sensitive: false });
    expect(contacts?.webhooks).toContain('ContactCreate');
    const endpoints = catalogue.endpointsOf('contacts.readonly');
    expect(endpoints).toHaveLength(contacts?.endpoints ?? -1);
    expect(endpoints).toContainEqual(
      expect.objectContaining({ method: 'GET', path: '/contacts/{contactId}' }),
    );
    expect(row('locations.write')).toMatchObject({ agencyOnly: true, sensitive: true });
  });

  it('takes both spellings of a scope for one', () => {
    const documented = 'documents_contracts/sendlink.write';
    const live = 'documents_contracts/sendLink.write';
    expect(row(documented)?.note).toBe(`Tokens carry this scope as "${live}".`);
    expect(row(live)?.note).toContain(documented);
    expect(row('locations.write')?.endpoints).toBeGreaterThan(0);
    expect(row('locations/write')?.endpoints).toBe(row('locations.write')?.endpoints);
    expect(catalogue.endpointsOf(documented)).toEqual(catalogue.endpointsOf(live));
    expect(row('wordpress.site.readonly')?.note).toContain('Seen on tokens');
    expect(row('contacts.readonly')?.note).toBeNull();
  });

  it('counts an unknown scope as unlocking nothing', () => {
    expect(catalogue.endpointsOf('telepathy.write')).toEqual([]);
  });
});

describe('link, token and need', () => {
  const states = (lists: Parameters<typeof diffScopes>[0]) =>
    diffScopes(lists).map(({ name, state }) => [name, state]);

  it('are told apart, what needs doing first', () => {
    const rows = diffScopes({
      link: ['contacts.readonly', 'users.readonly', 'forms.readonly'],
      token: ['contacts.readonly', 'forms.readonly', 'locations.readonly', 'links.readonly'],
      needed: ['contacts.readonly', 'users.readonly', 'calendars.readonly', 'locations.readonly'],
    });
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['calendars.readonly', 'missing'],
      ['users.readonly', 'not-granted'],
      ['locations.readonly', 'not-requested'],
      ['links.readonly', 'extra'],
      ['forms.readonly', 'unused'],
      ['contacts.readonly', 'ok'],
    ]);
    for (const { name, sentence } of rows) expect(sentence).toContain(name);
  });

  it('take the two spellings of a scope for one, under the link’s name', () => {
    expect(
      states({
        link: ['documents_contracts/sendlink.write'],
        token: ['documents_contracts/sendLink.write'],
        needed: ['documents_contracts/sendlink.write'],
      }),
    ).toEqual([['documents_contracts/sendlink.write', 'ok']]);
  });

  it('blame nobody where there is no token or no call yet', () => {
    expect(diffScopes({ link: ['contacts.readonly'], token: null, needed: null })).toEqual([
      {
        name: 'contacts.readonly',
        inLink: true,
        onToken: null,
        needed: null,
        state: 'ok',
        sentence: 'The link asks for contacts.readonly; there is no token yet.',
      },
    ]);
    expect(states({ link: [], token: null, needed: ['users.readonly'] })).toEqual([
      ['users.readonly', 'missing'],
    ]);
    expect(states({ link: [], token: [], needed: null })).toEqual([]);
  });
});
