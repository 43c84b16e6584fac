/** Log fields made plain: JSON, errors with their causes, secrets left out by name and, where a redactor is given, by value. */

/** Fields of these names are never written, whoever logged them. */
const secretField = /secret|token$|passphrase|password|authorization|cookie|^code$/i;
const placeholder = '********';
const deepest = 5;

/** @param redact applied to every string, keys aside. @returns a value that `JSON.stringify` takes as it is */
export function plainFields(
  fields: Readonly<Record<string, unknown>>,
  redact: (text: string) => string = (text) => text,
): Record<string, unknown> {
  function plain(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return redact(value);
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
    if (depth > deepest) return '…';
    if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
    if (value instanceof Error) return entries(errorFields(value), depth);
    if (typeof value === 'object') return entries(value, depth);
    return typeof value === 'bigint' ? value.toString() : `(${typeof value})`;
  }

  function entries(record: object, depth: number): Record<string, unknown> {
    const kept = Object.entries(record).filter(([, value]) => value !== undefined);
    return Object.fromEntries(
      kept.map(([key, value]) => [
        key,
        // A code in words is a refusal's, not an authorization code.
        secretField.test(key) && !isErrorCode(key, value) ? placeholder : plain(value, depth + 1),
      ]),
    );
  }

  return entries(fields, 0);
}

const isErrorCode = (key: string, value: unknown): boolean =>
  key === 'code' && typeof value === 'string' && /^([a-z]+(_[a-z]+)*|[A-Z][A-Z_]+)$/.test(value);

function errorFields(error: Error): object {
  const code: unknown = Reflect.get(error, 'code');
  return { name: error.name, message: error.message, code, stack: error.stack, cause: error.cause };
}
