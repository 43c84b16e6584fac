import type { BodyField } from '../../../shared/highlevel/operations/operation.ts';
import type { JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';

/** An object with these fields, as a schema. */
export function schemaOfFields(fields: readonly BodyField[]): JsonSchema {
  const typeOf = ({ type }: BodyField): JsonSchema => {
    if (type === 'any') return {};
    return type === 'file' ? { type: 'string', format: 'binary' } : { type };
  };
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, typeOf(field)])),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
  };
}
