/** The parts of an absolute http(s) URL. */
export type UrlParts = {
  scheme: 'http' | 'https';
  /** User name and password, which no HighLevel URL may carry. */
  credentials: string | null;
  /** Lower case, without port. */
  hostname: string;
  /** Lower case, with port where one is given. */
  host: string;
  path: string;
  /** Decoded parameters in order; `+` and `%20` are both a blank. */
  query: readonly (readonly [string, string])[];
  fragment: string | null;
};

/** Splits an absolute http(s) URL; null when the text is not one. */
export function parseUrl(url: string): UrlParts | null {
  const match =
    /^(https?):\/\/(?:([^/?#@]*)@)?(\[[\da-f:.]+\]|[^/?#@:\s]+)(:\d{1,5})?(\/[^?#\s]*)?(\?[^#\s]*)?(#\S*)?$/i.exec(
      url.trim(),
    );
  if (match === null) return null;
  const [, scheme = '', credentials, hostname = '', port = '', path = '/', query = '', fragment] = match;
  return {
    scheme: scheme.toLowerCase() === 'https' ? 'https' : 'http',
    credentials: credentials ?? null,
    hostname: hostname.toLowerCase(),
    host: (hostname + port).toLowerCase(),
    path,
    query: parseQuery(query.slice(1)),
    fragment: fragment?.slice(1) ?? null,
  };
}

/** Decodes a query string the way forms encode it. What is no valid escape is kept as it stands. */
export function parseQuery(query: string): (readonly [string, string])[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

/** Encodes a query string with `%20` for blanks, which every reader takes for a blank. */
export function formatQuery(query: readonly (readonly [string, string])[]): string {
  return query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

function decode(text: string): string {
  const blanks = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(blanks);
  } catch {
    return blanks;
  }
}
