/** Reads an OpenAPI 3 document into operations of the form that the catalogue lists, opens and sends. */
import type { OperationMethod } from '../../../../shared/highlevel/operations/operation.ts';
import { createSchemaKeeper, type SchemaKeeper } from './keep-schema.ts';
import { isObject, listOf, type JsonObject } from './json-value.ts';
import { parseOpenApi } from './parse-text.ts';
import { readBody } from './read-body.ts';
import { readParams } from './read-params.ts';
import { readSecurity } from './read-security.ts';
import { readBase } from './read-servers.ts';
import { createProblems, createReferences, type Problems, type References } from './references.ts';
import type { ReadDocument, ReadOperation } from './types.ts';

const methods: Readonly<Record<string, OperationMethod>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
};
/** Methods of OpenAPI that the companion does not send. */
const unsent: readonly string[] = ['head', 'options', 'trace', 'query'];

const mostOperations = 20_000;

type Reading = {
  readonly document: JsonObject;
  readonly references: References;
  readonly problems: Problems;
  readonly schemas: SchemaKeeper;
};

/**
 * The operations of an OpenAPI 3.0, 3.1 or 3.2 document, JSON or YAML. Faults of the document are told in `problems`
 * and cost as little as they can. Nothing but `text` is read: references to other documents are said and left open.
 *
 * @param name the file or address it came from, for sentences
 * @throws AppError `bad_input` for what is no OpenAPI 3 document. One of parts for other documents has no operation.
 */
export function readOpenApi(text: string, name: string): ReadDocument {
  const document = parseOpenApi(text, name);
  const problems = createProblems();
  const references = createReferences(document, problems);
  const schemas = createSchemaKeeper(references, problems);
  const reading: Reading = { document, references, problems, schemas };
  const operations = withSlugs(withoutTwins(operationsOf(reading), problems), problems);
  const info = isObject(document['info']) ? document['info'] : {};
  return {
    title: line(info['title']) || 'Untitled API',
    version: line(info['version']) || '0',
    openapi: document.openapi,
    operations,
    schemas: schemas.table(),
    problems: problems.list(),
  };
}

/** An operation before it has a slug, which takes all others to be unique. */
type Unnamed = Omit<ReadOperation, 'slug'> & { readonly operationId: string; readonly template: string };

function operationsOf(reading: Reading): Unnamed[] {
  const { document, references, problems } = reading;
  const paths = isObject(document['paths']) ? Object.entries(document['paths']) : [];
  const operations: Unnamed[] = [];
  for (const [written, given] of paths) {
    if (written.startsWith('x-')) continue;
    const item = references.follow(given);
    if (!isObject(item)) continue;
    if (!written.startsWith('/'))
      problems.add(written, 'The path does not begin with a slash; one is put before it.');
    const path = written.startsWith('/') ? written : `/${written}`;
    for (const [key, value] of Object.entries(item)) {
      const method = methods[key.toLowerCase()];
      if (method !== undefined && isObject(value))
        operations.push(operationOf(method, path, item, value, reading));
      else if (unsent.includes(key)) {
        const what = `${key.toUpperCase()} ${path}`;
        problems.add(what, 'It is left out: the companion sends GET, POST, PUT, PATCH and DELETE.');
      }
    }
    if (operations.length > mostOperations) {
      problems.add('the document', `It has more than ${mostOperations} operations; the others are left out.`);
      break;
    }
  }
  return operations;
}

function operationOf(
  method: OperationMethod,
  path: string,
  item: JsonObject,
  raw: JsonObject,
  reading: Reading,
): Unnamed {
  const { document, references, problems } = reading;
  const where = `${method} ${path}`;
  const base = readBase([raw, item, document], problems);
  const { params, version } = readParams(item, raw, path, where, reading);
  const operationId = line(raw['operationId']);
  if (operationId === '')
    problems.add(where, 'It has no operationId; a name is made from its method and path.');
  return {
    operationId,
    template: path,
    service: serviceOf(raw, path),
    method,
    path: `${base}${path}`,
    summary: line(raw['summary']) || spaced(operationId) || where,
    params,
    body: readBody(raw, where, reading),
    version: version ?? null,
    deprecated: raw['deprecated'] === true,
    ...readSecurity(document, raw, references, problems),
  };
}

/** Its first tag, else the first literal word of its path. */
function serviceOf(raw: JsonObject, path: string): string {
  const [tag] = listOf(raw['tags']);
  const word = path.split('/').find((segment) => segment !== '' && !segment.startsWith('{'));
  return line(tag) || word || 'Other';
}

/** The same method and path twice, told apart by a slash at the end or by the names of parameters alone: the first counts. */
function withoutTwins(operations: readonly Unnamed[], problems: Problems): Unnamed[] {
  const seen = new Map<string, Unnamed>();
  for (const operation of operations) {
    const key = callKey(operation);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, operation);
    else {
      const where = `${operation.method} ${operation.path}`;
      problems.add(
        where,
        `It is the same call as ${first.method} ${first.path}; the first of the two is used.`,
      );
    }
  }
  return [...seen.values()];
}

/** What makes two operations the same call: `GET /contacts/{}`. */
export function callKey({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path.replaceAll(/\{[^{}/]+\}/g, '{}').replace(/\/+$/, '')}`;
}

function withSlugs(operations: readonly Unnamed[], problems: Problems): ReadOperation[] {
  const taken = new Map<string, string>();
  return operations.map(({ operationId, template, ...operation }) => {
    const where = `${operation.method} ${operation.path}`;
    const wanted = slugOf(operationId) || slugOf(`${operation.method} ${template}`);
    const first = taken.get(wanted);
    if (first !== undefined && operationId !== '')
      problems.add(where, `Its operationId "${operationId}" is that of ${first} as well.`);
    let slug = wanted;
    for (let number = 2; taken.has(slug); number += 1) slug = `${wanted}-${number}`;
    taken.set(slug, where);
    return { slug, ...operation };
  });
}

/** `getPetById` is `get-pet-by-id`. */
function slugOf(text: string): string {
  return text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll(/[^A-Za-z\d]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 120);
}

/** `getPetById` is `Get pet by id`. */
function spaced(operationId: string): string {
  const words = slugOf(operationId).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One line of text of moderate length; empty for what is none. */
function line(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
