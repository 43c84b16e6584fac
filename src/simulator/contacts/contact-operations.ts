import { z } from 'zod';
import { nothing, operation } from '../api/operation.ts';
import { queryNumber, requiredText } from '../api/validation.ts';
import { jsonReply } from '../http/messages.ts';
import { refuse } from '../http/refusal.ts';
import { emitContact, emitContactChange } from '../webhooks/contact-events.ts';
import { fieldValues } from '../locations/custom-field.ts';
import type { World } from '../world/world.ts';
import { contactMatches } from './contact-book.ts';
import type { Contact, ContactFields } from './contact.ts';
import { createContactBody, toContactAnswer, updateContactBody, upsertContactBody } from './contact.ts';
import { pageContacts, searchContacts } from './contact-pages.ts';
import { findContact, reading, writing } from './find-contact.ts';

const listQuery = z.strictObject({
  locationId: requiredText,
  query: z.string().optional(),
  startAfter: queryNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  startAfterId: z.string().optional(),
  limit: queryNumber(1, 100).default(20),
});

const searchBody = z.object({
  locationId: requiredText,
  query: z.string().optional(),
  page: z.number().min(1).default(1),
  pageLimit: z.number().min(1).max(500).default(20),
  searchAfter: z.tuple([z.number(), z.string()]).optional(),
});

const duplicateQuery = z.strictObject({
  locationId: requiredText,
  number: z.string().optional(),
  email: z.string().optional(),
});

function findContacts(locationId: string, query: string, world: World): readonly Contact[] {
  const contacts = world.contacts.inLocation(locationId);
  return query === '' ? contacts : contacts.filter((contact) => contactMatches(contact, query));
}

/** The fields with their custom values under the ids of their definitions, beside those the contact has already. */
function checked(fields: ContactFields, locationId: string, world: World, before?: Contact): ContactFields {
  if (fields.customFields === undefined) return fields;
  const written = fieldValues(fields.customFields, 'contact', locationId, world);
  const kept = (before?.customFields ?? []).filter(({ id }) => written.every((value) => value.id !== id));
  return { ...fields, customFields: [...kept, ...written] };
}

export const contactOperations = [
  operation({ ...reading('GET', '/contacts/'), surface: 'before v3' }, listQuery, nothing, (call, world) => {
    const { locationId, query = '' } = call.query;
    const found = findContacts(locationId, query, world);
    return jsonReply(200, { ...pageContacts(found, call.query, world.url), traceId: world.random.uuid() });
  }),
  operation(reading('POST', '/contacts/search'), nothing, searchBody, (call, world) => {
    const { locationId, query = '' } = call.body;
    const found = findContacts(locationId, query, world);
    return jsonReply(200, { ...searchContacts(found, call.body), traceId: world.random.uuid() });
  }),
  operation(reading('GET', '/contacts/search/duplicate'), duplicateQuery, nothing, (call, world) => {
    const { locationId, email, number: phone } = call.query;
    const duplicate = world.contacts.findDuplicate(locationId, { email, phone });
    const contact = duplicate === undefined ? null : toContactAnswer(duplicate.contact);
    return jsonReply(200, { contact, traceId: world.random.uuid() });
  }),
  operation(writing('POST', '/contacts/'), nothing, createContactBody, (call, world) => {
    const { locationId } = call.body;
    const duplicate = world.contacts.findDuplicate(locationId, call.body);
    const isAllowed = world.directory.location(locationId)?.settings.allowDuplicateContact === true;
    if (duplicate !== undefined && !isAllowed) {
      const meta = { contactId: duplicate.contact.id, matchingField: duplicate.matchingField };
      throw refuse(400, 'This location does not allow duplicated contacts.', { meta });
    }
    const contact = world.contacts.create(locationId, checked(call.body, locationId, world));
    return {
      ...jsonReply(201, { contact: toContactAnswer(contact), traceId: world.random.uuid() }),
      after: () => emitContact('ContactCreate', contact, world),
    };
  }),
  operation(writing('POST', '/contacts/upsert'), nothing, upsertContactBody, (call, world) => {
    const { createNewIfDuplicateAllowed: _ignored, locationId, ...fields } = call.body;
    const duplicate = world.contacts.findDuplicate(locationId, fields);
    const known = checked(fields, locationId, world, duplicate?.contact);
    const changed = duplicate && world.contacts.update(duplicate.contact.id, known);
    const contact = changed?.after ?? world.contacts.create(locationId, known);
    const answer = {
      new: changed === undefined,
      contact: toContactAnswer(contact),
      traceId: world.random.uuid(),
    };
    const after = (): void => {
      if (changed === undefined) emitContact('ContactCreate', contact, world);
      else emitContactChange(changed.before, changed.after, world);
    };
    return { ...jsonReply(changed === undefined ? 201 : 200, answer), after };
  }),
  operation(reading('GET', '/contacts/{contactId}'), nothing, nothing, (call, world) =>
    jsonReply(200, { contact: toContactAnswer(findContact(call, world)), traceId: world.random.uuid() }),
  ),
  operation(writing('PUT', '/contacts/{contactId}'), nothing, updateContactBody, (call, world) => {
    const before = findContact(call, world);
    const fields = checked(call.body, before.locationId, world, before);
    const after = world.contacts.update(before.id, fields)?.after ?? before;
    const answer = { succeded: true, contact: toContactAnswer(after), traceId: world.random.uuid() };
    return { ...jsonReply(200, answer), after: () => emitContactChange(before, after, world) };
  }),
  operation(writing('DELETE', '/contacts/{contactId}'), nothing, nothing, (call, world) => {
    const contact = findContact(call, world);
    world.contacts.remove(contact.id);
    return {
      ...jsonReply(200, { succeded: true, traceId: world.random.uuid() }),
      after: () => emitContact('ContactDelete', contact, world),
    };
  }),
];
