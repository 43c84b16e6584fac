import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, Schema } from '../shapes/openapi.ts';

/** What is wrong with an answer, in one line; null where it fits its schema. */
export type AnswerCheck = (schema: Schema, answer: unknown) => string | null;

/** Checks answers against the schemas of one document. */
export function createAnswerCheck(document: OpenApiDocument): AnswerCheck {
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true });
  addFormats.default(ajv);
  const schemas = Object.fromEntries(
    Object.entries(document.schemas).map(([name, schema]) => [name, toJsonSchema(schema)]),
  );
  return (schema, answer) => {
    const validate = ajv.compile({ ...toJsonSchema(schema), components: { schemas } });
    return validate(answer) ? null : describe(validate.errors ?? []);
  };
}

function describe(errors: readonly ErrorObject[]): string {
  const [error] = errors;
  if (error === undefined) return 'does not fit';
  const { instancePath, message = 'does not fit', params } = error;
  const details = 'allowedValues' in params ? `: ${JSON.stringify(params['allowedValues'])}` : '';
  return `${instancePath === '' ? 'the answer' : instancePath} ${message}${details}`;
}

function contradicts(example: unknown, { type, items }: Schema): boolean {
  const isObject = typeof example === 'object' && example !== null && !Array.isArray(example);
  if (type === 'object') return typeof example === 'string' && !example.startsWith('{');
  if (type === 'string') return isObject;
  const [first] = Array.isArray(example) ? (example as unknown[]) : [];
  return type === 'array' && items?.type === 'string' && typeof first === 'object' && first !== null;
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a choice, and slips of the documents are straightened. */
function toJsonSchema(schema: Schema): Record<string, unknown> {
  if (schema.schema !== undefined) return toJsonSchema(schema.schema);
  const {
    nullable,
    type,
    example,
    examples: _examples,
    ...rest
  } = schema as Schema & Record<string, unknown>;
  // Where the example is of another type than the document says, it is the example that the API answers with.
  if (contradicts(example, schema)) return {};
  const plain: Record<string, unknown> = { ...rest };
  if (type !== undefined && type !== 'any') plain['type'] = type;
  if (schema.enum !== undefined) plain['enum'] = schema.enum.flat(2);
  if (schema.type === 'array' && schema.enum !== undefined) {
    plain['items'] = { enum: schema.enum.flat(2) };
    delete plain['enum'];
  } else if (schema.items !== undefined) plain['items'] = toJsonSchema(schema.items);
  if (schema.properties !== undefined) {
    plain['properties'] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, toJsonSchema(field)]),
    );
  }
  if (typeof schema.additionalProperties === 'object')
    plain['additionalProperties'] = toJsonSchema(schema.additionalProperties);
  for (const key of ['allOf', 'oneOf', 'anyOf'] as const) {
    const parts = schema[key];
    if (parts !== undefined) plain[key] = parts.map(toJsonSchema);
  }
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}
