import { describe, expect, it } from 'vitest';
import { createFakes } from '../../src/main/core/transfer/replace/fakes.ts';
import { createReplacer } from '../../src/main/core/transfer/replace/replacer.ts';
import { replacedKinds, usualKinds, type ReplacedKind } from '../../src/shared/model/transfer.ts';
import { apiCall, webhook } from '../exchanges/support.ts';
import { exported, openDesk } from './support.ts';

const key = (text: string): Uint8Array => Buffer.alloc(32, text);
const fakes = createFakes(key('a'));

describe('values of the same form', () => {
  it.each([
    [
      'id',
      'ocQHyuzHvysMo5N5VsXc',
      /^[a-z]{2}[A-Z]{2}[a-z]{3}[A-Z][a-z]{3}[A-Z][a-z]\d[A-Z]\d[A-Z][a-z][A-Z][a-z]$/,
    ],
    ['id', '5f8d0d55b54764421b7156c3', /^[\da-f]{24}$/],
    [
      'id',
      '0f3c7d1e-98ab-4cde-8f01-23456789abcd',
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
    ],
    ['id', '1234567', /^[1-9]\d{6}$/],
    ['phone', '+15551234567', /^\+15\d{9}$/],
    ['phone', '(555) 123-4567', /^\(\d{3}\) \d{3}-\d{4}$/],
    ['email', 'ada.lovelace+x@mail.example.com', /^[a-z]+\.[a-z]+\+[a-z]+@[a-z]+\.[a-z]+\.[a-z]+\.example$/],
    ['words', 'Ada Lovelace, 12 Main St.', /^[A-Z][a-z]+ [A-Z][a-z]+, \d\d [A-Z][a-z]+ [A-Z][a-z]+\.$/],
    ['ip', '203.0.113.9', /^\d+\.\d+\.\d+\.\d+$/],
  ] as const)('%s: %s', (kind, before, form) => {
    const after = fakes[kind](before);
    expect(after).toMatch(form);
    expect(after).not.toBe(before);
    expect(fakes[kind](before)).toBe(after);
    expect(createFakes(key('a'))[kind](before)).toBe(after);
    expect(createFakes(key('b'))[kind](before)).not.toBe(after);
  });

  it('differ where what they stand for differs', () => {
    const many = (make: (index: number) => string): string[] =>
      Array.from({ length: 3000 }, (_one, at) => make(at));
    const letters = (index: number): string =>
      String.fromCharCode(
        97 + (index % 26),
        97 + (Math.floor(index / 26) % 26),
        97 + Math.floor(index / 676),
      );
    for (const [kind, values] of [
      ['words', many(letters)],
      ['words', many((index) => `é${letters(index)}`)],
      ['id', many(String)],
      ['id', many((index) => `ab${String(index).padStart(4, '0')}`)],
      ['phone', many((index) => `+1555${String(index).padStart(7, '0')}`)],
      ['email', many((index) => `${letters(index)}@example.com`)],
      ['ip', many((index) => `10.0.${index >> 8}.${index & 255}`)],
    ] as const) {
      expect(new Set(values.map((value) => fakes[kind](value))).size).toBe(values.length);
    }
  });

  it('dates move by the same number of days', () => {
    const days = (one: string, other: string): number =>
      (Date.parse(fakes.date(one) ?? '') - Date.parse(fakes.date(other) ?? '')) / 86_400_000;
    expect(days('2026-03-01T00:00:00Z', '2026-02-01T00:00:00Z')).toBe(28);
    expect(fakes.date('2024-02-29T12:34:56.789+02:00')).toMatch(/^\d{4}-\d\d-\d\dT12:34:56.789\+02:00$/);
    expect(fakes.date('no date')).toBeNull();
  });
});

describe('a body', () => {
  const replacer = (kinds: readonly ReplacedKind[] = replacedKinds) =>
    createReplacer(createFakes(key('a')), new Set(kinds), () => {});
  const contact = `{
  "type" : "ContactCreate", "id":"ocQHyuzHvysMo5N5VsXc","firstName":"Ada", "lastName":"Lovelace",
  "name":"ada lovelace","email":"Ada@Example.com","phone":"+15551234567","big":9007199254740993123,
  "dateOfBirth":"1990-01-02","dateAdded":"2026-01-02T03:04:05.000Z","tags":["vip"],"n":1.0,"dnd":false,
  "message":"Call Ada at +1 555 123 4567 or ada@example.com", "raw":"{\\"contactId\\":\\"ocQHyuzHvysMo5N5VsXc\\"}"
}`;

  it('keeps its structure, its numbers and its spaces', () => {
    const after = replacer().body(contact, 'application/json');
    expect(after).toContain('"type" : "ContactCreate"');
    expect(after).toContain('"big":9007199254740993123');
    expect(after).toContain('"n":1.0,"dnd":false');
    expect(after.split('\n')).toHaveLength(contact.split('\n').length);
    expect(Object.keys(JSON.parse(after) as object)).toEqual(Object.keys(JSON.parse(contact) as object));
    for (const personal of ['Ada', 'ada', 'Lovelace', 'ocQHyuzHvysMo5N5VsXc', '555', '1990-01-02', 'vip'])
      expect(after).not.toContain(personal);
  });

  it('keeps what is the same the same, wherever it stands', () => {
    const one = replacer();
    const after = JSON.parse(one.body(contact, null)) as Record<string, string>;
    expect(after['name']).toBe(`${after['firstName']} ${after['lastName']}`.toLowerCase());
    expect(after['message']).toContain(after['firstName']);
    expect(after['message']).toContain(after['email']?.toLowerCase());
    expect(JSON.parse(after['raw'] ?? '')).toEqual({ contactId: after['id'] });
    expect(one.url('/contacts/ocQHyuzHvysMo5N5VsXc/notes?email=Ada%40Example.com')).toBe(
      `/contacts/${after['id']}/notes?email=${encodeURIComponent(after['email'] ?? '')}`,
    );
    // A short id is known by its value once it has stood under a name that says so.
    const short = JSON.parse(one.body('{"contactId":"c1"}', null)) as { contactId: string };
    expect(one.url('https://host/contacts/c1')).toBe(`https://host/contacts/${short.contactId}`);
    expect(one.body('contact_id=c1&q=c1', 'application/x-www-form-urlencoded')).toBe(
      `contact_id=${short.contactId}&q=${short.contactId}`,
    );
  });

  it('changes nothing but the kinds chosen', () => {
    const after = JSON.parse(replacer(['phones']).body(contact, null)) as Record<string, unknown>;
    const { phone: _one, message: _two, ...others } = JSON.parse(contact) as Record<string, unknown>;
    expect(after).toMatchObject(others);
    expect(after['phone']).not.toBe('+15551234567');
  });
});

describe('an export with personal data replaced', () => {
  const people = ['Ada', 'Grace'].map((name, index) =>
    webhook(
      { type: 'ContactCreate', id: `contact${index}`, firstName: name, phone: `+1555123456${index}` },
      {
        requestHeaders: [
          ['Content-Type', 'application/json'],
          ['Content-Length', '83'],
          ['X-Forwarded-For', '203.0.113.9'],
        ],
        remoteAddress: '203.0.113.9',
      },
    ),
  );

  async function filled() {
    const desk = await openDesk();
    for (const person of people) await desk.store.append(person);
    await desk.store.append(apiCall({ url: 'https://services.leadconnectorhq.com/contacts/contact0' }));
    await desk.store.append(webhook(Buffer.from([0, 1, 2, 255])));
    return desk;
  }
  const linesOf = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { requestHeaders: [string, string][] });

  it('is the same again under the same seed, another one otherwise, and joins hold', async () => {
    const desk = await filled();
    const write = async (seed?: string) =>
      (
        await exported(desk, {
          format: 'ndjson',
          replace: { kinds: [...usualKinds], sign: false, ...(seed && { seed }) },
        })
      ).text;
    const first = await write('seed');
    expect(await write('seed')).toBe(first);
    expect(await write()).not.toBe(await write());
    for (const personal of ['Ada', 'Grace', 'contact0', '1234560', '203.0.113.9'])
      expect(first).not.toContain(personal);
    const [ada, grace, call, binary] = linesOf(first) as unknown as {
      url: string;
      requestHeaders: [string, string][];
      requestBody: { text: string; bytes: number; complete: boolean };
    }[];
    const body = JSON.parse(ada?.requestBody.text ?? '') as { id: string; firstName: string };
    expect(body.firstName).not.toBe(
      (JSON.parse(grace?.requestBody.text ?? '') as { firstName: string }).firstName,
    );
    expect(call?.url).toBe(`https://services.leadconnectorhq.com/contacts/${body.id}`);
    expect(new Map(ada?.requestHeaders).get('Content-Length')).toBe(String(ada?.requestBody.bytes));
    expect(binary?.requestBody).toMatchObject({ bytes: 0, complete: false });
  });

  it('signs what has changed, where it is asked to', async () => {
    const desk = await filled();
    const { text } = await exported(desk, { format: 'ndjson', replace: { kinds: ['names'], sign: true } });
    const signed = linesOf(text).map((line) =>
      line.requestHeaders.some(([name]) => name === 'X-GHL-Signature'),
    );
    expect(signed).toEqual([true, true, false, false]);
  });

  it('is shown before: places, samples, and what is lost', async () => {
    const desk = await filled();
    await desk.store.settled();
    const preview = await desk.transfer.preview({ filter: {} }, { kinds: [...usualKinds], sign: false });
    expect(preview).toMatchObject({ looked: 4, total: 4, changed: 4, leftOut: 1, signaturesLost: 0 });
    const phones = preview.kinds.find(({ kind }) => kind === 'phones');
    expect(phones?.count).toBe(2);
    expect(phones?.samples.map(({ before }) => before).toSorted()).toEqual(['+15551234560', '+15551234561']);
    for (const { before, after } of phones?.samples ?? []) expect(after).not.toBe(before);
  });
});
