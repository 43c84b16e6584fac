import { exampleText } from '../../../../shared/highlevel/operations/example.ts';
import {
  accountFields,
  exampleValue,
  type ExampleValue,
} from '../../../../shared/highlevel/operations/example-value.ts';
import { expandSchema } from './expand-schema.ts';
import type { ReadOperation, ReadParam, SchemaTable } from './types.ts';

type Pair = { name: string; value: string };

/** What a request of an operation is filled in with to begin with. */
export type ExampleRequest = {
  readonly pathParams: Record<string, string>;
  /** Required ones. */
  readonly query: Pair[];
  readonly headers: Pair[];
  /** JSON, or the fields of a form as `name=value`; null without a body. */
  readonly body: string | null;
};

/** A request that fits what a document says of an operation: its own examples first, the same one every time. */
export function exampleRequest({ params, body }: ReadOperation, schemas: SchemaTable): ExampleRequest {
  const required = (place: ReadParam['in']): Pair[] =>
    params
      .filter((param) => param.in === place && param.required)
      .map((param) => ({ name: param.name, value: valueOf(param) }));
  return {
    pathParams: Object.fromEntries(required('path').map(({ name, value }) => [name, value])),
    query: required('query'),
    headers: [...required('header'), ...ownContentType(body)],
    body:
      body === null
        ? null
        : (ownBody(body.example) ??
          exampleBodyText(body.contentType, exampleValue(expandSchema(body.schema, schemas), 'body'))),
  };
}

/** Kinds of content that the request builder names by itself. */
const named: readonly RegExp[] = [
  /^application\/(json|x-www-form-urlencoded|octet-stream)$/,
  /^multipart\/form-data$/,
];

function ownContentType(body: ReadOperation['body']): Pair[] {
  if (body === null || named.some((kind) => kind.test(body.contentType))) return [];
  return [{ name: 'Content-Type', value: body.contentType }];
}

function valueOf({ name, example, values, type }: ReadParam): string {
  if (accountFields.has(name)) return exampleText(name);
  if (example !== null) return example;
  const [first] = values ?? [];
  if (first !== undefined) return first;
  if (type === 'boolean') return 'false';
  const text = exampleText(name);
  return (type === 'number' || type === 'integer') && !text.startsWith('{{') && Number.isNaN(Number(text))
    ? '1'
    : text;
}

/** A document's example of a whole body, with the developer's own account in place of the one it names. */
function ownBody(example: string | null): string | null {
  if (example === null) return null;
  try {
    const value: unknown = JSON.parse(example);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return example;
    const own = Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      accountFields.has(name) && typeof one === 'string' ? exampleText(name) : one,
    ]);
    return JSON.stringify(Object.fromEntries(own), null, 2);
  } catch {
    // No JSON: sent as it is.
    return example;
  }
}

/** An example body as the developer edits it: JSON, or `name=value` pairs joined the way forms are sent. */
export function exampleBodyText(contentType: string, value: ExampleValue): string {
  const isForm = contentType === 'application/x-www-form-urlencoded' || contentType.startsWith('multipart/');
  if (!isForm) return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  // A variable is filled in before the form is sent, so its braces stay as they are.
  return Object.entries(value)
    .map(([name, each]) => `${name}=${typeof each === 'object' ? JSON.stringify(each) : String(each)}`)
    .join('&');
}
