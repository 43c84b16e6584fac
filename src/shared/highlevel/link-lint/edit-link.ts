import { parseQuery } from '../url-parts.ts';

/** What to change in a link. */
export type LinkEdit = {
  /** Scheme and host: `https://marketplace.gohighlevel.com`. */
  readonly base?: string;
  readonly path?: string;
  /** Parameters by name; of a repeated one the first is set and the others go. */
  readonly set?: Readonly<Record<string, string>>;
  readonly drop?: readonly string[];
};

/** Changes what is named in a link and leaves every other byte of it as it was. Blanks are encoded as `%20`. */
export function editLink(link: string, edit: LinkEdit): string {
  const [, base = '', path = '', query = '', fragment = ''] =
    /^([a-z]+:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(link.trim()) ?? [];
  const gone = new Set(edit.drop);
  const waiting = new Map(Object.entries(edit.set ?? {}));
  const pairs: string[] = [];
  for (const pair of query.slice(1).split('&')) {
    const name = parseQuery(pair)[0]?.[0];
    if (name === undefined || gone.has(name)) continue;
    const value = edit.set?.[name];
    if (value === undefined) pairs.push(pair);
    else if (waiting.delete(name)) pairs.push(`${name}=${encodeURIComponent(value)}`);
  }
  for (const [name, value] of waiting) pairs.push(`${name}=${encodeURIComponent(value)}`);
  const changedQuery = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return `${edit.base ?? base}${edit.path ?? path}${changedQuery}${fragment}`;
}
