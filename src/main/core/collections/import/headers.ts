import type { SavedRequest } from '../../../../shared/model/collection.ts';

/** Of the connection, of the browser, or set by the companion when it sends. */
const ownHeaders = new Set(
  'accept accept-charset accept-encoding accept-language cache-control connection content-length dnt host origin pragma postman-token priority referer te transfer-encoding upgrade-insecure-requests user-agent'.split(
    ' ',
  ),
);
const tokenHeaders = new Set(['authorization', 'proxy-authorization', 'cookie']);

export type Headers = {
  readonly headers: SavedRequest['headers'];
  /** Whether a token was among them. */
  readonly hadToken: boolean;
};

/**
 * Those that say something of the request itself.
 *
 * @param version that the companion sends by itself
 * @param ownType whether the kind of the body says its type
 */
export function keptHeaders(
  given: SavedRequest['headers'],
  { version, ownType }: { readonly version: string | null; readonly ownType: boolean },
): Headers {
  const headers = given.filter(({ name, value }) => {
    const lower = name.trim().toLowerCase();
    if (lower === '' || lower.startsWith(':') || lower.startsWith('sec-')) return false;
    if (ownHeaders.has(lower) || tokenHeaders.has(lower)) return false;
    if (lower === 'version') return value.trim() !== version;
    return lower !== 'content-type' || !ownType;
  });
  return { headers, hadToken: given.some(({ name }) => tokenHeaders.has(name.trim().toLowerCase())) };
}

export const tokenLeftOut = 'Its token was left out: the companion chooses one of its own when it sends.';
