import type { Operation, OperationParam } from './operation.ts';

/** Path and query of a request to start from. Values like `{{locationId}}` are variables for the request builder to fill in. */
export type OperationExample = {
  /** Template with every parameter replaced: `/contacts/{{contactId}}`. */
  path: string;
  pathParams: Record<string, string>;
  /** Required query parameters. */
  query: Record<string, string>;
};

const known: Readonly<Record<string, string>> = {
  action: 'add',
  altType: 'location',
  body: 'Called and agreed on next steps.',
  country: 'US',
  countryCode: 'US',
  currency: 'USD',
  email: 'ada.lovelace@example.com',
  endDate: '2026-01-31',
  firstName: 'Ada',
  fromEmail: 'hello@example.com',
  fromName: 'Example Company',
  key: 'example_key',
  lastName: 'Lovelace',
  message: 'Hello from HighLevel Companion',
  name: 'Example',
  number: '+15555550100',
  phone: '+15555550100',
  platform: 'facebook',
  rawHTML: '<p>Hello</p>',
  slug: 'example',
  sortBy: 'createdAt',
  sortOrder: 'asc',
  startDate: '2026-01-01',
  timeZone: 'America/New_York',
  timezone: 'America/New_York',
  title: 'Example',
  status: 'open',
  urlSlug: 'example',
};

const counts: Readonly<Record<string, number>> = {
  limit: 20,
  offset: 0,
  page: 1,
  pageLimit: 20,
  pageSize: 20,
  skip: 0,
};

/** An example request for an operation: the same one every time, with no parameter of the path left open. */
export function exampleFor(operation: Operation): OperationExample {
  const pathParams: Record<string, string> = {};
  const query: Record<string, string> = {};
  for (const param of operation.params) {
    if (param.in === 'path') pathParams[param.name] = pathValue(operation.path, param.name);
    else if (param.in === 'query' && param.required) query[param.name] = queryValue(param);
  }
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => pathParams[name] ?? variable(name));
  return { path, pathParams, query };
}

/** `/medias/{id}` asks for `{{mediaId}}`, since `{{id}}` would say nothing. */
function pathValue(path: string, name: string): string {
  if (name.endsWith('Id')) return variable(name);
  if (name !== 'id') return known[name] ?? variable(name);
  const before = path
    .slice(0, path.indexOf('{id}'))
    .split('/')
    .findLast((word) => word !== '' && !word.startsWith('{'));
  return variable(`${camel((before ?? 'item').replace(/ies$/, 'y').replace(/s$/, ''))}Id`);
}

function queryValue({ name, type }: OperationParam): string {
  if (type === 'boolean') return 'false';
  if (type === 'number' && /^(start|end)(Date|Time)$/.test(name))
    return String(Date.parse(exampleText(name)));
  return type === 'number' ? String(counts[name] ?? 1) : exampleText(name);
}

/** Text for a field of this name: `{{contactId}}` for an id, else something that looks like it. */
export function exampleText(name: string): string {
  if (name === 'altId') return variable('locationId');
  if (name === 'id' || name.endsWith('Id')) return variable(name);
  const count = counts[name];
  if (count !== undefined) return String(count);
  return known[name] ?? byShape(name);
}

function byShape(name: string): string {
  if (/email/i.test(name)) return 'ada.lovelace@example.com';
  if (/phone/i.test(name)) return '+15555550100';
  if (/url$/i.test(name)) return 'https://example.com';
  if (/^endTime$/.test(name)) return '2026-01-15T11:00:00Z';
  if (/(Date|At)$/.test(name) || name === 'startTime') return '2026-01-15T10:00:00Z';
  return 'example';
}

function variable(name: string): string {
  return `{{${name}}}`;
}

function camel(word: string): string {
  return word.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
