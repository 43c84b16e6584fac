import { describe, expect, it } from 'vitest';
import type { ExchangeFilter } from '../../src/shared/model/exchange.ts';
import { exchangeFilter } from '../../src/shared/model/exchange.ts';
import { completionsAt } from '../../src/shared/query/complete.ts';
import { fieldKeys, fields, type FieldKey } from '../../src/shared/query/fields.ts';
import { parseQuery } from '../../src/shared/query/parse.ts';
import { printQuery } from '../../src/shared/query/print.ts';
import { parseDuration, parseInstant } from '../../src/shared/query/time.ts';
import { toFilter } from '../../src/shared/query/to-filter.ts';

const context = {
  now: 1_000_000_000,
  apps: [{ id: 'my-app', name: 'My app', appId: '66aa00112233445566778899' }],
};
const part = (text: string) => ({ text, match: 'part' as const });
const local = (text: string): number => new Date(text).getTime();

const understood: [query: string, filter: ExchangeFilter][] = [
  ['', {}],
  ['event:ContactCreate', { eventTypes: ['ContactCreate'] }],
  ['EVENT:contactcreate', { eventTypes: ['ContactCreate'] }],
  ['type:ContactCreate event:MyOwnEvent2', { eventTypes: ['ContactCreate', 'MyOwnEvent2'] }],
  ['category:contacts', { categories: ['Contacts'] }],
  ['category:"contacts / notes"', { categories: ['Contacts / Notes'] }],
  ['verdict:invalid signature:unsigned', { verdicts: ['invalid', 'unsigned'] }],
  ['app:"My app"', { profileIds: ['my-app' as never] }],
  ['app:66aa00112233445566778899', { appIds: ['66aa00112233445566778899'] }],
  ['location:abc location:def company:x', { locationIds: ['abc', 'def'], companyIds: ['x'] }],
  ['is:duplicate -is:forwarded', { duplicate: true, forwarded: false }],
  ['is:pinned -is:noted', { pinned: true, noted: false }],
  ['answer:5xx answer:404 answer:failed', { answers: ['5xx', '404', 'failed'] }],
  ['status:TOO-LARGE', { answers: ['too-large'] }],
  ['method:put path:/contacts/', { methods: ['PUT'], paths: ['/contacts/'] }],
  ['purpose:api entity:e1', { purposes: ['api'], entityIds: ['e1'] }],
  ['last:1h', { from: context.now - 3_600_000 }],
  ['after:2026-11-01T10:00', { from: local('2026-11-01T10:00') }],
  [
    'after:2026-11-01 before:2026-11-02T00:00Z',
    { from: local('2026-11-01T00:00'), to: Date.UTC(2026, 10, 2) },
  ],
  ['-event:ContactUpdate -location:abc', { except: { eventTypes: ['ContactUpdate'], locationIds: ['abc'] } }],
  ['ada lovelace', { terms: [part('ada'), part('lovelace')] }],
  ['"ada lovelace"', { terms: [part('ada lovelace')] }],
  ['=cat', { terms: [{ text: 'cat', match: 'word' }] }],
  ['="cat sat"', { terms: [{ text: 'cat sat', match: 'word' }] }],
  ['cat*', { terms: [{ text: 'cat', match: 'start' }] }],
  ['"cat sa"*', { terms: [{ text: 'cat sa', match: 'start' }] }],
  ['-cat -"dog days"', { except: { terms: [part('cat'), part('dog days')] } }],
  ['-=cat', { except: { terms: [{ text: 'cat', match: 'word' }] } }],
  ['- * = : "" 5-6 a=b', { terms: [part('-'), part('*'), part('='), part(':'), part('5-6'), part('a=b')] }],
  ['"type":"NoteCreate"', { terms: [part('type'), part(':'), part('NoteCreate')] }],
  ['x-trace-id: trace', { terms: [part('x-trace-id:'), part('trace')] }],
  ['x-trace-id:77', { terms: [part('x-trace-id:77')] }],
  ['https://example.com/a?b=c', { terms: [part('https://example.com/a?b=c')] }],
  ['event: "unclosed phrase', { terms: [part('event:'), part('unclosed phrase')] }],
  ['event:"ContactCreate', { eventTypes: ['ContactCreate'] }],
  ['event:"" location:""', {}],
  ['ada ada', { terms: [part('ada')] }],
];

describe('a query', () => {
  it.each(understood)('%s', (query, filter) => {
    const { conditions, problems } = parseQuery(query);
    expect(problems).toEqual([]);
    expect(toFilter(conditions, context)).toEqual(filter);
    expect(exchangeFilter.parse(filter)).toEqual(filter);
  });

  it.each([
    ...understood.map(([query]) => query),
    'evnt:ContactCreate is:pinn "event:ContactCreate" "-not" "=eq" "star*" ="a b" "a  b"* last:1h app:"My app"',
  ])('is the same when printed and read again: %s', (query) => {
    const { conditions } = parseQuery(query);
    const printed = printQuery(conditions);
    expect(parseQuery(printed).conditions).toEqual(conditions);
    expect(printQuery(parseQuery(printed).conditions)).toBe(printed);
  });

  it('takes any text at all', () => {
    const pieces = ['"', '-', '=', '*', ':', ' ', 'is', 'event:', 'a', '\u0000', 'é', '//', '\n'];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 2000; round += 1) {
      const query = Array.from({ length: next(9) }, () => pieces[next(pieces.length)]).join('');
      const { conditions } = parseQuery(query);
      const printed = printQuery(conditions);
      expect([query, parseQuery(printed).conditions]).toEqual([query, conditions]);
    }
  });

  it.each([
    ['evnt:x', 'There is no field "evnt", did you mean "event"? "evnt:x" is searched for as text.'],
    ['colour:red', 'There is no field "colour"; "colour:red" is searched for as text.'],
    ['verdict:invald', '"invald" is no value of "verdict"; did you mean "invalid"?'],
    ['is:purple', '"purple" is no value of "is"; it takes duplicate, forwarded, pinned, noted.'],
    ['answer:9xx', '"9xx" is no answer, did you mean "2xx"?'],
    ['last:soon', '"soon" is no length of time; write 30s, 15m, 1h, 7d or 2w.'],
    ['after:yesterday', '"yesterday" is no time; write 2026-11-01 or 2026-11-01T10:00.'],
    ['after:2026-13-01', '"2026-13-01" is no time; write 2026-11-01 or 2026-11-01T10:00.'],
    ['event:ContactCraete', 'No documented event is called "ContactCraete", did you mean "ContactCreate"?'],
    ['-last:1h', '"-last:1h" cannot be turned round; "last" is taken without the "-".'],
  ])('says what it did not understand in one sentence, and the rest holds: %s', (wrong, sentence) => {
    const { conditions, problems } = parseQuery(`${wrong} location:abc`);
    expect(problems).toEqual([sentence]);
    expect(toFilter(conditions, context).locationIds).toEqual(['abc']);
  });

  it('has an example for every field that it understands itself', () => {
    for (const key of fieldKeys) {
      const { conditions, problems } = parseQuery(fields[key].example);
      expect([fields[key].example, problems, conditions]).toEqual([
        fields[key].example,
        [],
        [expect.objectContaining({ kind: 'field', key })],
      ]);
    }
  });
});

describe('completion', () => {
  const choices = (key: FieldKey) => (key === 'location' ? [{ value: 'two words' }] : fields[key].choices);
  const texts = (query: string, caret = query.length): string[] =>
    completionsAt(query, caret, choices).options.map((option) => option.text);

  it.each<[string, string[]]>([
    ['ver', ['verdict:']],
    ['lorem -is', ['-is:']],
    ['-la', []],
    ['verdict:un', ['verdict:unsigned ', 'verdict:unverifiable ']],
    ['-verdict:inv', ['-verdict:invalid ']],
    ['signature:inv', ['verdict:invalid ']],
    ['verdict:invalid', []],
    ['location:', ['location:"two words" ']],
    ['="ver', []],
    ['zzz', []],
  ])('%s goes on with %j', (query, options) => expect(texts(query)).toEqual(options));

  it('takes the place of the piece at the caret', () => {
    const query = 'ada verdict:val lovelace';
    const { start, end, options } = completionsAt(query, 'ada verdict:val'.length, choices);
    expect(query.slice(start, end)).toBe('verdict:val');
    expect(options[0]?.text).toBe('verdict:valid ');
    expect(texts('event:')).toHaveLength(12);
  });
});

describe('times', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['1H', 3_600_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['1y', null],
    ['h', null],
    ['', null],
  ])('%s is that long', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it('reads local time unless told otherwise', () => {
    expect(parseInstant('2026-11-01T10:00')).toBe(local('2026-11-01T10:00'));
    expect(parseInstant('2026-11-01T10:00:30.5+02:00')).toBe(Date.UTC(2026, 10, 1, 8, 0, 30, 500));
    expect(parseInstant('01.11.2026')).toBeNull();
  });
});
