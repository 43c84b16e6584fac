/** An exchange as an entry of a HAR 1.2 log (W3C Web Performance: HTTP Archive format). */
import { STATUS_CODES } from 'node:http';
import { headerValue } from '../../../../shared/highlevel/headers.ts';
import type { ExchangeDetail, HeaderPairs } from '../../../../shared/model/exchange.ts';
import { decodeContent } from '../../requests/decode-content.ts';
import { contentOf, textOf } from '../body-text.ts';
import { fullUrl } from '../full-url.ts';
import { factsOf } from '../record.ts';
import type { WholeExchange } from '../types.ts';

const named = (pairs: Iterable<readonly [string, string]>) =>
  [...pairs].map(([name, value]) => ({ name, value }));

/** Fields of our own begin with an underscore, as the format asks. */
export async function harEntry(exchange: WholeExchange) {
  const { detail } = exchange;
  return {
    startedDateTime: new Date(detail.receivedAt).toISOString(),
    ...harTimes(detail),
    request: harRequest(exchange),
    response: await harResponse(exchange),
    cache: {},
    ...(detail.remoteAddress === null ? {} : { serverIPAddress: detail.remoteAddress }),
    ...(detail.error === null ? {} : { comment: detail.error }),
    _companion: factsOf(detail),
  };
}

function harRequest({ detail, requestBody }: WholeExchange) {
  const url = fullUrl(detail);
  return {
    method: detail.method,
    url,
    httpVersion: httpVersion(detail),
    // Cookies are cut out of the headers before anything is stored.
    cookies: [],
    headers: named(detail.requestHeaders),
    queryString: URL.canParse(url) ? named(new URL(url).searchParams) : [],
    headersSize: -1,
    bodySize: requestBody.length,
    ...(requestBody.length === 0 ? {} : { postData: postData(requestBody, detail.requestHeaders) }),
  };
}

/** The format knows no binary request body; other tools leave such a body out. */
function postData(bytes: Uint8Array, headers: HeaderPairs) {
  const content = contentOf(bytes);
  return {
    mimeType: headerValue(headers, 'content-type') ?? '',
    params: [],
    ...('text' in content ? content : { text: content.base64, _encoding: 'base64' }),
  };
}

async function harResponse({ detail, responseBody }: WholeExchange) {
  const headers = detail.responseHeaders ?? [];
  const status = detail.status ?? 0;
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion: httpVersion(detail),
    cookies: [],
    headers: named(headers),
    content: await harContent(responseBody ?? new Uint8Array(0), headers),
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: responseBody?.length ?? -1,
  };
}

/** The body as read, decompressed; as it came on the wire beside it where that is not the same. */
async function harContent(bytes: Uint8Array, headers: HeaderPairs) {
  const decoded = (await decodeContent(bytes, headerValue(headers, 'content-encoding'))) ?? bytes;
  const text = textOf(decoded);
  return {
    size: decoded.length,
    ...(decoded === bytes ? {} : { compression: decoded.length - bytes.length }),
    mimeType: headerValue(headers, 'content-type') ?? '',
    ...(text === null ? { text: Buffer.from(decoded).toString('base64'), encoding: 'base64' } : { text }),
    ...(decoded === bytes ? {} : { _wire: Buffer.from(bytes).toString('base64') }),
  };
}

const httpVersion = ({ httpVersion: version }: ExchangeDetail): string =>
  version === null ? 'HTTP/1.1' : `HTTP/${version}`;

/** -1 stands for a phase that did not take place or was not measured; `connect` includes `ssl`, `time` is their sum. */
function harTimes({ timings, durationMs }: ExchangeDetail) {
  const total = timings?.total ?? durationMs ?? 0;
  const dns = timings?.dns ?? -1;
  const ssl = timings?.tls ?? -1;
  const connect =
    timings?.connect === undefined || timings.connect === null ? -1 : timings.connect + Math.max(0, ssl);
  const receive = timings?.receive ?? 0;
  const others = Math.max(0, dns) + Math.max(0, connect) + receive;
  const wait = timings?.wait ?? Math.max(0, total - others);
  const blocked = Math.max(0, total - others - wait);
  return {
    time: others + wait + blocked,
    timings: { blocked, dns, connect, ssl, send: 0, wait, receive },
  };
}
