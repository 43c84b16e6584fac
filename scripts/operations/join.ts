import { versionOfService } from '../../src/shared/highlevel/versions.ts';
import type {
  AccessLevel,
  BodyContentType,
  Operation,
  OperationBody,
  OperationMethod,
  OperationParam,
} from '../../src/shared/highlevel/operations/operation.ts';
import { camel, kebab, serviceTitle, slugOfPath, summaryOfPath } from './names.ts';
import type { Facts } from './read-facts.ts';
import type { SdkOperation } from './read-sdk.ts';

type Tables = { v2: readonly Facts[]; v3: readonly Facts[] };

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const contentTypes: Readonly<Record<'json' | 'form' | 'multipart', BodyContentType>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
};

/**
 * Joins the client's operations with the tables of facts: every operation of the client once, then every
 * v3-only operation that the client lacks. Names, parameters and bodies come from the client; access,
 * `Version`, scopes and deprecation from the tables; a body in a v2 row fills in what the client leaves open.
 *
 * @throws when an operation of the client has no facts, a row belongs to none, or two ids are equal
 */
export function joinOperations(sdk: readonly SdkOperation[], tables: Tables): Operation[] {
  const v2 = new Map(tables.v2.map((facts) => [key(facts), facts]));
  const v3 = new Map(tables.v3.map((facts) => [key(facts), facts]));

  const operations = sdk.map((source) => {
    const established = v2.get(key(source));
    const facts = established ?? v3.get(key(source));
    if (facts === undefined) throw new Error(`${key(source)} of the client is in neither table of facts`);
    v2.delete(key(source));
    v3.delete(key(source));
    return fromClient(source, facts, established === undefined ? 'v3' : 'v2');
  });
  const stray = v2.keys().next().value;
  if (stray !== undefined) throw new Error(`${stray} is in the v2 table of facts but not in the client`);

  operations.push(...Array.from(v3.values(), fromFacts));
  return unique(operations.toSorted((a, b) => compare(a.service, b.service) || compare(a.path, b.path)));
}

function fromClient(source: SdkOperation, facts: Facts, set: Operation['set']): Operation {
  const { service, path } = source;
  const types = new Map(source.types.params.map((param) => [param.name, param]));
  const query = source.params
    .filter((param) => param.in === 'query')
    .map(({ name }): OperationParam => {
      const { required = false, type = 'any' } = types.get(name) ?? {};
      return { name, in: 'query', required, type };
    });
  return {
    id: `${service}.${kebab(source.name)}`,
    set,
    service: serviceTitle(service),
    method: methodOf(source.method),
    path,
    summary: source.summary,
    params: [...pathParams(path), ...query],
    body: source.types.body === null ? null : bodyOfClient(source, source.types.body, facts),
    ...rules(facts, service),
    sdk: { method: `${camel(service)}.${source.name}`, takes: source.takes },
  };
}

function bodyOfClient(
  source: SdkOperation,
  body: NonNullable<SdkOperation['types']['body']>,
  facts: Facts,
): OperationBody {
  if (body.fields === null && facts.body !== null) return bodyOfFacts(facts.body);
  return { contentType: contentTypes[source.formEncoded ? 'form' : 'json'], ...body };
}

function bodyOfFacts({ kind, list, fields }: NonNullable<Facts['body']>): OperationBody {
  return { contentType: contentTypes[kind], list, fields };
}

function isReadScope(scope: string): boolean {
  return scope.endsWith('.readonly');
}

function fromFacts(facts: Facts): Operation {
  const { service, path } = facts;
  return {
    id: `${service}.${slugOfPath(facts.method, path)}`,
    set: 'v3',
    service: serviceTitle(service),
    method: methodOf(facts.method),
    path,
    summary: summaryOfPath(facts.method, path, facts.method === 'GET' || facts.scopes.some(isReadScope)),
    params: [...pathParams(path), ...facts.query.map((param) => ({ ...param, in: 'query' as const }))],
    body: facts.body === null ? null : bodyOfFacts(facts.body),
    ...rules(facts, service),
  };
}

/** The template is the truth about path parameters: both published lists forget some of them. */
function pathParams(path: string): OperationParam[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    type: 'string',
  }));
}

type Rules = Pick<
  Operation,
  'access' | 'accessSource' | 'oauthTokenOnly' | 'version' | 'versionSource' | 'scopes' | 'deprecated'
>;

function rules({ access, flags, scopes, version }: Facts, service: string): Rules {
  return {
    access: levels(access),
    accessSource: access === '' ? 'by service' : 'declared',
    oauthTokenOnly: flags.includes('oauth-only'),
    version: version === 'none' ? null : version || versionOfService(service),
    versionSource: version === '' ? 'by service' : 'declared',
    scopes,
    deprecated: flags.includes('deprecated'),
  };
}

/** Every operation without a declared access class belongs to a service that works on sub-accounts. */
function levels(access: string): AccessLevel[] {
  if (access === 'none') return [];
  if (access === '') return ['Sub-Account'];
  const found: AccessLevel[] = [];
  if (access.includes('S')) found.push('Sub-Account');
  if (access.includes('A')) found.push('Agency');
  if (found.length === 0) throw new Error(`"${access}" is not an access class (S, A, SA, none)`);
  return found;
}

function methodOf(method: string): OperationMethod {
  if (methods.includes(method)) return method as OperationMethod;
  throw new Error(`"${method}" is not a method of HighLevel's API`);
}

function unique(operations: Operation[]): Operation[] {
  const seen = new Set<string>();
  for (const { id } of operations) {
    if (seen.has(id)) throw new Error(`two operations have the id ${id}`);
    seen.add(id);
  }
  return operations;
}

function key({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
