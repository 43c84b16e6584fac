/** The text of an exchange that search looks through. */
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import { headerValue } from '../../../shared/highlevel/headers.ts';

/** Of each body, this much is searched: 256 KiB. */
export const SEARCHED_BODY_BYTES = 256 * 1024;

export type SearchableBody = { readonly headers: HeaderPairs; readonly bytes: Uint8Array };

const decoder = new TextDecoder('utf-8');

/**
 * Method, URL, note, headers and body texts. Secrets are not in here, since they were cut out before the exchange was stored.
 * Bodies that are compressed or hold NUL bytes are left out: their bytes are no text.
 */
export function searchText(
  method: string,
  url: string,
  messages: readonly SearchableBody[],
  note: string | null,
): string {
  const parts = [`${method} ${url}`, ...(note === null ? [] : [note])];
  for (const { headers, bytes } of messages) {
    for (const [name, value] of headers) parts.push(`${name}: ${value}`);
    const encoding = headerValue(headers, 'content-encoding');
    if (bytes.length === 0 || bytes.includes(0)) continue;
    if (encoding !== null && encoding !== '' && encoding.toLowerCase() !== 'identity') continue;
    parts.push(decoder.decode(bytes.subarray(0, SEARCHED_BODY_BYTES)));
  }
  // A term of one or two characters is found as the beginning of a trigram, also at the very end.
  return `${parts.join('\n')}\n\n`;
}
