/** HAR 1.2: requests that were not sent have no answer, which the format writes as a status of 0. */
import { addressOf, contentTypeOf, formText, headersOf, switchedOn } from './as-sent.ts';
import type { ExportedRequest, ExportedSet } from './types.ts';

/** @param version of the companion @param now ms since the epoch */
export function toHar({ entries }: ExportedSet, version: string, now: number): string {
  const requests = entries.filter((entry) => entry.kind === 'request');
  const startedDateTime = new Date(now).toISOString();
  const log = {
    version: '1.2',
    creator: { name: 'HighLevel Companion', version },
    pages: [],
    entries: requests.map((entry) => ({
      startedDateTime,
      time: 0,
      request: requestOf(entry),
      response: {
        status: 0,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [],
        content: { size: 0, mimeType: '' },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { send: 0, wait: 0, receive: 0 },
      // Fields of our own begin with an underscore, as the format asks.
      _saved: { folder: entry.folder, name: entry.name, request: entry.request },
    })),
  };
  return `${JSON.stringify({ log }, null, 1)}\n`;
}

function requestOf(entry: ExportedRequest) {
  const { request } = entry;
  const type = contentTypeOf(entry);
  const headers = [...headersOf(entry), ...(type === null ? [] : [{ name: 'Content-Type', value: type }])];
  return {
    method: request.method,
    url: addressOf(request),
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers,
    queryString: switchedOn(request.query).map(({ name, value }) => ({ name, value })),
    headersSize: -1,
    bodySize: -1,
    ...postData(entry, type ?? headers.find(({ name }) => /^content-type$/i.test(name))?.value ?? ''),
  };
}

function postData({ request }: ExportedRequest, mimeType: string) {
  const { bodyKind, body, parts } = request;
  if (bodyKind === 'form') return { postData: { mimeType, text: formText(parts), params: [] } };
  if (bodyKind === 'multipart') {
    const params = switchedOn(parts).map(({ name, value, file }) =>
      file === null ? { name, value } : { name, fileName: file.name, contentType: file.type },
    );
    return { postData: { mimeType, text: '', params } };
  }
  if ((bodyKind !== 'json' && bodyKind !== null) || body === null) return {};
  return { postData: { mimeType, text: body, params: [] } };
}
