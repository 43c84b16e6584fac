import { z } from 'zod';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import { locationOf } from '../collections/owner.ts';
import { serve } from '../collections/serve.ts';
import { keyOfName, objectField, optionsOf } from './custom-field.ts';

const fields = familyOf({
  rows: (world) => world.records.customFields,
  what: 'Custom field',
  answer: objectField,
  stamps: ['dateAdded', 'dateUpdated'],
  complete: (row) => ({ model: row.objectKey, options: optionsOf(row.options), position: 0 }),
});

const folders = familyOf({
  rows: (world) => world.records.customFieldFolders,
  what: 'Folder',
  stamps: ['dateAdded', 'dateUpdated'],
  removed(folder, world) {
    const inside = world.records.customFields.inLocation(folder.locationId);
    for (const field of inside) {
      if (field.parentId === folder.id) world.records.customFields.remove(field.id);
    }
  },
});

const newField = {
  objectKey: requiredText,
  dataType: requiredText,
  fieldKey: requiredText,
  showInForms: z.boolean(),
};

/** Custom fields of any object, in folders. */
export const customFieldFamilies = [
  serve('GET /custom-fields/object-key/{objectKey}', {}, (call, world) => {
    const { customFields, customFieldFolders } = world.records;
    const locationId = locationOf(call, world);
    const ofObject = (row: Document): boolean => row.objectKey === param(call, 'objectKey');
    const found = customFieldFolders.inLocation(locationId).filter(ofObject);
    return {
      fields: customFields.inLocation(locationId).filter(ofObject).map(objectField),
      folders: found.map((row) => ({
        dataType: 'TEXT',
        fieldKey: `${String(row.objectKey)}.${keyOfName(String(row.name))}`,
        ...objectField(row),
      })),
    };
  }),
  fields.create('POST /custom-fields/', 'field', newField),
  fields.read('GET /custom-fields/{id}', 'field'),
  fields.change('PUT /custom-fields/{id}', 'field'),
  fields.remove('DELETE /custom-fields/{id}', ({ id, fieldKey }) => ({ succeded: true, id, key: fieldKey })),
  folders.create('POST /custom-fields/folder', '', { objectKey: requiredText, name: requiredText }),
  folders.change('PUT /custom-fields/folder/{id}', '', { name: requiredText }),
  folders.remove('DELETE /custom-fields/folder/{id}', ({ id, name }) => ({ succeded: true, id, key: name })),
];
