import { expect, test } from 'vitest';
import type { ExchangeFilter } from '../../src/shared/model/exchange.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import { apiCall, ok, openStore, webhook } from './support.ts';
import type { TestStore } from './support.ts';

const found = async (store: TestStore, filter: ExchangeFilter): Promise<number[]> => {
  const up = await store.page({ ...filter, after: 0 });
  const down = await store.page(filter);
  expect(down.items.map(({ seq }) => seq)).toEqual(up.items.map(({ seq }) => seq).toReversed());
  expect(await store.count(filter)).toBe(up.items.length);
  return up.items.map(({ seq }) => seq);
};

const answered = (status: number) => ({ ...ok, status });

/**
 * 1 ContactCreate in L1 · 2 the same again · 3 NoteCreate in L2, answered 404 · 4 OpportunityCreate in L1 of another
 * app, answered 503 · 5 a GET · 6 a call that failed · 7 a call that waits · 8 a delivery of 1
 */
async function stock(): Promise<TestStore> {
  const store = await openStore();
  const acme = 'acme' as ProfileId;
  const contact = {
    type: 'ContactCreate',
    webhookId: 'w1',
    locationId: 'L1',
    companyId: 'C1',
    id: 'ada',
    appId: 'a1',
  };
  const first = await store.append(webhook(contact, { receivedAt: 1000, profileId: acme }));
  await store.append(webhook(contact, { receivedAt: 2000, profileId: acme }));
  await store.append(
    webhook(
      { type: 'NoteCreate', webhookId: 'w3', locationId: 'L2', companyId: 'C1', id: 'n1', contactId: 'ada' },
      { receivedAt: 3000, url: '/webhooks/Notes?x=1', answer: answered(404) },
    ),
  );
  await store.append(
    webhook(
      {
        type: 'OpportunityCreate',
        webhookId: 'w4',
        locationId: 'L1',
        companyId: 'C2',
        id: 'o1',
        appId: 'a2',
      },
      { receivedAt: 4000, answer: answered(503) },
    ),
  );
  await store.append(
    webhook(Buffer.from(''), { purpose: 'inbound', method: 'GET', url: '/robots.txt', receivedAt: 5000 }),
  );
  const failing = await store.append(apiCall({ receivedAt: 6000 }));
  await store.complete(failing.id, { ...ok, status: null, outcome: 'failed', error: 'No answer came.' });
  await store.append(apiCall({ receivedAt: 7000, method: 'PUT' }));
  await store.append(
    webhook(contact, {
      purpose: 'forward',
      direction: 'outbound',
      url: 'http://127.0.0.1:9/',
      causeId: first.id,
      receivedAt: 8000,
    }),
  );
  await store.settled();
  return store;
}

test('each condition finds what it says', async () => {
  const store = await stock();
  const cases: [ExchangeFilter, number[]][] = [
    [{ eventTypes: ['ContactCreate'] }, [1, 2]],
    [{ eventTypes: ['ContactCreate', 'NoteCreate'] }, [1, 2, 3]],
    [{ categories: ['Opportunities'] }, [4]],
    [{ categories: ['Contacts'] }, [1, 2, 3]],
    [{ locationIds: ['L1'] }, [1, 2, 4]],
    [{ locationIds: ['L1', 'L2'] }, [1, 2, 3, 4]],
    [{ companyIds: ['C2'] }, [4]],
    [{ entityIds: ['o1'] }, [4]],
    [{ profileIds: ['acme' as ProfileId] }, [1, 2]],
    [{ appIds: ['a2'] }, [4]],
    [{ verdicts: ['unsigned'] }, [1, 2, 3, 4, 5]],
    [{ verdicts: ['valid', 'invalid'] }, []],
    [{ duplicate: true }, [2]],
    [{ duplicate: false, purposes: ['webhook'] }, [1, 3, 4]],
    [{ forwarded: true }, [1]],
    [{ forwarded: false, purposes: ['webhook'] }, [2, 3, 4]],
    [{ answers: ['404'] }, [3]],
    [{ answers: ['4xx', '5xx'] }, [3, 4]],
    [{ answers: ['2xx'] }, [1, 2, 5, 8]],
    [{ answers: ['failed'] }, [6]],
    [{ answers: ['pending', 'failed'] }, [6, 7]],
    [{ answers: ['pending', '503'] }, [4, 7]],
    [{ methods: ['get', 'PUT'] }, [5, 6, 7]],
    [{ paths: ['/notes'] }, [3]],
    [{ paths: ['robots', 'NOTES'] }, [3, 5]],
    [{ paths: ['nowhere'] }, []],
    [{ from: 3000, to: 5000 }, [3, 4, 5]],
    [{ from: 7001 }, [8]],
    [{ eventTypes: [] }, []],
  ];
  for (const [filter, seqs] of cases) expect([filter, await found(store, filter)]).toEqual([filter, seqs]);
});

test('conditions hold together, and what is excluded is not there', async () => {
  const store = await stock();
  const cases: [ExchangeFilter, number[]][] = [
    [{ eventTypes: ['ContactCreate'], locationIds: ['L1'] }, [1, 2]],
    [{ eventTypes: ['ContactCreate'], locationIds: ['L2'] }, []],
    [{ locationIds: ['L1'], duplicate: false, answers: ['2xx', '5xx'] }, [1, 4]],
    [{ locationIds: ['L1'], from: 2000 }, [2, 4]],
    [{ purposes: ['webhook', 'inbound'], except: { eventTypes: ['ContactCreate'] } }, [3, 4, 5]],
    [{ except: { purposes: ['webhook', 'forward'], methods: ['PUT'] } }, [5, 6]],
    [{ purposes: ['webhook'], except: { locationIds: ['L1'], answers: ['404'] } }, []],
    [{ search: 'OpportunityCreate', locationIds: ['L1'] }, [4]],
    [{ search: 'type', locationIds: ['L1'], forwarded: false }, [2, 4]],
    [{ search: 'ada', from: 2500, to: 3500 }, [3]],
    [{ search: 'ada', except: { terms: [{ text: 'NoteCreate', match: 'part' }] } }, [1, 2, 8]],
    [{ except: { terms: [{ text: 'ada', match: 'word' }] } }, [4, 5, 6, 7]],
  ];
  for (const [filter, seqs] of cases) expect([filter, await found(store, filter)]).toEqual([filter, seqs]);
});

test('a beginning finds all words that begin like it, few or many, in either case', async () => {
  const store = await openStore();
  const many = Array.from({ length: 650 }, (_, number) => `zq${number}x`).join(' ');
  await store.append(webhook({ note: many }));
  await store.append(webhook({ note: 'ZQ449xyz, Not and OR' }));
  await store.append(webhook({ note: 'azq44' }));
  const seqs = (text: string) => found(store, { terms: [{ text, match: 'start' }] });
  expect(await seqs('zq')).toEqual([1, 2]);
  expect(await seqs('Zq44')).toEqual([1, 2]);
  expect(await seqs('zq449xy')).toEqual([2]);
  expect(await seqs('no')).toEqual([1, 2, 3]);
  expect(await seqs('o')).toEqual([2]);
  expect(await seqs('zr')).toEqual([]);
});

test('whole words, beginnings of words and parts are told apart', async () => {
  const store = await openStore();
  await store.append(webhook({ note: 'The cat sat on the mat' }));
  await store.append(webhook({ note: 'concatenate; category' }));
  await store.append(webhook({ note: 'sat, the cat' }));
  const seqs = (text: string, match: 'part' | 'word' | 'start') => found(store, { terms: [{ text, match }] });
  expect(await seqs('cat', 'part')).toEqual([1, 2, 3]);
  expect(await seqs('CAT', 'word')).toEqual([1, 3]);
  expect(await seqs('cat', 'start')).toEqual([1, 2, 3]);
  expect(await seqs('categ', 'start')).toEqual([2]);
  expect(await seqs('ategory', 'start')).toEqual([]);
  expect(await seqs('cat sat', 'word')).toEqual([1]);
  expect(await seqs('cat sa', 'word')).toEqual([]);
  expect(await seqs('cat sa', 'start')).toEqual([1]);
  expect(await seqs(';', 'word')).toEqual([2]);
  expect(
    await found(store, {
      terms: [
        { text: 'cat', match: 'word' },
        { text: 'ma', match: 'part' },
      ],
    }),
  ).toEqual([1]);
});

test('an answer and a delivery that come later are found, and a tick says which rows have changed', async () => {
  const store = await openStore();
  const hook = await store.append(webhook({ type: 'INSTALL' }));
  const call = await store.append(apiCall());
  await store.settled();
  expect(await found(store, { answers: ['pending'] })).toEqual([2]);
  const touched: number[] = [];
  store.onTick((tick) => touched.push(tick.touchedFrom ?? Infinity));
  await store.complete(call.id, answered(422));
  await store.settled();
  expect(await found(store, { answers: ['422'] })).toEqual([2]);
  expect(await found(store, { answers: ['pending'] })).toEqual([]);
  await store.append(webhook({}, { purpose: 'forward', direction: 'outbound', causeId: hook.id }));
  await store.settled();
  expect(await found(store, { forwarded: true })).toEqual([1]);
  expect((await store.get(hook.id)).deliveries).toBe(1);
  await expect.poll(() => Math.min(...touched)).toBe(1);
});

test('a filter with more matches than an index is worth goes page by page', async () => {
  const store = await openStore();
  await Promise.all(
    Array.from({ length: 2500 }, (_, n) =>
      store.append(webhook({ type: 'ContactUpdate', locationId: `L${n % 2}`, companyId: 'C1', n })),
    ),
  );
  await store.settled();
  for (const filter of [
    { companyIds: ['C1'], locationIds: ['L0', 'L1'] },
    { companyIds: ['C1'], search: 'ContactUpdate' },
    { purposes: ['webhook' as const, 'inbound' as const] },
  ]) {
    const seqs: number[] = [];
    for (let before: number | undefined; ;) {
      const page = await store.page({ ...filter, limit: 1000, ...(before === undefined ? {} : { before }) });
      seqs.push(...page.items.map(({ seq }) => seq));
      if (!page.more) break;
      before = seqs.at(-1);
    }
    expect(seqs).toEqual(Array.from({ length: 2500 }, (_, index) => 2500 - index));
  }
});
