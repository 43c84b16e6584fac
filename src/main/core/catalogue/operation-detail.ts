/** One operation with everything to fill in a request from: parameters, the schema of its body, an example. */
import { exampleFor } from '../../../shared/highlevel/operations/index.ts';
import type {
  Operation,
  OperationExample,
  OperationParam,
} from '../../../shared/highlevel/operations/index.ts';
import { exampleValue, type ExampleValue } from '../../../shared/highlevel/operations/example-value.ts';
import type { BodyField, OperationBody } from '../../../shared/highlevel/operations/operation.ts';
import {
  createContractFinder,
  type ContractFinder,
} from '../../../shared/highlevel/operations/shapes/contract-of.ts';
import type { Contract, Shape } from '../../../shared/highlevel/operations/shapes/index.ts';
import { toJsonSchema, type JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';
import { useCasesOf } from '../../../shared/highlevel/operations/use-cases.ts';
import type { OperationDetail, OperationSummary } from '../../../shared/model/request.ts';

/** The two tables of `shapes`, ready to be asked. */
type Shapes = { readonly contractOf: ContractFinder; readonly named: (name: string) => Shape };

let loading: Promise<Shapes> | null = null;

/** The tables of shapes are half a megabyte: they are loaded with the first operation that is opened. */
function loadShapes(): Promise<Shapes> {
  loading ??= import('../../../shared/highlevel/operations/shapes/index.ts').then(
    ({ contracts, shapeNamed }) => ({ contractOf: createContractFinder(contracts), named: shapeNamed }),
  );
  return loading;
}

export function summaryOf(operation: Operation): OperationSummary {
  const { id, set, service, method, path, summary, deprecated, access } = operation;
  return { id, set, service, method, path, summary, deprecated, access };
}

export async function detailOf(operation: Operation): Promise<OperationDetail> {
  const { contractOf, named } = await loadShapes();
  const contract = contractOf(operation);
  const { oauthTokenOnly, scopes, version } = operation;
  const params = operation.params.map((param) => paramOf(param, contract, named));
  const body = bodyOf(operation.body, contract, named);
  const example = exampleFor(operation);
  return {
    ...summaryOf(operation),
    useCases: useCasesOf(operation),
    params,
    body,
    oauthTokenOnly,
    version,
    scopes,
    example: {
      pathParams: pathParamsOf(example, params),
      query: params
        .filter((param) => param.in === 'query' && param.required)
        .map(({ name, values }) => ({ name, value: values?.[0] ?? example.query[name] ?? '' })),
      body: body === null ? null : exampleText(body.contentType, exampleValue(body.schema, 'body')),
    },
  };
}

type Param = OperationDetail['params'][number];

function paramOf(param: OperationParam, contract: Contract | null, named: Shapes['named']): Param {
  const { name, in: place, required, type } = param;
  const fields = place === 'query' ? contract?.query : place === 'path' ? contract?.params : undefined;
  const key = fields === undefined ? undefined : [`${name}!`, name].find((one) => Object.hasOwn(fields, one));
  const shape = key === undefined ? undefined : fields?.[key];
  const schema = shape === undefined ? {} : toJsonSchema(shape, named);
  return {
    name,
    in: place,
    required: required || key?.endsWith('!') === true,
    type: schema.type ?? type ?? null,
    values: (schema.enum ?? schema.items?.enum)?.map(String) ?? null,
  };
}

/** Of a parameter with a closed set of values the first is taken. */
function pathParamsOf(example: OperationExample, params: readonly Param[]): Record<string, string> {
  const closed = params.flatMap(({ in: place, name, values }) =>
    place === 'path' && values?.[0] !== undefined ? [[name, values[0]] as const] : [],
  );
  return { ...example.pathParams, ...Object.fromEntries(closed) };
}

function bodyOf(
  body: OperationBody | null,
  contract: Contract | null,
  named: Shapes['named'],
): OperationDetail['body'] {
  if (body === null) return null;
  const { contentType, fields, list } = body;
  if (contract?.body !== undefined) {
    const schema = toJsonSchema(contract.body.shape, named);
    // What the client knows of a body goes before an object of which the documents say nothing.
    if (Object.keys(schema.properties ?? {}).length > 0 || schema.type !== 'object' || fields === null) {
      return { contentType: contract.body.type, fields, schema };
    }
  }
  const object = schemaOfFields(fields ?? []);
  return { contentType, fields, schema: list ? { type: 'array', items: object } : object };
}

function schemaOfFields(fields: readonly BodyField[]): JsonSchema {
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

/** An example body as the developer edits it: JSON, or `name=value` pairs joined the way forms are sent. */
function exampleText(contentType: string, value: ExampleValue): string {
  if (contentType === 'application/json') return JSON.stringify(value, null, 2);
  // A variable is filled in before the form is sent, so its braces stay as they are.
  return Object.entries(value)
    .map(([name, each]) => `${name}=${typeof each === 'object' ? JSON.stringify(each) : String(each)}`)
    .join('&');
}
