import { keyOfName, optionsOf } from '../locations/custom-field.ts';
import type { Seeding } from './seeding.ts';

const FIELDS = [
  {
    name: 'Preferred day',
    dataType: 'SINGLE_OPTIONS',
    model: 'contact',
    options: ['Monday', 'Wednesday', 'Friday'],
  },
  { name: 'Yearly budget', dataType: 'MONETORY', model: 'contact', options: [] },
  { name: 'How we met', dataType: 'TEXT', model: 'contact', options: [] },
  { name: 'Deal size', dataType: 'NUMERICAL', model: 'opportunity', options: [] },
] as const;

const BUSINESSES = ['Maple Street Bakery', 'Orbit Logistics'];

/** Custom fields with values on some contacts, custom values, and businesses with people. */
export function addFirstFields({ records, location, contacts, random, ago }: Seeding): void {
  const locationId = location.id;
  const date = ago(24 * 30);
  for (const [position, { name, dataType, model, options }] of FIELDS.entries()) {
    const field = records.customFields.put({
      id: random.id(),
      locationId,
      name,
      dataType,
      model,
      objectKey: model,
      fieldKey: `${model}.${keyOfName(name)}`,
      position: position * 50,
      options: optionsOf(options),
      dateAdded: date,
      dateUpdated: date,
    });
    if (name !== 'Preferred day') continue;
    for (const contact of contacts.slice(0, 6)) {
      records.contacts.change(contact.id, { customFields: [{ id: field.id, value: random.pick(options) }] });
    }
  }
  for (const [name, value] of [
    ['Business hours', 'Mon to Fri, 9 to 5'],
    ['Review link', `${location.website}/review`],
  ] as const) {
    const fieldKey = `{{ custom_values.${keyOfName(name)} }}`;
    records.customValues.put({ id: random.id(), locationId, name, value, fieldKey });
  }
  const author = { source: 'WEB_USER', channel: 'APP' };
  for (const [index, name] of BUSINESSES.entries()) {
    const business = records.businesses.put({
      id: random.id(),
      locationId,
      name,
      email: `office@${keyOfName(name).replaceAll('_', '-')}.example`,
      phone: `+1312555020${index}`,
      city: location.city,
      state: location.state,
      country: location.country,
      createdBy: author,
      updatedBy: author,
      createdAt: date,
      updatedAt: date,
    });
    const contact = contacts[index];
    if (contact !== undefined)
      records.contacts.change(contact.id, { businessId: business.id, companyName: name });
  }
}
