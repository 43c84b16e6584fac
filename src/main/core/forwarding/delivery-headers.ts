/** A webhook's headers as they go on to the developer's server. */
import type { HeaderPairs } from '../../../shared/model/exchange.ts';

/**
 * Meant for one connection only (RFC 9110 §7.6.1), so not for the next. `Expect` was answered by the companion.
 * `Transfer-Encoding` is about one connection too, but goes on: the body is chunked again, and the developer's server
 * sees what HighLevel's request looked like.
 */
const ONE_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/**
 * The same headers in the same order, spelling and number, but for those of one connection and for two that name what
 * has changed: `Host` (the target's) and `Content-Length` (the body's), each in its old place.
 */
export function deliveryHeaders(pairs: HeaderPairs, host: string, bodyBytes: number): HeaderPairs {
  const named = new Set(
    pairs
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.split(',').map((each) => each.trim().toLowerCase())),
  );
  named.delete('transfer-encoding');
  named.delete('content-length');
  named.delete('host');
  const sent: HeaderPairs = [];
  let hasHost = false;
  let hasFraming = false;
  for (const [name, value] of pairs) {
    const lower = name.toLowerCase();
    if (ONE_HOP.has(lower) || named.has(lower)) continue;
    if (lower === 'host') {
      if (!hasHost) sent.push([name, host]);
      hasHost = true;
    } else if (lower === 'content-length' || lower === 'transfer-encoding') {
      if (!hasFraming) sent.push([name, lower === 'content-length' ? String(bodyBytes) : value]);
      hasFraming = true;
    } else {
      sent.push([name, value]);
    }
  }
  if (!hasHost) sent.unshift(['Host', host]);
  if (!hasFraming && bodyBytes > 0) sent.push(['Content-Length', String(bodyBytes)]);
  return sent;
}

/** The target's address with the query the webhook came with added to its own. */
export function deliveryUrl(target: URL, requestTarget: string): URL {
  const mark = requestTarget.indexOf('?');
  const url = new URL(target);
  if (mark === -1) return url;
  const query = requestTarget.slice(mark + 1);
  url.search = url.search === '' ? query : `${url.search}&${query}`;
  return url;
}
