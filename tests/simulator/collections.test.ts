import { describe, expect, it } from 'vitest';
import { createCollection } from '../../src/simulator/collections/collection.ts';
import { indexAfter } from '../../src/simulator/collections/pages.ts';
import { createRecords } from '../../src/simulator/collections/records.ts';
import { createContactBook } from '../../src/simulator/contacts/contact-book.ts';
import { createClock } from '../../src/simulator/world/clock.ts';
import { createRandom } from '../../src/simulator/world/random.ts';

interface Thing {
  readonly id: string;
  readonly locationId: string;
  readonly at: number;
  readonly owner?: string;
}

const collection = () =>
  createCollection<Thing>({ lookup: { owner: ({ owner }) => owner }, since: ({ at }) => at });

describe('a collection', () => {
  it('keeps the newest first while rows come, change and go', () => {
    const things = collection();
    for (const [id, at] of [
      ['a', 3],
      ['b', 1],
      ['c', 2],
    ] as const)
      things.put({ id, locationId: 'l', at });
    const ids = (): string[] => things.newestFirst('l').map(({ id }) => id);
    expect(ids()).toEqual(['a', 'c', 'b']);
    things.put({ id: 'd', locationId: 'l', at: 2 });
    things.change('b', { at: 9 });
    expect(ids()).toEqual(['b', 'a', 'c', 'd']);
    things.remove('a');
    expect(ids()).toEqual(['b', 'c', 'd']);
    expect(things.inLocation('l').map(({ id }) => id)).toEqual(['b', 'c', 'd']);
    expect(things.newestFirst('elsewhere')).toEqual([]);
  });

  it('looks up by fields as they are now', () => {
    const things = collection();
    things.put({ id: 'a', locationId: 'l', at: 1, owner: 'x' });
    things.put({ id: 'b', locationId: 'l', at: 2, owner: 'x' });
    things.change('a', { owner: 'y' });
    expect(things.having('owner', 'x').map(({ id }) => id)).toEqual(['b']);
    expect(things.having('owner', 'y').map(({ id }) => id)).toEqual(['a']);
    things.remove('b');
    expect(things.having('owner', 'x')).toEqual([]);
  });
});

it('records come back from plain data as they were', () => {
  const records = createRecords();
  const clock = createClock(() => 1_700_000_000_000);
  const book = createContactBook(records, clock, createRandom(1, 'test'));
  const contact = book.create('here', { name: 'Ada Adler', email: 'ada@x.example', tags: ['vip'] });
  records.notes.put({
    id: 'n',
    locationId: 'here',
    contactId: contact.id,
    body: 'Hi',
    dateAdded: contact.dateAdded,
  });
  const copy = createRecords();
  copy.import(JSON.parse(JSON.stringify(records.export())) as ReturnType<typeof records.export>);
  expect(copy.contacts.having('email', 'ada@x.example')).toEqual([contact]);
  expect(copy.counts()).toEqual(records.counts());
  copy.discard('contacts', contact.id);
  expect(copy.notes.size).toBe(0);
  expect(records.notes.size).toBe(1);
  clock.dispose();
});

it('a hundred thousand contacts page to their end, each once', () => {
  const records = createRecords();
  const clock = createClock(() => 1_700_000_000_000);
  const book = createContactBook(records, clock, createRandom(1, 'test'));
  // Ten of them share each millisecond.
  for (let index = 0; index < 100_000; index += 1) {
    const at = 1_600_000_000_000 + Math.floor(index / 10);
    book.create('here', { firstName: 'Ada', lastName: String(index), email: `${index}@x.example` }, at);
  }
  const seen = new Set<string>();
  let last: { id: string; dateAdded: string } | undefined;
  for (;;) {
    const all = book.inLocation('here');
    const at = (row: { dateAdded: string }): number => Date.parse(row.dateAdded);
    const start = indexAfter(all, at, last && at(last), last?.id);
    const page = all.slice(start, start + 100);
    if (page.length === 0) break;
    for (const { id } of page) seen.add(id);
    last = page.at(-1);
    // What is added on the way stands before, and neither repeats nor hides a row.
    if (seen.size === 5_000) book.create('here', { email: 'late@x.example' });
  }
  expect(seen.size).toBe(100_000);
  expect(book.findDuplicate('here', { email: '77777@x.example' })?.contact.lastName).toBe('77777');
  clock.dispose();
});
