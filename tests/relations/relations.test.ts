import { expect, test } from 'vitest';
import { exchangeId, type ExchangeId } from '../../src/shared/model/ids.ts';
import type { TimelineStep } from '../../src/shared/model/relations.ts';
import { openCore } from '../contract/support.ts';
import { apiCall, ok, openStore, webhook } from '../exchanges/support.ts';
import { simulatedApp } from './simulated-app.ts';

const nameOf = ({ exchange }: TimelineStep): string => exchange.event?.type ?? exchange.method;

test('a contact made, changed and tagged over the API is one timeline with exact differences', async () => {
  const { core, send, answer, webhooks, locationId } = await simulatedApp();
  const created = await send({
    method: 'POST',
    path: '/contacts/',
    body: JSON.stringify({ locationId, firstName: 'Ada', email: 'ada@example.com' }),
  });
  const { id } = (await answer(created)).contact;
  await webhooks(2);
  const updated = await send({
    method: 'PUT',
    path: `/contacts/${id}`,
    body: JSON.stringify({ firstName: 'Augusta', tags: ['vip'] }),
  });
  await webhooks(4);

  const entity = { kind: 'contact', id } as const;
  const { items, total, more } = await core.relations.timeline({ entity });
  expect({ total, more }).toEqual({ total: 5, more: false });
  expect(items.map(nameOf).toReversed().slice(0, 3)).toEqual(['POST', 'ContactCreate', 'PUT']);
  expect(items.map(nameOf).slice(0, 2).toSorted()).toEqual(['ContactTagUpdate', 'ContactUpdate']);
  const times = items.map(({ exchange }) => exchange.receivedAt);
  expect(times).toEqual(times.toSorted((a, b) => b - a));

  const update = items.find((step) => nameOf(step) === 'ContactUpdate');
  const before = items.find((step) => nameOf(step) === 'ContactCreate');
  if (update === undefined || before === undefined) throw new Error('the events are not on the timeline');
  expect(update.holds).toEqual(entity);
  const { parts } = await core.relations.difference({
    a: before.exchange.id,
    b: update.exchange.id,
    part: 'request',
    entity,
  });
  const body = parts[0]?.body;
  if (body?.kind !== 'json') throw new Error('the payloads were not compared by field');
  const byPath = new Map(body.changes.map((change) => [change.path, change]));
  expect(byPath.get('$.firstName')).toMatchObject({ change: 'changed', before: '"Ada"', after: '"Augusta"' });
  expect(byPath.get('$.tags[0]')).toMatchObject({ change: 'added', after: '"vip"' });
  expect([...byPath.keys()].toSorted()).toEqual(
    ['$.firstName', '$.name', '$.tags[0]', '$.timestamp', '$.type', '$.webhookId'].toSorted(),
  );

  const put = items.find(({ exchange }) => exchange.id === updated.exchangeId);
  expect(put).toMatchObject({ holds: entity, previous: { id: created.exchangeId } });
  const answers = await core.relations.difference({
    a: created.exchangeId,
    b: updated.exchangeId,
    part: 'response',
    entity,
  });
  expect(answers.parts[0]?.body).toMatchObject({
    kind: 'json',
    changes: expect.arrayContaining([
      { path: '$.firstName', change: 'changed', before: '"Ada"', after: '"Augusta"' },
    ]),
  });

  const consequences = await core.relations.consequences({ id: updated.exchangeId });
  expect(consequences.items.map(({ event }) => event?.type ?? '').toSorted()).toEqual([
    'ContactTagUpdate',
    'ContactUpdate',
  ]);
  const related = await core.relations.related(update.exchange.id);
  expect(related.entities[0]).toEqual({ ...entity, subject: true });
  expect(related.triggers.items[0]?.id).toBe(updated.exchangeId);
  expect(related.group).toMatchObject({ noisy: true });
  expect(related.group.sentence).toContain('ContactUpdate came together with');

  const first = await core.relations.timeline({ entity, limit: 2 });
  expect(first.more).toBe(true);
  const last = first.items.at(-1)?.exchange;
  if (last === undefined) throw new Error('the first page is empty');
  const rest = await core.relations.timeline({
    entity,
    before: { at: last.receivedAt, seq: last.seq },
    limit: 200,
  });
  expect([...first.items, ...rest.items]).toEqual(items);
  const location = await core.relations.timeline({ entity: { kind: 'location', id: locationId } });
  expect(location.items.map(nameOf)).toEqual(expect.arrayContaining(['INSTALL', 'ContactCreate']));
});

test('what was refused or only read has no consequences, and says so', async () => {
  const { core, send } = await simulatedApp();
  const refused = await send({ method: 'PUT', path: '/contacts/nosuchcontact000001', body: '{}' });
  expect((await core.relations.consequences({ id: refused.exchangeId })).sentence).toContain(
    'changed nothing',
  );
  const read = await send({ method: 'GET', path: '/contacts/nosuchcontact000001' });
  expect((await core.relations.consequences({ id: read.exchangeId })).sentence).toContain('only reads');
});

test('repetitions, noise and a new change are told apart', async () => {
  const store = await openStore();
  const start = 1_760_000_000_000;
  const event = (type: string, webhookId: string, afterMs: number) =>
    store.append(
      webhook(
        { type, webhookId, id: 'o1', locationId: 'l1', contactId: 'c1' },
        { receivedAt: start + afterMs },
      ),
    );
  const general = await event('OpportunityUpdate', 'w-1', 0);
  const specific = await event('OpportunityStageUpdate', 'w-2', 400);
  const repeated = await event('OpportunityUpdate', 'w-1', 900);
  const later = await event('OpportunityUpdate', 'w-3', 30_000);
  await store.settled();

  const { group, duplicates, entities } = await store.related(general.id);
  expect(entities.map(({ kind }) => kind)).toEqual(['opportunity', 'contact', 'location']);
  expect(duplicates).toMatchObject({ webhookId: 'w-1', more: false });
  expect(duplicates.items.map(({ id }) => id)).toEqual([repeated.id]);
  expect(group.items.map(({ id }) => id)).toEqual([general.id, specific.id, repeated.id]);
  expect(group.sentence).toBe(
    'OpportunityUpdate came together with OpportunityStageUpdate: HighLevel may send both for one change, so code that acts on each acts twice.',
  );
  expect((await store.related(specific.id)).group.items).toHaveLength(3);
  expect((await store.related(later.id)).group).toMatchObject({ noisy: false, sentence: null });
});

test('an answer that comes later is read for the ids in it', async () => {
  const store = await openStore();
  const call = await store.append(
    apiCall({ method: 'POST', url: 'https://services.leadconnectorhq.com/contacts/' }),
  );
  await store.settled();
  const entity = { kind: 'contact', id: 'c9' } as const;
  expect((await store.timeline({ entity })).items).toEqual([]);
  await store.complete(call.id, { ...ok, body: { bytes: Buffer.from('{"contact":{"id":"c9"}}') } });
  await store.settled();
  expect((await store.timeline({ entity })).items).toMatchObject([
    { exchange: { id: call.id }, holds: entity, previous: null },
  ]);
});

test('a chain of causes is followed both ways', async () => {
  const store = await openStore();
  const first = await store.append(webhook({ type: 'ContactCreate', id: 'c1' }));
  const forward = { purpose: 'forward', direction: 'outbound', url: 'http://127.0.0.1:3000/' } as const;
  const second = await store.append(webhook({}, { ...forward, causeId: first.id }));
  const third = await store.append(webhook({}, { ...forward, causeId: second.id }));
  expect((await store.related(third.id)).causes.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect((await store.related(first.id)).caused.items.map(({ id }) => id)).toEqual([second.id]);
  const missing = exchangeId.parse('01900000-0000-7000-8000-000000000001');
  await expect(store.related(missing)).rejects.toMatchObject({ code: 'not_found' });
  await expect(store.consequences({ id: first.id })).rejects.toMatchObject({ code: 'bad_input' });
});

test('any two exchanges are compared: by field, by line, by byte, and where they are too large', async () => {
  const opened = await openCore();
  const { core } = opened;
  try {
    const deliver = async (body: string | Uint8Array<ArrayBuffer>): Promise<ExchangeId> => {
      const answer = await fetch(`${core.ingress.status().url}/hook`, { method: 'POST', body });
      await answer.arrayBuffer();
      const { items } = await core.exchanges.page({ limit: 1 });
      return exchangeId.parse(items[0]?.id);
    };
    const compare = async (a: string | Uint8Array<ArrayBuffer>, b: string | Uint8Array<ArrayBuffer>) => {
      const [left, right] = [await deliver(a), await deliver(b)];
      return (await core.relations.difference({ a: left, b: right, part: 'request' })).parts[0]?.body;
    };
    expect(await compare('{"a":1}', '{"a":1}')).toEqual({ kind: 'same', bytes: 7 });
    expect(await compare('{"a":1}', '{ "a": 1 }')).toMatchObject({
      kind: 'json',
      changes: [],
      note: expect.stringContaining('only white space'),
    });
    expect(await compare('one\ntwo', 'one\nthree')).toMatchObject({
      kind: 'text',
      lines: [{ change: 'same' }, { change: 'removed', text: 'two' }, { change: 'added', text: 'three' }],
    });
    expect(await compare(Uint8Array.of(1, 0, 2), Uint8Array.of(1, 0, 3))).toMatchObject({
      kind: 'bytes',
      difference: { offset: 2 },
    });
    const big = new Uint8Array(3_000_000).fill(0x61);
    const changed = big.slice();
    changed[2_500_000] = 0x62;
    expect(await compare(big, changed)).toMatchObject({
      kind: 'bytes',
      difference: { offset: 2_500_000, path: null },
      note: expect.stringContaining('up to 1 MiB'),
    });
  } finally {
    await opened.dispose();
  }
});
