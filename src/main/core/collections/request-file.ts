/** A saved request as the text of its file, and back. Only what differs from the defaults is written. */
import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { savedRequest, type SavedRequest } from '../../../shared/model/collection.ts';
import { mostPairs, requestFile, requestSettings } from '../../../shared/model/request.ts';
import {
  parseYaml,
  rewriteYaml,
  writeYaml,
  type KnownFields,
  type Plain,
  type PlainMap,
} from './yaml-text.ts';

/** A file of a body: its bytes, or where they lie in the collection. */
export type KeptFile = { readonly name: string; readonly type: string } & (
  | { readonly base64: string }
  | { readonly path: string }
);

export type KeptRequest = Omit<SavedRequest, 'parts' | 'file'> & {
  readonly parts: readonly (Omit<SavedRequest['parts'][number], 'file'> & {
    readonly file: KeptFile | null;
  })[];
  readonly file: KeptFile | null;
};

export type RequestFile = {
  /** Null where nobody has given it one yet. */
  readonly id: string | null;
  readonly name: string | null;
  readonly order: number | null;
  readonly request: KeptRequest;
};

const text = z.preprocess(
  // What is written without quotes may look like a number.
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z.string(),
);
const keptFile = z.union([
  requestFile,
  z.object({ name: z.string().min(1), type: z.string().default(''), path: z.string().min(1) }),
]);
const pair = z
  .object({ name: text, value: text.default(''), disabled: z.boolean().default(false) })
  .transform(({ disabled, ...rest }) => ({ ...rest, on: !disabled }));
const part = z
  .object({
    name: text,
    value: text.default(''),
    disabled: z.boolean().default(false),
    file: keptFile.nullable().default(null),
  })
  .transform(({ disabled, ...rest }) => ({ ...rest, on: !disabled }));

const { shape } = savedRequest;
const fileFields = z.object({
  id: z.string().min(1).max(200).nullable().default(null),
  name: text.nullable().default(null),
  order: z.number().nullable().default(null),
  method: shape.method,
  path: shape.path,
  operation: shape.operationId,
  pathParams: z.record(z.string(), text).default({}),
  query: z.array(pair).max(mostPairs).default([]),
  headers: z.array(pair).max(mostPairs).default([]),
  body: z
    .object({
      kind: shape.bodyKind,
      text: text.nullable().default(null),
      parts: z.array(part).max(mostPairs).default([]),
      file: keptFile.nullable().default(null),
    })
    .default({ kind: 'none', text: null, parts: [], file: null }),
  location: shape.locationId,
});

/** Fields that are called otherwise in the file, or stand elsewhere there. */
const special = new Set(
  'method path operationId pathParams query headers body bodyKind parts file locationId'.split(' '),
);

/** Fields that are written as they are, whatever a draft may come to hold. */
const others = Object.keys(shape).filter((name) => !special.has(name));
const otherFields = z.object(
  Object.fromEntries(others.map((name) => [name, shape[name as keyof typeof shape]])),
);
const defaults = savedRequest.parse({ method: 'GET', path: '/' });

const known: KnownFields = {
  top: new Set([...Object.keys(fileFields.shape), ...others]),
  nested: new Set([
    ...'name value disabled file type base64 path kind text parts variable test withinMs'.split(' '),
    ...Object.keys(requestSettings.shape),
  ]),
  open: new Set(['pathParams']),
};

/** @throws Error in one sentence: what of the text is wrong, and where */
export function readRequestFile(content: string): RequestFile {
  const value: unknown = parseYaml(content).document.toJS();
  if (typeof value !== 'object' || value === null) throw new Error('It holds no request.');
  const fields = checked(fileFields, value);
  const rest = checked(otherFields, value);
  const { id, name, order, operation, location, body, ...same } = fields;
  const request = {
    ...defaults,
    ...rest,
    ...same,
    operationId: operation,
    locationId: location,
    bodyKind: body.kind,
    body: body.text,
    parts: body.parts,
    file: body.file,
  };
  return { id, name, order, request };
}

/** @param former the text that it takes the place of: what is not ours in it stays */
export function writeRequestFile({ id, name, order, request }: RequestFile, former: string | null): string {
  const fields = withoutEmpty({
    id: id ?? randomUUID(),
    name,
    order,
    method: request.method,
    path: request.path,
    operation: request.operationId,
    pathParams: request.pathParams,
    query: request.query.map(pairFields),
    headers: request.headers.map(pairFields),
    body: bodyFields(request),
    location: request.locationId,
    ...Object.fromEntries(others.map((field) => [field, differing(field, request)])),
  });
  return former === null ? writeYaml(fields) : rewriteYaml(parseYaml(former), fields, known);
}

/** The same text under another id, for a copy; its name and order where they are given. */
export function changeRequestFile(
  content: string,
  changes: { readonly id?: string; readonly name?: string; readonly order?: number },
): string {
  return writeRequestFile({ ...readRequestFile(content), ...changes }, content);
}

export const revisionOf = (content: string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 32);

function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  const what = issue?.message ?? 'it is wrong';
  throw new Error(
    field === ''
      ? `It holds no request: ${what}.`
      : `Its field ${field} is wrong: ${what.replace(/\.$/, '')}.`,
  );
}

function pairFields({ name, value, on }: { name: string; value: string; on: boolean }) {
  return { name, value, ...(!on && { disabled: true }) };
}

function bodyFields({ bodyKind, body, parts, file }: KeptRequest): Record<string, unknown> | null {
  if ((bodyKind === 'none' || bodyKind === null) && body === null && parts.length === 0 && file === null)
    return null;
  return {
    kind: bodyKind,
    text: body,
    parts: parts.map((one) => ({ ...pairFields(one), ...(one.file !== null && { file: one.file }) })),
    file,
  };
}

/** The whole field, or of an object what differs; null where it is as by default. */
function differing(field: string, request: KeptRequest): unknown {
  const value = (request as Readonly<Record<string, unknown>>)[field];
  const usual = (defaults as Readonly<Record<string, unknown>>)[field];
  if (JSON.stringify(value) === JSON.stringify(usual)) return null;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, one]) =>
      JSON.stringify(one) !== JSON.stringify((usual as Readonly<Record<string, unknown>> | null)?.[name]),
  );
  return Object.fromEntries(kept);
}

/** Without what is null, and without lists and objects that hold nothing. */
function withoutEmpty(fields: Readonly<Record<string, unknown>>): PlainMap {
  const kept = Object.entries(fields).flatMap(([name, value]): [string, Plain][] => {
    if (value === null || value === undefined) return [];
    if (Array.isArray(value)) return value.length === 0 ? [] : [[name, value.map(plain)]];
    if (typeof value !== 'object') return [[name, value as Plain]];
    const inner = withoutEmpty(value as Readonly<Record<string, unknown>>);
    return Object.keys(inner).length === 0 ? [] : [[name, inner]];
  });
  return Object.fromEntries(kept);
}

function plain(value: unknown): Plain {
  return typeof value === 'object' && value !== null
    ? withoutEmpty(value as Readonly<Record<string, unknown>>)
    : (value as Plain);
}
