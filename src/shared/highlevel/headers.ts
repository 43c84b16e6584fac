/** Headers as a fetch-like `Headers`, as Node's record, or as raw pairs in the order they came. */
export type HeaderSource =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Every value of a header, in order; names are compared without regard to case. */
export function headerValues(headers: HeaderSource, name: string): string[] {
  const wanted = name.toLowerCase();
  const pairs = isPairs(headers) ? [...headers] : Object.entries(headers);
  return pairs.flatMap(([key, value]) => (key.toLowerCase() === wanted && value !== undefined ? value : []));
}

/** The first value of a header, or null. */
export function headerValue(headers: HeaderSource, name: string): string | null {
  return headerValues(headers, name)[0] ?? null;
}

function isPairs(headers: HeaderSource): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers;
}
