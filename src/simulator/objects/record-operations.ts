import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import type { Document } from '../collections/family.ts';
import { owned } from '../collections/owner.ts';
import type { Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import { fieldValues } from '../locations/custom-field.ts';
import type { World } from '../world/world.ts';
import { objectOf } from './object-operations.ts';

const path = '/objects/{schemaKey}/records';
const recordBody = z.looseObject({
  properties: z.record(z.string(), z.unknown()).default({}),
  owner: z.array(z.string()).optional(),
  followers: z.array(z.string()).optional(),
});
const searchBody = z.looseObject({
  query: z.string().default(''),
  page: z.number().min(1).default(1),
  pageLimit: z.number().min(1).max(100).default(20),
  searchAfter: z.array(z.unknown()).default([]),
});

/** The records of custom objects. Their published contracts declare no fields to send, so none are held to them. */
export const recordOperations = [
  serve(`POST ${path}/search`, { body: searchBody, isLenient: true }, (call, world) => {
    const { query, page, pageLimit, searchAfter } = call.body;
    const object = objectOf(call, world);
    const found = recordsOf(object, world).filter(({ properties }) =>
      Object.values(Object(properties)).some((value) =>
        textOf(value).toLowerCase().includes(query.toLowerCase()),
      ),
    );
    const after = Number(searchAfter[1]);
    const rest = Number.isFinite(after) ? found.filter(({ place }) => Number(place) > after) : found;
    const start = Number.isFinite(after) ? 0 : (page - 1) * pageLimit;
    return {
      records: rest.slice(start, start + pageLimit).map((record) => searchAnswer(record, object)),
      total: found.length,
    };
  }),
  serve(`POST ${path}`, { body: recordBody, isLenient: true }, (call, world) => {
    const object = objectOf(call, world);
    const { properties, owner = [], followers = [] } = call.body;
    const record = world.records.objectRecords.put({
      id: world.random.hex(24),
      locationId: object.locationId,
      objectKey: object.key,
      properties: checked(properties, object, world),
      owner,
      followers,
      place: Math.max(0, ...recordsOf(object, world).map(({ place }) => Number(place))) + 1,
      dateAdded: call.now,
      dateUpdated: call.now,
    });
    call.announce('RecordCreate', object.locationId, recordEvent(record, call.now));
    return { record: toAnswer(record) };
  }),
  serve(`GET ${path}/{id}`, { isLenient: true }, (call, world) => ({ record: toAnswer(find(call, world)) })),
  serve(`PUT ${path}/{id}`, { body: recordBody, isLenient: true }, (call, world) => {
    const before = find(call, world);
    const { properties, owner = before.owner, followers = before.followers } = call.body;
    const record = world.records.objectRecords.put({
      ...before,
      properties: { ...Object(before.properties), ...checked(properties, objectOf(call, world), world) },
      owner,
      followers,
      dateUpdated: call.now,
    });
    call.announce('RecordUpdate', record.locationId, recordEvent(record, call.now));
    return { record: toAnswer(record) };
  }),
  serve(`DELETE ${path}/{id}`, { isLenient: true }, (call, world) => {
    const record = find(call, world);
    world.records.discard('objectRecords', record.id);
    call.announce('RecordDelete', record.locationId, recordEvent(record, call.now));
    return { id: record.id, success: true };
  }),
];

function find(call: Call & { readonly body: object }, world: World): Document {
  const record = owned(world.records.objectRecords, param(call, 'id'), call, 'Record');
  if (record.objectKey !== objectOf(call, world).key) throw refuse(404, 'Record not found');
  return record;
}

function recordsOf(object: Document, world: World): readonly Document[] {
  const rows = world.records.objectRecords.having('objectKey', textOf(object.key));
  return rows.filter(({ locationId }) => locationId === object.locationId);
}

/** Properties by the short names of the object's fields. @throws Refusal 400 for one it does not have */
function checked(properties: Fields, object: Document, world: World): Fields {
  const key = textOf(object.key);
  const values = Object.entries(properties).map(([name, value]) => ({ id: name, value }));
  fieldValues(values, key, object.locationId, world);
  return Object.fromEntries(values.map(({ id, value }) => [id.replace(`${key}.`, ''), value]));
}

function toAnswer({ locationId: _location, objectKey: _object, place: _place, ...record }: Document): Fields {
  return record;
}

function searchAnswer({ dateAdded, dateUpdated, place, ...record }: Document, object: Document): Fields {
  const by = { channel: 'OAUTH', source: 'INTEGRATION', sourceId: record.id };
  return {
    ...record,
    objectId: object.id,
    createdAt: dateAdded,
    updatedAt: dateUpdated,
    createdBy: { ...by, createdAt: dateAdded },
    lastUpdatedBy: { ...by, createdAt: dateUpdated },
    searchAfter: [Date.parse(textOf(dateAdded)), place],
  };
}

/** What every record event carries. */
function recordEvent({ id, owner, followers, properties }: Document, timestamp: string): Fields {
  const written = Object.entries(Object(properties) as Fields);
  return {
    id,
    owners: owner,
    followers,
    properties: written.map(([key, value]) => ({ key, valueString: textOf(value) || JSON.stringify(value) })),
    timestamp,
  };
}
