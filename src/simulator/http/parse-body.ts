import type { Incoming } from './messages.ts';
import { refuse } from './refusal.ts';

/** The fields of a JSON or form body. A form field sent several times becomes an array; no body is no fields. */
export function parseBody(request: Incoming): Record<string, unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return parseForm(request.body);
  if (type === 'application/json') return parseJson(request.body);
  return {};
}

/** The fields of a body that may be anything: none where it is no object, or cannot be read. */
export function peekBody(request: Incoming): Record<string, unknown> {
  try {
    return parseBody(request);
  } catch {
    return {};
  }
}

export function parseForm(body: Buffer): Record<string, unknown> {
  const form = new URLSearchParams(body.toString('utf8'));
  const fields: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    fields[name] = values.length === 1 ? values[0] : values;
  }
  return fields;
}

function parseJson(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw refuse(400, error instanceof SyntaxError ? error.message : 'Unexpected body');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(400, 'The body must be a JSON object');
  }
  return { ...value };
}
