import type { Contract, ContractAccess } from '../../src/shared/highlevel/operations/shapes/shape.ts';
import { condense, fieldsOf } from './condense.ts';
import type { DocumentedOperation, OpenApiDocument } from './openapi.ts';
import { operationsOf, successOf } from './openapi.ts';
import type { ShapeNames } from './shape-names.ts';

/** Operations of HighLevel's own client that its documents do not hold. */
const undocumented: readonly Contract[] = [
  {
    method: 'GET',
    path: '/files/d/{slug}',
    surface: 'every version',
    version: '2021-07-28',
    access: ['Location-Access'],
    scopes: [],
    status: 200,
  },
];

/** What every version takes and answers alike is one row; what `v3` changes is a row of its own. */
export function joinContracts(
  v2: readonly OpenApiDocument[],
  v3: readonly OpenApiDocument[],
  names: ShapeNames,
): Contract[] {
  const before = rowsOf(v2, names, 'before v3');
  const after = rowsOf(v3, names, 'v3');
  const rows: Contract[] = [...undocumented];
  for (const [key, row] of before) {
    const twin = after.get(key);
    if (twin !== undefined && sameButVersion(row, twin)) {
      rows.push({ ...row, surface: 'every version' });
      after.delete(key);
    } else rows.push(row);
  }
  for (const [key, row] of after) {
    // Some paths that only the v3 documents hold ask for an older version all the same.
    const isForAll = row.version !== 'v3' && !before.has(key);
    rows.push(isForAll ? { ...row, surface: 'every version' } : row);
  }
  return rows.sort((a, b) => compare(orderOf(a), orderOf(b)));
}

function rowsOf(
  documents: readonly OpenApiDocument[],
  names: ShapeNames,
  surface: Contract['surface'],
): Map<string, Contract> {
  const rows = new Map<string, Contract>();
  for (const document of documents) {
    for (const { method, path, operation } of operationsOf(document)) {
      const row = contractOf(method, path, operation, surface, names.nameOf(document));
      rows.set(keyOf(row), row);
    }
  }
  return rows;
}

function contractOf(
  method: string,
  path: string,
  operation: DocumentedOperation,
  surface: Contract['surface'],
  nameOf: ReturnType<ShapeNames['nameOf']>,
): Contract {
  const parameters = operation.parameters ?? [];
  const params = fieldsOf(
    parameters.filter((param) => param.in === 'path' && !isPlainText(param.schema)),
    nameOf,
  );
  const query = fieldsOf(
    parameters.filter((param) => param.in === 'query'),
    nameOf,
  );
  const version = parameters.find((param) => param.in === 'header' && /^version$/i.test(param.name));
  const security = operation.security ?? [];
  const success = successOf(operation);
  const [body] = Object.entries(operation.requestBody?.content ?? {});
  return {
    method: method.toUpperCase() as Contract['method'],
    path,
    surface,
    version: declaredVersion(version?.schema?.enum),
    access: [...new Set(security.flatMap((scheme) => Object.keys(scheme)).map(accessOf))],
    scopes: [...new Set(security.flatMap((scheme) => Object.values(scheme).flat()))],
    ...(Object.keys(params).length > 0 && { params }),
    ...(Object.keys(query).length > 0 && { query }),
    ...(body !== undefined && {
      body: {
        type: body[0],
        required: operation.requestBody?.required === true,
        shape: condense(body[1].schema ?? {}, nameOf),
      },
    }),
    ...(hasCodedErrors(operation) && { errors: 'coded' as const }),
    status: success.status,
    ...(success.schema !== undefined && { answer: condense(success.schema, nameOf) }),
  };
}

function hasCodedErrors({ responses }: DocumentedOperation): boolean {
  return Object.values(responses).some((response) =>
    response.content?.['application/json']?.schema?.$ref?.endsWith('/AipErrorResponseDto'),
  );
}

function declaredVersion(values: readonly (string | number)[] | undefined): string | null {
  const [value] = values ?? [];
  return value === undefined ? null : String(value);
}

function accessOf(scheme: string): ContractAccess {
  if (scheme === 'bearer') return 'Location-Access';
  if (!/^(Location|Agency)-Access(-Only)?$/.test(scheme))
    throw new Error(`${scheme} is no known security scheme.`);
  return scheme as ContractAccess;
}

function isPlainText(schema: { type?: string; enum?: readonly unknown[] } | undefined): boolean {
  return schema?.enum === undefined && (schema?.type === undefined || schema.type === 'string');
}

function keyOf({ method, path }: Contract): string {
  return `${method} ${path.replace(/\/$/, '').replace(/\{[^}]+\}/g, '{}')}`;
}

function sameButVersion(a: Contract, b: Contract): boolean {
  const essence = ({ version: _version, surface: _surface, ...rest }: Contract): string =>
    JSON.stringify(rest);
  return essence(a) === essence(b);
}

function orderOf({ path, method, surface }: Contract): string {
  return `${path} ${method} ${surface}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
