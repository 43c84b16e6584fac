/** The address an exchange was sent to, with its host. */
import { headerValue } from '../../../shared/highlevel/headers.ts';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';

const onThisMachine = /^(localhost|127\.|\[::1\])/i;

/**
 * Of what came in only the target is stored: host and scheme are those that the sender used, as far as the headers tell.
 */
export function fullUrl({ url, requestHeaders }: Pick<ExchangeDetail, 'url' | 'requestHeaders'>): string {
  if (/^https?:\/\//i.test(url)) return url;
  const host = headerValue(requestHeaders, 'host') ?? 'localhost';
  const told = headerValue(requestHeaders, 'x-forwarded-proto');
  const scheme = told === 'http' || told === 'https' ? told : onThisMachine.test(host) ? 'http' : 'https';
  return `${scheme}://${host}${url.startsWith('/') ? url : `/${url}`}`;
}
