import { z } from 'zod';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import { keyOfName, legacyField, optionsOf } from './custom-field.ts';

const at = '/locations/{locationId}';

const tags = familyOf({
  rows: (world) => world.records.tags,
  what: 'Tag',
  check(row, world) {
    const name = String(row.name);
    const same = world.records.tags.having('name', name).find((tag) => tag.locationId === row.locationId);
    if (same !== undefined && same.id !== row.id) throw refuse(400, 'The tag name is already exist.');
  },
  changed: (before, after, world) => replaceTag(before, [String(after.name)], world),
  removed: (row, world) => replaceTag(row, [], world),
});

const values = familyOf({
  rows: (world) => world.records.customValues,
  what: 'Custom value',
  complete: (row) => ({ fieldKey: `{{ custom_values.${keyOfName(String(row.name))} }}` }),
});

const fields = familyOf({
  rows: (world) => world.records.customFields,
  what: 'Custom field',
  answer: legacyField,
  stamps: ['dateAdded', 'dateUpdated'],
  complete(row) {
    const model = textOf(row.model) || 'contact';
    const fieldKey = `${model}.${keyOfName(String(row.name))}`;
    return {
      model,
      objectKey: model,
      fieldKey,
      position: row.position ?? 0,
      options: optionsOf(row.options),
    };
  },
});

/** The models whose fields are listed here; those of other objects are not. */
const MODELS = ['contact', 'opportunity'];

const tagBody = { name: requiredText.transform((name) => name.trim().toLowerCase()) };
const valueBody = { name: requiredText, value: z.string() };
const fieldBody = {
  name: requiredText,
  dataType: requiredText,
  model: z.enum(['contact', 'opportunity', 'all']).optional(),
  position: z.number().optional(),
};
const done = { succeded: true };

/** What a sub-account keeps for all its contacts. */
export const locationFamilies = [
  tags.list(`GET ${at}/tags`, 'tags'),
  tags.create(`POST ${at}/tags`, 'tag', tagBody),
  tags.read(`GET ${at}/tags/{tagId}`, 'tag'),
  tags.change(`PUT ${at}/tags/{tagId}`, 'tag', tagBody),
  tags.remove(`DELETE ${at}/tags/{tagId}`, done),
  values.list(`GET ${at}/customValues`, 'customValues'),
  values.create(`POST ${at}/customValues`, 'customValue', valueBody),
  values.read(`GET ${at}/customValues/{id}`, 'customValue'),
  values.change(`PUT ${at}/customValues/{id}`, 'customValue', valueBody),
  values.remove(`DELETE ${at}/customValues/{id}`, done),
  fields.list(`GET ${at}/customFields`, 'customFields', {
    only: ({ model: own }, { model = 'all' }) =>
      model === 'all' ? MODELS.includes(textOf(own)) : own === model,
  }),
  fields.create(`POST ${at}/customFields`, 'customField', fieldBody),
  fields.read(`GET ${at}/customFields/{id}`, 'customField'),
  fields.change(`PUT ${at}/customFields/{id}`, 'customField', { name: requiredText }),
  fields.remove(`DELETE ${at}/customFields/{id}`, done),
];

/** A tag's contacts have it under its new name, or no longer. */
function replaceTag({ name, locationId }: Document, names: readonly string[], world: World): void {
  for (const contact of world.contacts.inLocation(locationId)) {
    if (!contact.tags.includes(String(name))) continue;
    world.contacts.update(contact.id, {
      tags: contact.tags.flatMap((tag) => (tag === name ? names : [tag])),
    });
  }
}
