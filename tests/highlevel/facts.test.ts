import { createHash, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventOfType, events } from '../../src/shared/highlevel/events.ts';
import { headerValues } from '../../src/shared/highlevel/headers.ts';
import { parseRateLimit, waitAfter429 } from '../../src/shared/highlevel/rate-limit.ts';
import { missingScopes, scopeOf, scopes, webhooksOfScope } from '../../src/shared/highlevel/scopes.ts';
import { highlevelKeys } from '../../src/shared/highlevel/signature-keys.ts';
import { termOf, terms } from '../../src/shared/highlevel/terms.ts';
import { versionOfService } from '../../src/shared/highlevel/versions.ts';
import { isAbsentSignature, signatureOf } from '../../src/shared/highlevel/webhook-headers.ts';

describe('signature keys', () => {
  it.each(highlevelKeys.map((key) => [key.scheme, key] as const))(
    '%s: the fingerprint is that of the key',
    (scheme, key) => {
      const spki = createPublicKey(key.pem);
      expect(
        createHash('sha256')
          .update(spki.export({ type: 'spki', format: 'der' }))
          .digest('hex'),
      ).toBe(key.fingerprint);
      expect(spki.asymmetricKeyType).toBe(scheme);
    },
  );

  it('are one of each scheme, the RSA key with 4096 bits', () => {
    expect(highlevelKeys.map(({ scheme }) => scheme)).toEqual(['ed25519', 'rsa']);
    expect(createPublicKey(highlevelKeys[1]?.pem ?? '').asymmetricKeyDetails?.modulusLength).toBe(4096);
  });
});

describe('signature headers', () => {
  it.each([null, undefined, '', '  ', 'N/A', ' n/a '])('%j counts as absent', (value) => {
    expect(isAbsentSignature(value)).toBe(true);
  });

  it('prefer Ed25519, fall back to RSA, and see through N/A', () => {
    expect(signatureOf({ 'x-ghl-signature': 'ed', 'x-wh-signature': 'rsa' })).toEqual({
      scheme: 'ed25519',
      value: 'ed',
    });
    expect(
      signatureOf([
        ['X-GHL-Signature', 'N/A'],
        ['X-WH-Signature', ' rsa '],
      ]),
    ).toEqual({ scheme: 'rsa', value: 'rsa' });
    expect(signatureOf({ 'X-GHL-Signature': '' })).toBeNull();
  });
});

describe('headers', () => {
  it('are read from pairs, records and Headers alike', () => {
    expect(
      headerValues(
        [
          ['A', '1'],
          ['a', '2'],
        ],
        'a',
      ),
    ).toEqual(['1', '2']);
    expect(headerValues({ 'set-cookie': ['x', 'y'], other: undefined }, 'Set-Cookie')).toEqual(['x', 'y']);
    expect(headerValues(new Headers({ A: '1' }), 'a')).toEqual(['1']);
    expect(headerValues({}, 'a')).toEqual([]);
  });
});

describe('rate limits', () => {
  const headers = {
    'x-ratelimit-limit-daily': '200000',
    'x-ratelimit-daily-remaining': '199998',
    'x-ratelimit-interval-milliseconds': '10000',
    'x-ratelimit-max': '100',
    'x-ratelimit-remaining': '98',
    'x-ratelimit-daily-reset': '35520123',
  };

  it('are read from the headers', () => {
    expect(parseRateLimit(headers)).toEqual({
      limitDaily: 200_000,
      dailyRemaining: 199_998,
      intervalMs: 10_000,
      max: 100,
      remaining: 98,
      dailyResetMs: 35_520_123,
    });
  });

  it('are null where nothing usable stands', () => {
    expect(Object.values(parseRateLimit({ 'x-ratelimit-max': 'many', 'x-ratelimit-remaining': '' }))).toEqual(
      Array(6).fill(null),
    );
  });

  it('say how long to wait after a 429, and not to retry with no requests left today', () => {
    expect(waitAfter429(headers, 0)).toBe(10_000);
    expect(waitAfter429({}, 0)).toBe(10_000);
    expect(waitAfter429({ ...headers, 'x-ratelimit-daily-remaining': '0' }, 0)).toBeNull();
    expect(waitAfter429({ ...headers, 'Retry-After': '3' }, 0)).toBe(3000);
    const at = new Date(5000).toUTCString();
    expect(waitAfter429({ ...headers, 'Retry-After': at }, 1000)).toBe(4000);
  });
});

describe('events', () => {
  it('are 72, each type once, all with a known scope and fields', () => {
    expect(events).toHaveLength(72);
    expect(new Set(events.map(({ type }) => type)).size).toBe(72);
    expect(events.filter(({ scope }) => scope !== null && scopeOf(scope) === null)).toEqual([]);
    expect(events.filter(({ fields }) => fields.length === 0)).toEqual([]);
    expect(events.filter(({ typeInBody }) => typeInBody === 'none')).toHaveLength(22);
  });

  it('hold every row to the closed lists', () => {
    const sources = new Set(events.map(({ scopeSource }) => scopeSource));
    expect(sources).toEqual(new Set([null, 'documented', 'inferred', 'reported']));
    for (const { entity } of events) expect(entity).toMatch(/^[a-z-]+$/);
    expect(new Set(events.map(({ entity }) => entity)).size).toBe(24);
  });

  it('find ids in fields the docs name', () => {
    const named = events.map(({ fields, idPath, locationField, type }) => ({
      type,
      absent: [locationField, idPath?.split('.')[0]].filter((name) => name && !fields.includes(name)),
    }));
    expect(named.filter(({ absent }) => absent.length > 0)).toEqual([]);
    expect(events.filter(({ locationField }) => locationField === null).map(({ type }) => type)).toEqual([
      'SaasPlanCreate',
    ]);
  });

  it('know where names differ', () => {
    expect(eventOfType('INSTALL')).toMatchObject({ subscription: 'AppInstall', scope: null, entity: 'app' });
    expect(eventOfType('ConversationUnreadUpdate')?.subscription).toBe('ConversationUnreadWebhook');
    expect(eventOfType('InvoicePaid')).toMatchObject({
      locationField: 'altId',
      idPath: '_id',
      typeInBody: 'none',
    });
    expect(eventOfType('PriceUpdate')?.typeInBody).toBe('foreign');
    expect(eventOfType('NoSuchEvent')).toBeNull();
  });
});

describe('scopes', () => {
  it('are 166, each name once', () => {
    expect(scopes).toHaveLength(166);
    expect(new Set(scopes.map(({ name }) => name)).size).toBe(166);
  });

  it('know levels, confirmation and spelling', () => {
    expect(scopeOf('contacts.readonly')).toMatchObject({
      access: ['Sub-Account'],
      agencyOnly: false,
      sensitive: false,
    });
    expect(scopeOf('locations.write')).toMatchObject({ agencyOnly: true, sensitive: true });
    expect(scopes.filter(({ liveSpelling }) => liveSpelling !== null)).toHaveLength(5);
    expect(scopes.filter(({ sensitive }) => sensitive).map(({ name }) => name)).toEqual([
      'locations.write',
      'users.write',
    ]);
  });

  it('unlock webhooks', () => {
    expect(webhooksOfScope('contacts.readonly')).toContain('ContactCreate');
    expect(webhooksOfScope('contacts.write')).toEqual([]);
  });

  it('are compared across spellings', () => {
    expect(
      missingScopes(
        ['documents_contracts/sendlink.write', 'contacts.write'],
        ['documents_contracts/sendLink.write'],
      ),
    ).toEqual(['contacts.write']);
  });
});

describe('versions and terms', () => {
  it('give a service its Version', () => {
    expect(versionOfService('conversations')).toBe('2021-04-15');
    expect(versionOfService('contacts')).toBe('2021-07-28');
  });

  it('explain each term once, in whole sentences', () => {
    expect(new Set(terms.map(({ key }) => key)).size).toBe(terms.length);
    for (const { text } of terms) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(termOf('sub-account')?.also).toContain('location');
    expect(termOf('nothing')).toBeNull();
  });
});
