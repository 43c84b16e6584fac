/** From the text of a file to the document in it, or one sentence on why it is none. */
import { parseDocument } from 'yaml';
import { AppError } from '../../../../shared/model/app-error.ts';
import { isObject, type JsonObject } from './json-value.ts';

/** Aliases in YAML can stand for a thousand times their own size. */
const mostAliases = 10_000;

/**
 * The OpenAPI 3 document in a text, JSON or YAML. `name` is the file or address it came from, for the sentence.
 *
 * @throws AppError `bad_input` for what is no such document
 */
export function parseOpenApi(text: string, name: string): JsonObject & { readonly openapi: string } {
  const value = parseText(text.replace(/^\uFEFF/, ''), name);
  if (!isObject(value)) throw refused(name, 'is no OpenAPI document: it does not hold an object');
  const { openapi, swagger } = value;
  if (swagger !== undefined) {
    throw refused(name, `is a Swagger ${words(swagger)} document; OpenAPI 3 is needed`, {
      remedy: 'Convert it to OpenAPI 3 first, for instance in the Swagger editor.',
    });
  }
  if (openapi === undefined) throw refused(name, `is no OpenAPI document: ${whatElse(value)}`);
  const version = typeof openapi === 'number' ? String(openapi) : openapi;
  if (typeof version !== 'string' || !/^3(\.|$)/.test(version)) {
    throw refused(name, `says "openapi: ${words(openapi)}"; only version 3 can be imported`);
  }
  return { ...value, openapi: version };
}

function parseText(text: string, name: string): unknown {
  if (text.trim() === '') throw refused(name, 'is empty');
  if (text.includes('\0')) throw refused(name, 'is no text, neither JSON nor YAML');
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) {
    throw refused(name, 'is a web page, no OpenAPI document', {
      remedy: 'Give the address of the document itself; it ends in .json or .yaml most of the time.',
    });
  }
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      // YAML may begin with a brace as well; what is neither is told as JSON, which it looks like.
      const read = parseYaml(text);
      if (read.problem === null) return read.value;
      throw refused(name, `is not valid JSON: ${reason(cause)}`, { cause });
    }
  }
  const read = parseYaml(text);
  if (read.problem !== null) throw refused(name, `is neither JSON nor valid YAML: ${read.problem}`);
  return read.value;
}

function parseYaml(text: string): { value: unknown; problem: string | null } {
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent', uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) return { value: null, problem: firstLine(error.message) };
  try {
    const value = document.toJS({ maxAliasCount: mostAliases }) as unknown;
    if (holdsItself(value)) return { value: null, problem: 'an alias stands inside what it is an alias of' };
    return { value, problem: null };
  } catch (cause) {
    return { value: null, problem: reason(cause) };
  }
}

/** Through a YAML alias a value can lie in itself; whoever walks it would never arrive. */
function holdsItself(value: unknown): boolean {
  const around = new Set<object>();
  const done = new Set<object>();
  const walk = (one: unknown): boolean => {
    if (typeof one !== 'object' || one === null || done.has(one)) return false;
    if (around.has(one)) return true;
    around.add(one);
    const found = Object.values(one).some(walk);
    around.delete(one);
    done.add(one);
    return found;
  };
  return walk(value);
}

function whatElse(value: JsonObject): string {
  if (value['asyncapi'] !== undefined) return 'it is an AsyncAPI document';
  if (isObject(value['info']) && Array.isArray(value['item'])) return 'it is a Postman collection';
  if (isObject(value['log'])) return 'it is a HAR file';
  return 'it has no "openapi" field';
}

function refused(name: string, what: string, options: { remedy?: string; cause?: unknown } = {}): AppError {
  return new AppError('bad_input', `${name} ${what}.`, options);
}

function words(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : typeof value;
}

function reason(error: unknown): string {
  return firstLine(error instanceof Error ? error.message : String(error));
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/[.:]+$/, '').slice(0, 200);
}
