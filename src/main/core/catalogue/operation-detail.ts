/** One operation with everything to fill in a request from: parameters, the schema of its body, an example. */
import { exampleFor } from '../../../shared/highlevel/operations/index.ts';
import type { OperationExample, OperationParam } from '../../../shared/highlevel/operations/index.ts';
import { exampleValue } from '../../../shared/highlevel/operations/example-value.ts';
import type { OperationBody } from '../../../shared/highlevel/operations/operation.ts';
import {
  createContractFinder,
  type ContractFinder,
} from '../../../shared/highlevel/operations/shapes/contract-of.ts';
import type { Contract, Shape } from '../../../shared/highlevel/operations/shapes/index.ts';
import { toJsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';
import { useCasesOf } from '../../../shared/highlevel/operations/use-cases.ts';
import type { OperationDetail, OperationSummary } from '../../../shared/model/request.ts';
import type { Entry } from './entry.ts';
import { exampleBodyText, exampleRequest } from './import/example-request.ts';
import { expandSchema } from './import/expand-schema.ts';
import { schemaOfFields } from './schema-of-fields.ts';

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

export function summaryOf({ operation, catalogue }: Entry): OperationSummary {
  const { id, set, service, method, path, summary, deprecated, access } = operation;
  return { id, set, service, method, path, summary, deprecated, access, catalogue };
}

export async function detailOf(entry: Entry): Promise<OperationDetail> {
  const { operation, read } = entry;
  if (read !== null) return readDetail(entry, read);
  const { contractOf, named } = await loadShapes();
  const contract = contractOf(operation);
  const { oauthTokenOnly, scopes, version } = operation;
  const params = operation.params.map((param) => paramOf(param, contract, named));
  const body = bodyOf(operation.body, contract, named);
  const example = exampleFor(operation);
  return {
    ...summaryOf(entry),
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
      headers: [],
      body: body === null ? null : exampleBodyText(body.contentType, exampleValue(body.schema, 'body')),
    },
  };
}

/** The same of an operation that a document describes. */
function readDetail(entry: Entry, { operation: read, schemas }: NonNullable<Entry['read']>): OperationDetail {
  const { operation } = entry;
  return {
    ...summaryOf(entry),
    useCases: useCasesOf(operation),
    params: read.params.map(({ name, in: place, required, type, values }) => ({
      name,
      in: place,
      required,
      type,
      values: values === null ? null : [...values],
    })),
    body:
      read.body === null
        ? null
        : {
            contentType: read.body.contentType,
            fields: operation.body?.fields ?? null,
            schema: expandSchema(read.body.schema, schemas),
          },
    oauthTokenOnly: operation.oauthTokenOnly,
    version: operation.version,
    scopes: operation.scopes,
    example: exampleRequest(read, schemas),
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
