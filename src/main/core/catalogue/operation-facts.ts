/** What can be compared of an operation, whether it is built in or from a document. */
import type { JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';
import type { OperationDetail } from '../../../shared/model/request.ts';

export type ValueFacts = {
  readonly required: boolean;
  /** Null where nothing is said of it. */
  readonly type: string | null;
  /** Null where any value will do. */
  readonly values: readonly string[] | null;
};

export type OperationFacts = Pick<
  OperationDetail,
  'version' | 'scopes' | 'access' | 'deprecated' | 'oauthTokenOnly'
> & {
  /** By place and name: `query limit`. */
  readonly params: ReadonlyMap<string, ValueFacts>;
  /** Null where it takes none. */
  readonly contentType: string | null;
  /** By path: `items[].price`. */
  readonly fields: ReadonlyMap<string, ValueFacts>;
};

/** Fields of fields of fields: what changes further down changes nobody's request. */
const deepest = 4;

export function factsOf(detail: OperationDetail): OperationFacts {
  const { version, scopes, access, deprecated, oauthTokenOnly, params, body } = detail;
  const fields = new Map<string, ValueFacts>();
  if (body !== null) addFields(fields, body.schema, '', 0);
  return {
    version,
    scopes,
    access,
    deprecated,
    oauthTokenOnly,
    params: new Map(
      params.map(({ name, in: place, required, type, values }) => [
        `${place} ${name}`,
        { required, type: values === null ? type : null, values },
      ]),
    ),
    contentType: body?.contentType ?? null,
    fields,
  };
}

function addFields(found: Map<string, ValueFacts>, schema: JsonSchema, path: string, depth: number): void {
  if (depth > deepest) return;
  if (schema.items !== undefined) addFields(found, schema.items, `${path}[]`, depth);
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`;
    found.set(at, {
      required: schema.required?.includes(name) ?? false,
      type: typeOf(field),
      values: field.enum?.map(String) ?? null,
    });
    addFields(found, field, at, depth + 1);
  }
}

function typeOf({ type, enum: values, anyOf }: JsonSchema): string | null {
  if (values !== undefined) return null;
  if (anyOf !== undefined) return [...new Set(anyOf.map((one) => typeOf(one) ?? 'any'))].sort().join(' or ');
  return type === 'integer' ? 'number' : (type ?? null);
}
