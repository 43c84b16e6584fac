import type { Document } from '../collections/family.ts';
import type { Fields } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';

interface Option {
  readonly key: string;
  readonly label: string;
}

/** The part of a key that HighLevel makes of a name: `Favourite drink` becomes `favourite_drink`. */
export function keyOfName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');
}

/** Options as they are kept, whether written as texts or as keys with labels. */
export function optionsOf(written: unknown): readonly Option[] {
  const list: readonly unknown[] = Array.isArray(written) ? written : [];
  return list.map((option): Option => {
    if (typeof option !== 'object' || option === null) return optionNamed(textOf(option));
    const { key, label = key } = option as Record<string, unknown>;
    return { ...optionNamed(textOf(label)), ...(key !== undefined && { key: textOf(key) }) };
  });
}

function optionNamed(label: string): Option {
  return { key: keyOfName(label), label };
}

/** A custom field as the operations below `/locations` show it. */
export function legacyField(row: Document): Fields {
  const { id, name, fieldKey, placeholder = '', dataType, position = 0, locationId, model } = row;
  const options = optionsOf(row.options).map(({ label }) => label);
  const picklist = options.length === 0 ? {} : { picklistOptions: options };
  return { id, name, fieldKey, placeholder, dataType, position, locationId, model, ...picklist };
}

/** A custom field as the operations below `/custom-fields` show it. */
export function objectField(row: Document): Fields {
  const { position: _position, model: _model, ...field } = row;
  return { parentId: 'root', showInForms: true, ...field };
}

/** A value for a custom field. Writers may name the field by its key; readers get its id. */
export interface FieldValue {
  readonly id: string;
  readonly value: unknown;
}

/**
 * Values under the ids of their fields.
 * @throws Refusal 400 for a field the sub-account does not have, 422 for a value of the wrong kind
 */
export function fieldValues(
  values: readonly FieldValue[],
  model: string,
  locationId: string,
  world: World,
): readonly FieldValue[] {
  return values.map(({ id, value }) => {
    const field = findField(id, model, locationId, world);
    if (field === undefined) throw refuse(400, `Custom field ${id} was not found`);
    if (value !== null && value !== '' && !fits(field, value)) {
      throw refuse(422, [
        `The value of the custom field ${String(field.name)} is not valid for ${String(field.dataType)}`,
      ]);
    }
    return { id: field.id, value };
  });
}

function findField(id: string, model: string, locationId: string, world: World): Document | undefined {
  const { customFields } = world.records;
  const keys = [id, `${model}.${id}`].flatMap((key) => customFields.having('fieldKey', key));
  return [customFields.get(id), ...keys].find(
    (field) => field?.locationId === locationId && field.objectKey === model,
  );
}

function fits(field: Document, value: unknown): boolean {
  const labels = optionsOf(field.options).flatMap(({ key, label }) => [key, label]);
  switch (field.dataType) {
    case 'NUMERICAL':
    case 'MONETORY':
      return value !== '' && Number.isFinite(Number(value));
    case 'SINGLE_OPTIONS':
    case 'RADIO':
      return labels.includes(String(value));
    case 'MULTIPLE_OPTIONS':
    case 'CHECKBOX':
      return (Array.isArray(value) ? value : [value]).every((one) => labels.includes(String(one)));
    case 'DATE':
      return Number.isFinite(typeof value === 'number' ? value : Date.parse(String(value)));
    case 'TEXT':
    case 'LARGE_TEXT':
    case 'PHONE':
      return typeof value === 'string' || typeof value === 'number';
    default:
      return true;
  }
}
