import { isObject, type JsonObject } from './json-value.ts';
import { exampleIn } from './read-params.ts';
import type { Problems, References } from './references.ts';
import type { SchemaKeeper } from './keep-schema.ts';
import type { ReadBody } from './types.ts';

type Tools = { readonly references: References; readonly schemas: SchemaKeeper; readonly problems: Problems };

/** Kinds of content the request form writes by itself, the one taken first before the others. */
const written: readonly RegExp[] = [
  /^application\/json$/,
  /[+/]json$/,
  /^multipart\//,
  /^application\/x-www-form-urlencoded$/,
];

/** The body an operation takes; null where it takes none. */
export function readBody(operation: JsonObject, where: string, tools: Tools): ReadBody | null {
  const raw = tools.references.follow(operation['requestBody']);
  if (!isObject(raw)) return null;
  const contents = isObject(raw['content']) ? Object.entries(raw['content']) : [];
  const chosen = preferred(contents);
  if (chosen === undefined) {
    tools.problems.add(where, 'Its body names no kind of content; it is left out.');
    return null;
  }
  const [type, content] = chosen;
  if (contents.length > 1) {
    const others = contents.map(([name]) => name).filter((name) => name !== type);
    tools.problems.add(where, `Its body may also be ${others.join(', ')}; ${type} is used.`);
  }
  const media = isObject(content) ? content : {};
  const example = exampleIn(media, tools.references);
  return {
    contentType: plain(type),
    required: raw['required'] === true,
    // Since 3.2 a body that is a sequence declares what one item of it is.
    schema: tools.schemas.keep(media['schema'] ?? media['itemSchema'] ?? {}),
    example: example === undefined || example === null ? null : exampleText(example),
  };
}

function preferred(contents: readonly [string, unknown][]): [string, unknown] | undefined {
  const ranked = written.map((kind) => contents.find(([type]) => kind.test(plain(type))));
  return ranked.find((found) => found !== undefined) ?? contents[0];
}

/** Without parameters such as `charset`. */
function plain(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

function exampleText(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2);
}
