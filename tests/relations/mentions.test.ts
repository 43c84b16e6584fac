import { describe, expect, it, test } from 'vitest';
import { changesSomething, mentionsOfCall, mentionsOfEvent } from '../../src/main/core/relations/mentions.ts';
import type { Mention } from '../../src/shared/model/relations.ts';

const words = (mentions: readonly Mention[]): string[] =>
  mentions.map(({ kind, id, subject }) => `${subject ? '*' : ''}${kind} ${id}`);

describe('an API call names', () => {
  it.each([
    {
      what: 'what its path says',
      call: { method: 'PUT', url: 'https://services.leadconnectorhq.com/contacts/c1' },
      named: ['contact c1'],
    },
    {
      what: 'what the word before {id} says',
      call: { method: 'GET', url: '/contacts/c1/notes/n1' },
      named: ['contact c1', 'note n1'],
    },
    {
      what: 'nothing by a word that is no id',
      call: { method: 'POST', url: '/contacts/search', requestBody: { locationId: 'l1' } },
      named: ['location l1'],
    },
    {
      what: 'what its query and body say',
      call: {
        method: 'POST',
        url: '/invoices/?altId=l1&altType=location',
        requestBody: { contactId: 'c1', altId: 'l1', altType: 'location', appId: 'a1' },
      },
      named: ['location l1', 'contact c1'],
    },
    {
      what: 'the object in its answer, which it holds',
      call: {
        method: 'POST',
        url: '/contacts/',
        requestBody: { locationId: 'l1', firstName: 'Ada' },
        answerBody: { contact: { id: 'c1', locationId: 'l1' } },
      },
      named: ['location l1', '*contact c1'],
    },
    {
      what: 'each of a list in its answer',
      call: {
        method: 'GET',
        url: '/opportunities/search?location_id=l1',
        answerBody: { opportunities: [{ id: 'o1', contactId: 'c1' }, { id: 'o2' }] },
      },
      named: ['*opportunity o1', 'contact c1', '*opportunity o2'],
    },
    {
      what: 'the answer itself where nothing stands around the object',
      call: {
        method: 'POST',
        url: '/calendars/events/appointments',
        answerBody: { id: 'e1', contactId: 'c1' },
      },
      named: ['*appointment e1', 'contact c1'],
    },
    { what: 'nothing on an unknown path', call: { method: 'GET', url: '/nowhere/x1' }, named: [] },
  ])('$what', ({ call, named }) => {
    expect(words(mentionsOfCall({ requestBody: undefined, answerBody: undefined, ...call }))).toEqual(named);
  });

  it('at most a hundred', () => {
    const contacts = Array.from({ length: 400 }, (_, at) => ({ id: `c${at}` }));
    const call = { method: 'GET', url: '/contacts/', requestBody: undefined, answerBody: { contacts } };
    expect(mentionsOfCall(call)).toHaveLength(100);
  });
});

test('a webhook holds its entity and names those beside it', () => {
  const body = { type: 'AppointmentCreate', locationId: 'l1', appointment: { id: 'a1', contactId: 'c1' } };
  const event = { type: 'AppointmentCreate', entityId: 'a1', locationId: 'l1' };
  expect(words(mentionsOfEvent(body, event))).toEqual(['*appointment a1', 'location l1', 'contact c1']);
  const family = { type: 'Invoice', entityId: 'i1', locationId: null };
  expect(words(mentionsOfEvent({ _id: 'i1' }, family))).toEqual(['*invoice i1']);
});

test('reading calls and searches change nothing', () => {
  expect(changesSomething('GET', '/contacts/c1')).toBe(false);
  expect(changesSomething('POST', 'https://x.test/contacts/search?a=1')).toBe(false);
  expect(changesSomething('POST', '/contacts/')).toBe(true);
});
