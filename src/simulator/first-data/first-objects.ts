import type { Records } from '../collections/records.ts';
import type { Directory } from '../world/directory.ts';
import type { Random } from '../world/random.ts';
import type { Seeding } from './seeding.ts';

const STANDARD = [
  ['contact', 'Contact', 'Contacts', 'contact.name'],
  ['opportunity', 'Opportunity', 'Opportunities', 'opportunity.name'],
  ['business', 'Company', 'Companies', 'business.name'],
] as const;

const PETS = ['Biscuit', 'Luna', 'Otto'];

/** The standard objects, one of the sub-account's own with records, and owners of those among the contacts. */
export function addFirstObjects({ records, location, contacts, user, random, ago }: Seeding): void {
  const locationId = location.id;
  const dates = { dateAdded: ago(800), dateUpdated: ago(800) };
  for (const [key, singular, plural, primaryDisplayProperty] of STANDARD) {
    records.objects.put({
      id: random.hex(24),
      locationId,
      key,
      standard: true,
      labels: { singular, plural },
      description: '',
      primaryDisplayProperty,
      searchableProperties: [primaryDisplayProperty],
      ...dates,
    });
  }
  const key = 'custom_objects.pets';
  records.objects.put({
    id: random.hex(24),
    locationId,
    key,
    standard: false,
    labels: { singular: 'Pet', plural: 'Pets' },
    description: 'Animals that come along',
    primaryDisplayProperty: `${key}.name`,
    searchableProperties: [`${key}.name`],
    ...dates,
  });
  for (const [name, dataType] of [
    ['Name', 'TEXT'],
    ['Age', 'NUMERICAL'],
  ] as const) {
    records.customFields.put({
      id: random.id(),
      locationId,
      name,
      dataType,
      objectKey: key,
      model: key,
      fieldKey: `${key}.${name.toLowerCase()}`,
      options: [],
      ...dates,
    });
  }
  const association = records.associations.put({
    id: random.hex(24),
    locationId,
    key: 'pet_owner',
    firstObjectLabel: 'Owner',
    firstObjectKey: 'contact',
    secondObjectLabel: 'Pet',
    secondObjectKey: key,
    associationType: 'USER_DEFINED',
    firstObjectToSecondObjectCardinality: 'MANY_TO_MANY',
    secondObjectToFirstObjectCardinality: 'MANY_TO_MANY',
  });
  for (const [index, name] of PETS.entries()) {
    const record = records.objectRecords.put({
      id: random.hex(24),
      locationId,
      objectKey: key,
      properties: { name, age: index + 2 },
      owner: [user.id],
      followers: [],
      place: index + 1,
      ...dates,
    });
    const contact = contacts[index];
    if (contact === undefined) continue;
    const ids = { associationId: association.id, firstRecordId: contact.id, secondRecordId: record.id };
    records.relations.put({ id: random.hex(24), locationId, ...ids, dateAdded: dates.dateAdded });
  }
}

/** The agency's snapshots, the first of which has been pushed to every sub-account. */
export function addFirstSnapshots(
  records: Records,
  directory: Directory,
  random: Random,
  ago: (hours: number) => string,
): void {
  const locationId = directory.company.id;
  const [first] = ['Dental starter', 'Spa starter'].map((name) =>
    records.snapshots.put({ id: random.id(), locationId, name, type: 'own' }),
  );
  for (const location of directory.locations) {
    records.snapshotPushes.put({
      id: random.id(),
      locationId,
      snapshotId: first?.id,
      pushedTo: location.id,
      status: 'completed',
      dateAdded: ago(1000),
    });
  }
}
