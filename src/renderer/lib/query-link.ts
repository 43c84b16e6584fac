/** A query as a link, `#/webhooks?q=…`, that opens in any window of the companion or is pasted into a search field. */
import { href, type Screen } from './route.ts';

export function queryLink(screen: Screen, query: string): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}${href(screen)}?q=${encodeURIComponent(query)}`;
}

/** The query in a link or in its fragment; null for any other text. */
export function queryOfLink(text: string): string | null {
  const encoded = /^\S*#\/[a-z]+(?:\/\S*)?\?q=(\S*)$/.exec(text.trim())?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A link that was cut off is text.
    return null;
  }
}
