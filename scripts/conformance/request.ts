import type { DocumentedOperation, OpenApiDocument, Parameter, Schema } from '../shapes/openapi.ts';
import type { KnownIds } from './known-ids.ts';
import { isAccount, sample } from './sample.ts';
import type { Sources } from './sample.ts';

/** A call that the document says is valid. */
export interface SampleRequest {
  /** Concrete, with its query. */
  readonly target: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | URLSearchParams | FormData | undefined;
}

/** Values that no schema tells, by name of field, for one operation. */
export type Hints = Readonly<Record<string, unknown>>;

type From = Sources & { readonly ids: KnownIds; readonly hints: Hints };

export function sampleRequest(
  document: OpenApiDocument,
  template: string,
  operation: DocumentedOperation,
  ids: KnownIds,
  hints: Hints,
): SampleRequest {
  const from: From = {
    ids,
    hints,
    resolve: (ref) => document.schemas[ref.slice(ref.lastIndexOf('/') + 1)] ?? {},
    known: (name) => ids.forField(name),
  };
  const parameters = operation.parameters ?? [];
  const path = concretePath(template, parameters, from);
  const query = sampleQuery(parameters, from);
  const content = Object.entries(operation.requestBody?.content ?? {})[0];
  const value =
    content === undefined
      ? undefined
      : withHints(sample(content[1].schema ?? {}, '', from), from, parameters);
  const body = content === undefined ? undefined : encode(content[0], value);
  return {
    path,
    target: query.size === 0 ? path : `${path}?${query.toString()}`,
    headers: typeof body === 'string' ? { 'content-type': content?.[0] ?? 'application/json' } : {},
    body,
  };
}

function concretePath(template: string, parameters: readonly Parameter[], from: From): string {
  let path = '';
  for (const segment of template.slice(1).split('/')) {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    const schema = parameters.find((param) => param.in === 'path' && param.name === name)?.schema ?? {};
    path += `/${name === undefined ? segment : encodeURIComponent(pathValue(path, name, schema, from))}`;
  }
  return path;
}

function pathValue(before: string, name: string, schema: Schema, from: From): string {
  const hint = from.hints[name];
  if (hint !== undefined) return asText(hint);
  if (schema.enum !== undefined) return String(sample(schema, name, from));
  return from.ids.forPath(before, name) ?? String(sample(schema, name, from));
}

function sampleQuery(parameters: readonly Parameter[], from: From): URLSearchParams {
  const query = new URLSearchParams();
  for (const { name, in: place, required, schema = {} } of parameters) {
    if (place !== 'query' || !(required === true || isAccount(name) || name in from.hints)) continue;
    const value = from.hints[name] ?? sample(schema, name, from);
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, asText(each));
  }
  return query;
}

/** Hints for parameters of the path and query stay out of the body. */
function withHints(value: unknown, { hints }: From, parameters: readonly Parameter[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const names = new Set(parameters.map(({ name }) => name));
  const wanted = Object.entries(hints).filter(([name, hint]) => hint !== undefined && !names.has(name));
  return { ...value, ...Object.fromEntries(wanted) };
}

function encode(type: string, value: unknown): SampleRequest['body'] {
  if (type === 'application/json') return JSON.stringify(value);
  const fields = Object.entries(typeof value === 'object' && value !== null ? value : {});
  if (type === 'application/x-www-form-urlencoded') {
    return new URLSearchParams(fields.map(([name, field]): [string, string] => [name, asText(field)]));
  }
  const form = new FormData();
  for (const [name, field] of fields) form.append(name, asText(field));
  return form;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
