/** The operations of all catalogues in one form, whether built in or from a document. */
import { operations as builtIn } from '../../../shared/highlevel/operations/index.ts';
import type {
  BodyContentType,
  FieldType,
  Operation,
  OperationBody,
} from '../../../shared/highlevel/operations/operation.ts';
import type { JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';
import { ownCatalogue } from '../../../shared/model/catalogue.ts';
import { expandTo } from './import/expand-schema.ts';
import { callKey } from './import/read-openapi.ts';
import { schemaOfFields } from './schema-of-fields.ts';
import type { KeptSchema, ReadBody, ReadDocument, ReadOperation, SchemaTable } from './import/types.ts';

export type Entry = {
  readonly operation: Operation;
  /** Id of the catalogue it is listed under. */
  readonly catalogue: string;
  /** Where a document says what it takes; null for what is built in. */
  readonly read: { readonly operation: ReadOperation; readonly schemas: SchemaTable } | null;
};

export const builtInEntries: readonly Entry[] = builtIn.map((operation) => ({
  operation,
  catalogue: ownCatalogue,
  read: null,
}));

/** The operations of a document as a catalogue of their own. */
export function furtherEntries(catalogue: string, document: ReadDocument): Entry[] {
  return document.operations.map((read) => ({
    operation: operationOf(read, document.schemas, {
      id: `${catalogue}:${read.slug}`,
      service: read.service,
      version: read.version,
    }),
    catalogue,
    read: { operation: read, schemas: document.schemas },
  }));
}

/**
 * A list of operations with those of a newer document in their place: same method and path, same id. What the document
 * does not declare stays as it was. Operations of the part of the API it describes that it lacks are taken out.
 */
export function refresh(entries: readonly Entry[], document: ReadDocument): readonly Entry[] {
  const known = new Map(entries.map((entry) => [callKey(entry.operation), entry]));
  const renewals = new Map<Entry, Entry>();
  const strangers: ReadOperation[] = [];
  for (const read of document.operations) {
    const before = known.get(callKey(read));
    if (before === undefined) strangers.push(read);
    else renewals.set(before, renewed(before, read, document.schemas));
  }
  const part = partOf([...renewals.keys()], document);
  const kept = entries.flatMap((entry) => renewals.get(entry) ?? (part.holds(entry) ? [] : [entry]));
  const ids = new Set(entries.map(({ operation }) => operation.id));
  const added = strangers.map((read) => newcomer(read, document.schemas, part.serviceOf(read.path), ids));
  return [...kept, ...added].sort(byServiceAndPath);
}

function renewed(before: Entry, given: ReadOperation, schemas: SchemaTable): Entry {
  const read = withKnownFields(before.operation, given, schemas);
  const { id, service, version, access, accessSource, oauthTokenOnly, scopes } = before.operation;
  const operation = operationOf(read, schemas, { id, service, version: read.version ?? version });
  const kept = read.accessSource === 'declared' ? {} : { access, accessSource, oauthTokenOnly, scopes };
  return { ...before, operation: { ...operation, ...kept }, read: { operation: read, schemas } };
}

/** What is known of a body goes before an object of which the document says nothing. */
function withKnownFields({ body }: Operation, read: ReadOperation, schemas: SchemaTable): ReadOperation {
  const fields = body?.fields ?? [];
  if (read.body === null || fields.length === 0) return read;
  const schema = shallow(read.body.schema, schemas);
  if (schema.type !== 'object' || Object.keys(schema.properties ?? {}).length > 0) return read;
  return { ...read, body: { ...read.body, schema: schemaOfFields(fields) } };
}

function newcomer(
  read: ReadOperation,
  schemas: SchemaTable,
  service: string | null,
  ids: Set<string>,
): Entry {
  const group = service ?? read.service;
  const wanted = `${group.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}.${read.slug}`;
  let id = wanted;
  for (let number = 2; ids.has(id); number += 1) id = `${wanted}-${number}`;
  ids.add(id);
  return {
    operation: operationOf(read, schemas, { id, service: group, version: read.version }),
    catalogue: ownCatalogue,
    read: { operation: read, schemas },
  };
}

/** The part of the API that a document describes, by the operations it shares with the list. */
function partOf(matched: readonly Entry[], document: ReadDocument) {
  // Documents of `v3` and of the versions before it lack each other's operations.
  const isOfV3 = document.operations.some(({ version }) => version === 'v3');
  const services = new Map<string, string>();
  for (const { operation } of matched) services.set(firstWord(operation.path), operation.service);
  return {
    serviceOf: (path: string): string | null => services.get(firstWord(path)) ?? null,
    holds({ operation }: Entry): boolean {
      return (
        services.get(firstWord(operation.path)) === operation.service &&
        (operation.version === 'v3') === isOfV3
      );
    },
  };
}

function firstWord(path: string): string {
  return path.split('/')[1] ?? '';
}

type Identity = Pick<Operation, 'id' | 'service' | 'version'>;

function operationOf(read: ReadOperation, schemas: SchemaTable, identity: Identity): Operation {
  const { method, path, summary, access, accessSource, oauthTokenOnly, scopes, deprecated } = read;
  return {
    ...identity,
    set: identity.version === 'v3' ? 'v3' : 'v2',
    method,
    path,
    summary,
    params: read.params.map(({ name, in: place, required, type }) => ({
      name,
      in: place,
      required,
      type: fieldType(type),
    })),
    body: read.body === null ? null : bodyOf(read.body, schemas),
    access: [...access],
    accessSource,
    oauthTokenOnly,
    versionSource: 'declared',
    scopes: [...scopes],
    deprecated,
  };
}

/** The fields of an object, or those of the objects of a list, and nothing of what is in them. */
function shallow(schema: KeptSchema, schemas: SchemaTable): JsonSchema {
  const fields = expandTo(schema, schemas, 1);
  return fields.type === 'array' ? expandTo(schema, schemas, 2) : fields;
}

function bodyOf(body: ReadBody, schemas: SchemaTable): OperationBody {
  const schema = shallow(body.schema, schemas);
  const { properties, required = [] } = (schema.type === 'array' ? schema.items : schema) ?? {};
  return {
    contentType: contentType(body.contentType),
    list: schema.type === 'array',
    fields:
      properties === undefined
        ? null
        : Object.entries(properties).map(([name, one]) => ({
            name,
            type: one.format === 'binary' ? 'file' : fieldType(one.type ?? null),
            required: required.includes(name),
          })),
  };
}

function contentType(type: string): BodyContentType {
  if (type === 'application/x-www-form-urlencoded') return type;
  return type.startsWith('multipart/') ? 'multipart/form-data' : 'application/json';
}

const fieldTypes: Readonly<Record<string, FieldType>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'array',
};

function fieldType(type: string | null): FieldType {
  return fieldTypes[type ?? ''] ?? 'any';
}

function byServiceAndPath({ operation: a }: Entry, { operation: b }: Entry): number {
  return compare(a.service, b.service) || compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
