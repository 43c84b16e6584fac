import { z } from 'zod';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import { toContactAnswer } from '../contacts/contact.ts';
import { familyOf } from '../collections/family.ts';
import { locationOf, owned, requireRow } from '../collections/owner.ts';
import { pageFields, pageOf } from '../collections/pages.ts';
import { serve } from '../collections/serve.ts';

const author = { source: 'INTEGRATION', channel: 'OAUTH' };

const businesses = familyOf({
  rows: (world) => world.records.businesses,
  what: 'Business',
  stamps: ['createdAt', 'updatedAt'],
  complete: () => ({ createdBy: author, updatedBy: author }),
  removed(business, world) {
    for (const { id } of world.records.contacts.having('businessId', business.id)) {
      world.records.contacts.change(id, { businessId: null });
    }
  },
});

/** The misspelt name is HighLevel's. */
const written = (buiseness: object): object => ({ success: true, buiseness });

const bulkBody = z.looseObject({ ids: z.array(z.string()), businessId: z.string().nullable() });

export const businessFamilies = [
  businesses.list('GET /businesses/', 'businesses', { page: 'skip', limit: 100 }),
  businesses.create('POST /businesses/', written, { name: requiredText }),
  businesses.read('GET /businesses/{businessId}', 'business'),
  businesses.change('PUT /businesses/{businessId}', written),
  businesses.remove('DELETE /businesses/{businessId}', { success: true }),
  serve('POST /contacts/bulk/business', { body: bulkBody }, (call, world) => {
    const locationId = locationOf(call, world);
    const { ids, businessId } = call.body;
    const { businesses: known, contacts } = world.records;
    if (businessId !== null) requireRow(known, businessId, locationId, 'Business');
    const found = ids.map((id) => requireRow(contacts, id, locationId, 'Contact'));
    for (const contact of found) contacts.change(contact.id, { businessId });
    return { success: true, ids };
  }),
  serve('GET /contacts/business/{businessId}', { query: z.looseObject(pageFields) }, (call, world) => {
    const business = owned(world.records.businesses, param(call, 'businessId'), call, 'Business');
    const found = world.records.contacts.having('businessId', business.id);
    return { contacts: pageOf(found, call.query, 'skip').map(toContactAnswer), count: found.length };
  }),
];
