import { z } from 'zod';
import { param } from '../api/operation.ts';
import { queryNumber, requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import { locationOf, owned, requireRow } from '../collections/owner.ts';
import type { Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import { documentedPart } from '../webhooks/documented-part.ts';
import type { World } from '../world/world.ts';

const MANY = 'MANY_TO_MANY';

const associations = familyOf({
  rows: (world) => world.records.associations,
  what: 'Association',
  // The labels are published as objects; their examples, and callers, have texts.
  isLenient: true,
  complete: () => ({
    associationType: 'USER_DEFINED',
    firstObjectToSecondObjectCardinality: MANY,
    secondObjectToFirstObjectCardinality: MANY,
  }),
  check(row, world) {
    const same = world.records.associations.having('key', textOf(row.key));
    if (same.some(({ id, locationId }) => id !== row.id && locationId === row.locationId)) {
      throw refuse(400, `An association with the key ${textOf(row.key)} already exists`);
    }
  },
  removed: (row, world) => world.records.discard('associations', row.id),
  events: {
    create: 'AssociationCreate',
    change: 'AssociationUpdate',
    remove: 'AssociationDelete',
    fields: (row, _world, type) => documentedPart(type, row),
  },
});

const relationBody = z.looseObject({
  associationId: requiredText,
  firstRecordId: requiredText,
  secondRecordId: requiredText,
});
const relationQuery = z.looseObject({
  skip: queryNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  limit: queryNumber(1, 100).default(20),
  associationIds: z.array(z.string()).optional(),
});
const labelBody = { firstObjectLabel: requiredText, secondObjectLabel: requiredText };

export const associationOperations = [
  associations.list('GET /associations/', 'associations', { page: 'skip', total: 'total' }),
  associations.create('POST /associations/', '', {
    ...labelBody,
    key: requiredText,
    firstObjectKey: requiredText,
    secondObjectKey: requiredText,
  }),
  serve('GET /associations/key/{key_name}', {}, (call, world) => {
    const locationId = locationOf(call, world);
    const named = world.records.associations.having('key', param(call, 'key_name'));
    const found = named.find((row) => row.locationId === locationId);
    if (found === undefined) throw refuse(404, 'Association not found');
    return found;
  }),
  serve('GET /associations/objectKey/{objectKey}', {}, (call, world) => {
    const key = param(call, 'objectKey');
    const all = world.records.associations.inLocation(locationOf(call, world));
    return { associations: all.filter((row) => row.firstObjectKey === key || row.secondObjectKey === key) };
  }),
  associations.read('GET /associations/{associationId}', ''),
  associations.change('PUT /associations/{associationId}', '', labelBody),
  associations.remove('DELETE /associations/{associationId}', ({ id }) => ({
    deleted: true,
    id,
    message: 'Association deleted successfully',
  })),
  serve('POST /associations/relations', { body: relationBody }, (call, world) => {
    const { associationId, firstRecordId, secondRecordId } = call.body;
    const locationId = locationOf(call, world);
    const { relations, associations: known } = world.records;
    const association = requireRow(known, associationId, locationId, 'Association');
    requireRecord(firstRecordId, association.firstObjectKey, locationId, world);
    requireRecord(secondRecordId, association.secondObjectKey, locationId, world);
    const same = relations
      .having('firstRecordId', firstRecordId)
      .some((row) => row.associationId === associationId && row.secondRecordId === secondRecordId);
    if (same) throw refuse(400, 'The relation already exists');
    const ids = { associationId, firstRecordId, secondRecordId };
    const relation = relations.put({ id: world.random.hex(24), locationId, ...ids, dateAdded: call.now });
    call.announce('RelationCreate', locationId, relationEvent(relation, association));
    return withAssociation(relation, association);
  }),
  serve('GET /associations/relations/{recordId}', { query: relationQuery }, (call, world) => {
    const locationId = locationOf(call, world);
    const { relations } = world.records;
    const id = param(call, 'recordId');
    const { skip, limit, associationIds } = call.query;
    const found = [
      ...relations.having('firstRecordId', id),
      ...relations.having('secondRecordId', id),
    ].filter(
      (row) => row.locationId === locationId && (associationIds?.includes(textOf(row.associationId)) ?? true),
    );
    const page = found.slice(skip, skip + limit);
    return {
      relations: page.map((row) => withAssociation(row, associationOf(row, world))),
      total: found.length,
    };
  }),
  serve('DELETE /associations/relations/{relationId}', {}, (call, world) => {
    const relation = owned(world.records.relations, param(call, 'relationId'), call, 'Relation');
    const association = associationOf(relation, world);
    world.records.relations.remove(relation.id);
    call.announce('RelationDelete', relation.locationId, relationEvent(relation, association));
    return withAssociation(relation, association);
  }),
];

function associationOf(relation: Document, world: World): Document | undefined {
  return world.records.associations.get(textOf(relation.associationId));
}

/** @throws Refusal 400 where the sub-account's object of this key has no such record */
function requireRecord(id: string, objectKey: unknown, locationId: string, world: World): void {
  const { contacts, opportunities, businesses, objectRecords } = world.records;
  const standard = { contact: contacts, opportunity: opportunities, business: businesses }[textOf(objectKey)];
  const row = (standard ?? objectRecords).get(id);
  if (row?.locationId !== locationId) throw refuse(400, `Record ${id} was not found`);
}

/** A relation is answered with what it is a relation of. */
function withAssociation(relation: Document, association: Document | undefined): Fields {
  return { ...association, ...relation };
}

function relationEvent(relation: Document, association: Document | undefined): Fields {
  return documentedPart('RelationCreate', withAssociation(relation, association));
}
