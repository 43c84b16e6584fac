import { expect, test } from 'vitest';
import { classify } from '../../src/main/core/webhooks/classify.ts';

const at = Date.parse('2026-01-10T12:00:00Z');
const bytes = (body: unknown): Uint8Array =>
  Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
const read = (body: unknown, expectEvent = true) =>
  classify(body instanceof Uint8Array ? body : bytes(body), at, expectEvent);

test('reads a documented event’s own words', () => {
  expect(
    read({
      type: 'ContactCreate',
      locationId: 'L1',
      companyId: 'C1',
      appId: 'A1',
      id: 'contact-1',
      webhookId: 'w1',
      timestamp: '2026-01-10T11:59:58.123Z',
    }),
  ).toEqual({
    type: 'ContactCreate',
    category: 'Contacts',
    webhookId: 'w1',
    locationId: 'L1',
    companyId: 'C1',
    appId: 'A1',
    timestamp: '2026-01-10T11:59:58.123Z',
    entityId: 'contact-1',
    flags: [],
    mentions: [
      { kind: 'contact', id: 'contact-1', subject: true },
      { kind: 'location', id: 'L1', subject: false },
    ],
  });
});

test('an install of an agency has no location', () => {
  expect(read({ type: 'INSTALL', appId: 'A1', companyId: 'C1' })).toMatchObject({
    type: 'INSTALL',
    category: 'App lifecycle',
    locationId: null,
    companyId: 'C1',
    entityId: 'A1',
    flags: [],
  });
});

test('invoices and location events name the sub-account in fields of their own', () => {
  expect(read({ type: 'InvoicePaid', _id: 'i1', altId: 'L1', altType: 'location' })).toMatchObject({
    locationId: 'L1',
    entityId: 'i1',
  });
  expect(read({ type: 'InvoicePaid', _id: 'i1', altId: 'C1', altType: 'company' }).type).toBe('InvoicePaid');
  expect(read({ type: 'LocationCreate', id: 'L2', companyId: 'C1' })).toMatchObject({
    locationId: 'L2',
    entityId: 'L2',
  });
});

test.for([
  ['Invoice', 'Invoices', { _id: 'i1', altId: 'L1', altType: 'location', invoiceNumber: '19' }],
  [
    'Price',
    'Products / Prices',
    { _id: 'p', type: 'one_time', product: 'x', currency: 'USD', amount: 1, locationId: 'L1' },
  ],
  ['Product', 'Products', { _id: 'p', productType: 'PHYSICAL', name: 'n', locationId: 'L1' }],
  ['ObjectSchema', 'Custom objects', { id: 'o', labels: {}, primaryDisplayProperty: 'x', locationId: 'L1' }],
  ['Record', 'Custom objects', { id: 'r', owners: [], properties: [], locationId: 'L1' }],
  [
    'Association',
    'Associations',
    { id: 'a', associationType: 'USER_DEFINED', firstObjectKey: 'x', locationId: 'L1' },
  ],
  ['Relation', 'Associations', { id: 'r', firstRecordId: 'x', secondRecordId: 'y', locationId: 'L1' }],
] as const)('a body of the family %s is told by its fields', ([type, category, body]) => {
  const facts = read(body);
  expect(facts).toMatchObject({ type, category, locationId: 'L1' });
  expect(facts.flags).toEqual([expect.stringContaining(category)]);
});

test('shapes that leave no doubt name the event', () => {
  expect(read({ id: 'v', agentId: 'a', transcript: 't', duration: 3, locationId: 'L1' })).toMatchObject({
    type: 'VoiceAiCallEnd',
    flags: ['The body names no event; by its fields it is guessed to be VoiceAiCallEnd.'],
  });
  expect(read([{ planId: 'p', saasProducts: [], planLevel: 1 }])).toMatchObject({
    type: 'SaasPlanCreate',
    flags: [expect.stringContaining('a list of 1'), expect.stringContaining('guessed to be SaasPlanCreate')],
  });
});

test('provider deliveries and workflow actions are recognised', () => {
  expect(
    read({ type: 'SMS', contactId: 'c', messageId: 'm1', locationId: 'L1', phone: '+1' }, false),
  ).toMatchObject({
    type: 'SMS',
    category: 'Conversation provider',
    entityId: 'm1',
    flags: [],
  });
  expect(
    read({ data: {}, extras: { locationId: 'L1', companyId: 'C1' }, meta: { key: 'k' } }, false),
  ).toMatchObject({
    type: 'WorkflowActionExecution',
    category: 'Workflow custom action',
    locationId: 'L1',
    companyId: 'C1',
  });
});

test('an event nobody documents keeps its name and is flagged', () => {
  expect(read({ type: 'FormSubmitted', locationId: 'L1' })).toMatchObject({
    type: 'FormSubmitted',
    category: null,
    locationId: 'L1',
    flags: ['HighLevel documents no event of the type "FormSubmitted".'],
  });
});

test('what cannot be read is flagged, never thrown', () => {
  const nothing = { type: null, category: null, webhookId: null, locationId: null, entityId: null };
  expect(read(new Uint8Array(0))).toMatchObject({ ...nothing, flags: ['The body is empty.'] });
  expect(read('a=b&c=d')).toMatchObject({ ...nothing, flags: ['The body is not JSON.'] });
  expect(read(Uint8Array.from([0x7b, 0xff, 0x7d]))).toMatchObject({
    ...nothing,
    flags: ['The body is not valid UTF-8.'],
  });
  expect(read('"text"').flags).toEqual(['The body is JSON, but not an object.']);
  expect(read('null').flags).toEqual(['The body is JSON, but not an object.']);
  expect(read([]).flags).toEqual([expect.stringContaining('list of 0')]);
  expect(read({}).flags).toEqual(['The body names no event.']);
  expect(read({ type: 7, locationId: {}, webhookId: ['x'] })).toMatchObject({
    type: '7',
    locationId: null,
    webhookId: null,
  });
  expect(read('['.repeat(50_000)).flags).toEqual(['The body is not JSON.']);
  expect(read({ __proto__: null, type: 'constructor' }).type).toBe('constructor');
});

test('old, future and unreadable timestamps are flagged', () => {
  const flags = (timestamp: unknown) => read({ type: 'INSTALL', timestamp }).flags;
  expect(flags('2026-01-10T11:56:00Z')).toEqual([]);
  expect(flags('2026-01-10T11:00:00Z')).toEqual([expect.stringContaining('60 minutes old')]);
  expect(flags('2026-01-10T12:10:00Z')).toEqual([expect.stringContaining('10 minutes ahead')]);
  expect(flags(at - 1000)).toEqual([]);
  expect(flags('yesterday')).toEqual([expect.stringContaining('cannot be read')]);
});

test('a field that claims to be a name and is a novel does not swell the lists', () => {
  expect(read({ type: 'x'.repeat(10_000) }).type?.length).toBeLessThan(210);
});
