import { expect, test } from 'vitest';
import { profile as profileSchema } from '../../src/shared/model/profile.ts';
import type { ExchangeId } from '../../src/shared/model/ids.ts';
import type { TokenSummary } from '../../src/shared/model/token.ts';
import { coverageOf } from '../../src/main/core/webhooks/coverage.ts';
import type { CoverageInput } from '../../src/main/core/webhooks/coverage.ts';

const profile = profileSchema.parse({
  id: 'acme',
  name: 'Acme',
  environment: 'live',
  clientId: '0123456789abcdef01234567-x',
  appId: '0123456789abcdef01234567',
  versionId: null,
  hosts: { api: 'https://services.leadconnectorhq.com', consent: 'https://marketplace.gohighlevel.com' },
  redirectUrl: null,
  scopes: [],
  installLink: null,
  routes: [],
  keys: [],
  hasSecret: true,
  createdAt: 0,
});
const token = { status: 'active', scopes: ['contacts.readonly'] } as unknown as TokenSummary;
const ready: CoverageInput = {
  profile,
  addresses: {
    base: 'https://dev.example.com',
    public: true,
    redirectUrl: 'https://dev.example.com/oauth/callback',
    webhookUrl: 'https://dev.example.com/webhooks',
  },
  ingress: { listening: true, error: null },
  tokens: [token],
  seen: new Map(),
};
const of = (input: CoverageInput, type: string) =>
  coverageOf(input).events.find((event) => event.type === type);
const check = (input: CoverageInput, id: string) => coverageOf(input).checks.find((one) => one.id === id);

test('a scope that no token has is the reason, and one that is held is not', () => {
  expect(of(ready, 'OpportunityCreate')).toMatchObject({ scopeHeld: false, count: 0 });
  expect(of(ready, 'OpportunityCreate')?.reasons[0]).toContain('No token has opportunities.readonly');
  expect(of(ready, 'ContactCreate')).toMatchObject({ scopeHeld: true });
  expect(of(ready, 'ContactCreate')?.reasons).toEqual(['ContactCreate may not be subscribed in the portal.']);
  expect(of({ ...ready, tokens: [] }, 'ContactCreate')).toMatchObject({ scopeHeld: null });
});

test('subscriptions count where the profile names them, under either name', () => {
  const named: CoverageInput = {
    ...ready,
    profile: { ...profile, portal: { ...profile.portal, webhookEvents: ['ContactCreate', 'AppInstall'] } },
  };
  expect(of(named, 'ContactCreate')?.reasons).toEqual([
    'Nothing stands in its way: it has simply not happened yet.',
  ]);
  expect(of(named, 'INSTALL')).toMatchObject({ subscribed: true });
  expect(of(named, 'ContactUpdate')?.reasons).toEqual([
    'The profile does not name ContactUpdate among the subscribed events.',
  ]);
});

test('what keeps everything away comes first: deaf, local, elsewhere, code not exchanged', () => {
  const away: CoverageInput = {
    ...ready,
    ingress: { listening: false, error: 'Port 4400 is taken.' },
    addresses: { ...ready.addresses, base: 'http://localhost:4400', public: false },
    profile: { ...profile, portal: { ...profile.portal, webhookUrl: 'https://prod.example.com/hook' } },
    tokens: [],
  };
  expect(coverageOf(away).checks.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'listening open',
    'address open',
    'webhook-url open',
    'code open',
    'subscriptions unknown',
  ]);
  expect(of(away, 'ContactCreate')?.reasons.slice(0, 4)).toEqual([
    'Port 4400 is taken.',
    expect.stringContaining('is local'),
    expect.stringContaining('https://prod.example.com/hook'),
    expect.stringContaining('No code has been exchanged'),
  ]);
  expect(check(ready, 'webhook-url')).toMatchObject({ state: 'unknown' });
});

test('an event whose body does not name it is looked for in its family', () => {
  const last = { at: 5, id: 'x' as ExchangeId };
  const seen = new Map([
    ['Invoice', { count: 3, last }],
    ['ContactCreate', { count: 2, last }],
  ]);
  const coverage = coverageOf({ ...ready, seen });
  const event = (type: string) => coverage.events.find((one) => one.type === type);
  expect(coverage.seen).toBe(1);
  expect(event('InvoicePaid')).toMatchObject({ count: 0, family: { name: 'Invoice', count: 3 } });
  expect(event('InvoicePaid')?.reasons.join(' ')).toContain('recognised as Invoice by their fields alone');
  expect(event('ContactCreate')).toMatchObject({ count: 2, last, reasons: [], family: null });
  expect(coverage.checks.find(({ id }) => id === 'webhook-url')).toMatchObject({ state: 'ok' });
});
