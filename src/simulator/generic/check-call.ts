import type { Contract, Fields, Shape } from '../../shared/highlevel/operations/shapes/index.ts';
import type { Incoming } from '../http/messages.ts';
import { parseForm } from '../http/parse-body.ts';
import { refuse } from '../http/refusal.ts';
import { checkFields, checkValue, isRecord } from './check-value.ts';
import { read } from './shape-reader.ts';

/** A call's fields in the types its contract declares. */
export interface CheckedCall {
  readonly query: Readonly<Record<string, unknown>>;
  /** Fields of an object; empty for a list, and where there is no body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One object, since shapes are remembered by identity. */
const NONE: Fields = {};

/** @throws Refusal 422 with one message per broken rule, or 400 for a body that cannot be read */
export function checkCall(
  contract: Contract,
  request: Incoming,
  params: ReadonlyMap<string, string>,
): CheckedCall {
  const query = toDeclaredTypes(contract.query ?? NONE, request.query);
  const messages = [
    ...checkDeclared(contract.params ?? NONE, toDeclaredTypes(contract.params ?? NONE, [...params]), true),
    ...checkDeclared(contract.query ?? NONE, query, false),
  ];
  const body = contract.body === undefined ? undefined : readBody(request);
  if (contract.body !== undefined) messages.push(...checkBody(contract.body, body));
  if (messages.length > 0) throw refuse(422, messages);
  return { query, body: isRecord(body) ? body : {} };
}

function checkDeclared(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  othersToo: boolean,
): string[] {
  const rules = read(fields);
  return rules.kind === 'object' ? checkFields(rules.fields, othersToo ? 'any' : null, values, '') : [];
}

/** Text of a path or query as numbers, booleans and lists where those are declared. What does not fit stays text. */
function toDeclaredTypes(fields: Fields, given: Iterable<[string, string]>): Record<string, unknown> {
  const rules = read(fields);
  const declared = new Map(
    rules.kind === 'object' ? rules.fields.map((field) => [field.name, field.shape]) : [],
  );
  const values: Record<string, unknown> = {};
  for (const [sent, text] of given) {
    const bracket = sent.indexOf('[');
    const name = declared.has(sent) || bracket === -1 ? sent : sent.slice(0, bracket);
    const shape = declared.get(name);
    if (shape === undefined) values[name] = text;
    else if (read(shape).kind === 'list') values[name] = [...toList(values[name]), ...text.split(',')];
    // Objects and choices have no agreed form in a query: what is there is taken.
    else values[name] = toDeclaredType(shape, text);
  }
  return values;
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function toDeclaredType(shape: Shape, text: string): unknown {
  const rules = read(shape);
  if (rules.kind === 'object') return toObject(text);
  if (rules.kind === 'choice') {
    const values = rules.choices.map((choice) => toDeclaredType(choice, text));
    return values.find((value) => checkValue(shape, value, '').length === 0) ?? text;
  }
  if (rules.kind === 'list') return text.split(',');
  if (rules.kind !== 'value' || text === '') return text;
  if (rules.type === 'number' || rules.type === 'integer') {
    return Number.isNaN(Number(text)) ? text : Number(text);
  }
  if (rules.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function toObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function readBody(request: Incoming): unknown {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return parseForm(request.body);
  if (type === 'multipart/form-data') return undefined;
  if (request.body.length === 0) return undefined;
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch (error) {
    throw refuse(400, error instanceof SyntaxError ? error.message : 'Unexpected body');
  }
}

function checkBody({ type, shape }: NonNullable<Contract['body']>, body: unknown): string[] {
  // The parts of a form with files are taken as they come.
  if (type === 'multipart/form-data') return [];
  const rules = read(shape);
  if (rules.kind === 'object') {
    if (body !== undefined && !isRecord(body)) throw refuse(400, 'The body must be a JSON object');
    return checkFields(rules.fields, rules.others, body ?? {}, '');
  }
  if (rules.kind === 'value' && rules.type === 'any') return [];
  return body === undefined ? ['body should not be empty'] : checkValue(shape, body, 'body');
}
