import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { locationOf } from '../collections/owner.ts';
import type { Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import { objectField } from '../locations/custom-field.ts';
import { documentedPart } from '../webhooks/documented-part.ts';
import type { World } from '../world/world.ts';

const labels = z.looseObject({ singular: z.string(), plural: z.string() });
const createBody = z.looseObject({
  labels,
  key: requiredText,
  description: z.string().optional(),
  primaryDisplayPropertyDetails: z.looseObject({
    key: requiredText,
    name: requiredText,
    dataType: requiredText,
  }),
});
const changeBody = z.looseObject({
  labels: labels.partial().optional(),
  description: z.string().nullish(),
  searchableProperties: z.array(z.string()),
});

/** The schemas of objects: those every sub-account has, and its own. */
export const objectOperations = [
  serve('GET /objects/', {}, (call, world) => ({
    objects: world.records.objects.inLocation(locationOf(call, world)).map(toAnswer),
  })),
  serve('GET /objects/{key}', {}, (call, world) => {
    const object = objectNamed(param(call, 'key'), locationOf(call, world), world);
    const all = world.records.customFields.inLocation(object.locationId);
    const fields =
      call.query.fetchProperties === 'false' ? [] : all.filter(({ objectKey }) => objectKey === object.key);
    return { object: toAnswer(object), cache: false, fields: fields.map(objectField) };
  }),
  serve('POST /objects/', { body: createBody }, (call, world) => {
    const locationId = locationOf(call, world);
    const { records, random } = world;
    const { labels: names, description = '', primaryDisplayPropertyDetails: primary } = call.body;
    const key = withPrefix(call.body.key, 'custom_objects.');
    if (records.objects.having('key', key).some((object) => object.locationId === locationId)) {
      throw refuse(400, `The object ${key} already exists`);
    }
    const fieldKey = withPrefix(primary.key, `${key}.`);
    const dates = { dateAdded: call.now, dateUpdated: call.now };
    const object = records.objects.put({
      id: random.hex(24),
      locationId,
      key,
      standard: false,
      labels: names,
      description,
      primaryDisplayProperty: fieldKey,
      searchableProperties: [fieldKey],
      ...dates,
    });
    records.customFields.put({
      id: random.id(),
      locationId,
      name: primary.name,
      dataType: primary.dataType,
      objectKey: key,
      model: key,
      fieldKey,
      options: [],
      ...dates,
    });
    call.announce('ObjectSchemaCreate', locationId, schemaEvent('ObjectSchemaCreate', object, call.now));
    return { object: toAnswer(object) };
  }),
  serve('PUT /objects/{key}', { body: changeBody }, (call, world) => {
    const before = objectNamed(param(call, 'key'), locationOf(call, world), world);
    const { labels: names, description, searchableProperties } = call.body;
    const object = world.records.objects.put({
      ...before,
      labels: { ...Object(before.labels), ...names },
      description: description ?? before.description,
      searchableProperties,
      dateUpdated: call.now,
    });
    call.announce(
      'ObjectSchemaUpdate',
      object.locationId,
      schemaEvent('ObjectSchemaUpdate', object, call.now),
    );
    return { object: toAnswer(object) };
  }),
];

/** The object with this key or id. @throws Refusal 404 where the sub-account has none */
export function objectNamed(key: string, locationId: string, world: World): Document {
  const { objects } = world.records;
  const found = [objects.get(key), ...objects.having('key', key)].find(
    (object) => object?.locationId === locationId,
  );
  if (found === undefined) throw refuse(404, `Object ${key} not found`);
  return found;
}

/** The object that the path of a call on its records names. */
export function objectOf(call: Call & { readonly body: object }, world: World): Document {
  return objectNamed(param(call, 'schemaKey'), locationOf(call, world), world);
}

function withPrefix(key: string, prefix: string): string {
  return key.startsWith(prefix) ? key : prefix + key;
}

function toAnswer({ searchableProperties: _searchable, ...object }: Document): Fields {
  return object;
}

function schemaEvent(type: string, object: Document, timestamp: string): Fields {
  const objectType = object.standard === true ? 'SYSTEM_DEFINED' : 'USER_DEFINED';
  return documentedPart(type, { ...object, objectType, key: textOf(object.key), timestamp });
}
