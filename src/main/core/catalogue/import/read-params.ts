/** The parameters of an operation, those of its path included. */
import type { JsonSchema } from '../../../../shared/highlevel/operations/shapes/json-schema.ts';
import { expandSchema } from './expand-schema.ts';
import type { SchemaKeeper } from './keep-schema.ts';
import { isObject, listOf, type JsonObject } from './json-value.ts';
import type { Problems, References } from './references.ts';
import type { ReadParam } from './types.ts';

export type ParamsReading = {
  readonly params: ReadParam[];
  /** The value of `Version` the document declares; undefined where it declares no such header, null where no value. */
  readonly version: string | null | undefined;
};

type Tools = { readonly references: References; readonly schemas: SchemaKeeper; readonly problems: Problems };

/** Set by the companion; a document declares them all the same. */
const ownHeaders: ReadonlySet<string> = new Set(['authorization', 'version', 'accept', 'content-type']);

/** @param where the operation, for what is said of its faults: `GET /contacts/` */
export function readParams(
  item: JsonObject,
  operation: JsonObject,
  path: string,
  where: string,
  tools: Tools,
): ParamsReading {
  const { problems } = tools;
  // An operation's own parameter takes the place of its path's.
  const found = new Map<string, ReadParam>();
  let version: string | null | undefined;
  for (const given of [...listOf(item['parameters']), ...listOf(operation['parameters'])]) {
    const raw = tools.references.follow(given);
    if (!isObject(raw)) continue;
    const { name, in: place } = raw;
    if (typeof name !== 'string' || typeof place !== 'string') {
      problems.add(where, 'A parameter without a name or a place is left out.');
      continue;
    }
    const param = paramOf(raw, name, tools);
    if (place === 'header') {
      const lower = name.toLowerCase();
      if (lower === 'version') version = param.values?.[0] ?? param.example;
      if (!ownHeaders.has(lower)) found.set(`header ${lower}`, { ...param, in: 'header' });
    } else if (place === 'query') {
      found.set(`query ${name}`, { ...param, in: 'query' });
    } else if (place === 'path') {
      if (!path.includes(`{${name}}`))
        problems.add(where, `The path has no place for its parameter "${name}".`);
      else found.set(`path ${name}`, { ...param, in: 'path', required: true });
    } else if (place === 'querystring') {
      // Since 3.2: the whole query as one value.
      for (const one of fieldsOf(raw, tools)) found.set(`query ${one.name}`, one);
    } else if (place === 'cookie') {
      problems.add(where, `The cookie "${name}" is left out; add it as a header where it is needed.`);
    } else {
      problems.add(
        where,
        `The parameter "${name}" stands in "${place}", which is no place for one; it is left out.`,
      );
    }
  }
  for (const name of namesIn(path)) {
    if (found.has(`path ${name}`)) continue;
    problems.add(where, `The path parameter "${name}" is not declared; it is taken as text.`);
    found.set(`path ${name}`, {
      name,
      in: 'path',
      required: true,
      type: 'string',
      values: null,
      example: null,
    });
  }
  const order = { path: 0, query: 1, header: 2 };
  const params = [...found.values()].sort((a, b) => order[a.in] - order[b.in]);
  return { params, version };
}

/** The parameters a path asks for, each once. */
export function namesIn(path: string): string[] {
  return [...new Set(Array.from(path.matchAll(/\{([^{}/]+)\}/g), ([, name = '']) => name))];
}

function paramOf(raw: JsonObject, name: string, tools: Tools): Omit<ReadParam, 'in'> {
  const schema = schemaOf(raw, tools);
  const example =
    exampleIn(raw, tools.references) ?? exampleIn(contentOf(raw), tools.references) ?? schema.example;
  return {
    name,
    required: raw['required'] === true,
    type: schema.type ?? null,
    values: (schema.enum ?? schema.items?.enum)?.map(String) ?? null,
    example: example === undefined || example === null ? null : asText(example),
  };
}

/** Of a parameter with `content` instead of a schema that of its first kind of content is taken. */
function schemaOf(raw: JsonObject, { schemas }: Tools): JsonSchema {
  const own = contentOf(raw)['schema'];
  // Some documents put `anyOf` and the like on the parameter itself.
  const given = own ??
    raw['schema'] ?? { anyOf: raw['anyOf'], oneOf: raw['oneOf'], type: raw['type'], enum: raw['enum'] };
  return expandSchema(schemas.keep(given), schemas.table());
}

function contentOf(raw: JsonObject): JsonObject {
  const [content] = isObject(raw['content']) ? Object.values(raw['content']) : [];
  return isObject(content) ? content : {};
}

function fieldsOf(raw: JsonObject, tools: Tools): ReadParam[] {
  const { properties = {}, required = [] } = schemaOf(raw, tools);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    type: schema.type ?? null,
    values: schema.enum?.map(String) ?? null,
    example: schema.example === undefined ? null : asText(schema.example),
  }));
}

/** `example`, or the value of the first of `examples`. */
export function exampleIn(raw: JsonObject, references: References): unknown {
  if (raw['example'] !== undefined) return raw['example'];
  const [first] = isObject(raw['examples']) ? Object.values(raw['examples']) : listOf(raw['examples']);
  const example = references.follow(first);
  if (!isObject(example)) return example;
  return example['value'] ?? example['dataValue'] ?? example['serializedValue'];
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
