import { expect, test } from 'vitest';
import { documentedFields } from '../../src/shared/highlevel/event-fields.ts';
import { events } from '../../src/shared/highlevel/events.ts';
import type { ExchangeId } from '../../src/shared/model/ids.ts';
import { fieldsOfBody } from '../../src/main/core/webhooks/body-fields.ts';
import { generateTypes, typeNameOf } from '../../src/main/core/webhooks/generate-types.ts';
import { compareShape } from '../../src/main/core/webhooks/shape.ts';
import type { Delivery } from '../../src/main/core/webhooks/shape.ts';

const delivery = (id: string, at: number, body: unknown): Delivery => ({
  id: id as ExchangeId,
  at,
  fields: fieldsOfBody(body),
});

test('every documented event has its fields, and they agree with the table of events', () => {
  for (const event of events) {
    const top = (documentedFields(event.type) ?? []).filter(({ path }) => !/[.[]/.test(path));
    expect(new Set(top.map(({ path }) => path))).toEqual(
      new Set([...event.fields, ...top.filter(({ type }) => type === 'any').map(({ path }) => path)]),
    );
  }
  expect(documentedFields('NoSuchEvent')).toBeNull();
});

test('missing, unknown, changed and empty fields are told, each once and at its top', () => {
  const body = {
    type: 'ContactCreate',
    webhookId: 'w',
    id: 'c1',
    dnd: 'false',
    email: null,
    customFields: [{ id: 'f', value: 3, name: 'new' }],
    attribution: { medium: 'x', deep: { er: 1 } },
  };
  const rows = new Map(compareShape('ContactCreate', body, []).map((row) => [row.path, row]));
  expect(rows.get('id')).toMatchObject({ state: 'as-documented', documented: 'string', came: 'string' });
  expect(rows.get('dnd')).toMatchObject({ state: 'changed', documented: 'boolean', came: 'string' });
  expect(rows.get('email')).toMatchObject({ state: 'empty', came: 'null' });
  expect(rows.get('attribution')).toMatchObject({ state: 'unknown', documented: null, came: 'object' });
  expect(rows.has('attribution.medium')).toBe(false);
  expect(rows.get('customFields[].name')).toMatchObject({ state: 'unknown' });
  expect(rows.get('customFields[].value')).toMatchObject({ state: 'as-documented' });
  expect(rows.get('lastName')).toMatchObject({ state: 'missing', came: null });
  expect(rows.get('webhookId')).toMatchObject({ state: 'as-documented' });
  expect(rows.has('appId')).toBe(false);
});

test('inside a missing or empty parent nothing is missed', () => {
  const paths = (body: unknown): string[] =>
    compareShape('AppointmentCreate', body, [])
      .filter(({ state }) => state === 'missing')
      .map(({ path }) => path);
  expect(paths({ type: 'AppointmentCreate', locationId: 'l' })).toEqual(['appointment']);
  expect(paths({ type: 'AppointmentCreate', appointment: {} })).toContain('appointment.title');
  expect(compareShape('ContactCreate', { customFields: [] }, []).map(({ path }) => path)).not.toContain(
    'customFields[].id',
  );
});

test('a drift names the delivery in which it was first seen', () => {
  const older = delivery('b', 20, { id: 'c', dnd: 'false', score: 1 });
  const rows = compareShape('ContactCreate', { id: 'c', dnd: 'false', score: 2 }, [
    delivery('c', 30, { id: 'c', dnd: 'false', score: 2 }),
    older,
    delivery('a', 10, { id: 'c', dnd: true }),
  ]);
  const row = (path: string) => rows.find((one) => one.path === path);
  expect(row('dnd')).toMatchObject({ state: 'changed', firstSeen: { at: 20, id: 'b' }, deliveries: 2 });
  expect(row('score')).toMatchObject({ state: 'unknown', firstSeen: { at: 20, id: 'b' }, deliveries: 2 });
  expect(row('id')).toMatchObject({ firstSeen: null, deliveries: 3 });
});

test('types are the union of what arrived, without values in them', async () => {
  const { typescript, zod, jsonSchema } = await generateTypes('ContactCreate', [
    '{"type":"ContactCreate","id":"secret-id","age":1,"tags":["vip"]}',
    '{"type":"ContactCreate","id":"secret-id","age":"1","first name":null}',
  ]);
  expect(typescript).toMatch(/export interface ContactCreate/);
  expect(typescript).toMatch(/age:\s+number \| string/);
  expect(typescript).toMatch(/tags\?:\s+string\[\]/);
  expect(zod).toContain('import * as z from "zod"');
  expect(zod).toMatch(/"tags": z\.array\(z\.string\(\)\)\.optional\(\)/);
  expect(JSON.parse(jsonSchema)).toMatchObject({ definitions: { ContactCreate: { type: 'object' } } });
  expect(typescript + zod + jsonSchema).not.toMatch(/secret-id|vip/);
  expect([
    typeNameOf('INSTALL'),
    typeNameOf('PLAN_CHANGE'),
    typeNameOf('InvoicePaid'),
    typeNameOf('1 ;'),
  ]).toEqual(['Install', 'PlanChange', 'InvoicePaid', 'Webhook1']);
});
