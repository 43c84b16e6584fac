/** Requests of which not a byte may change on the way. */
import { gzipSync } from 'node:zlib';

export type FidelityCase = {
  readonly name: string;
  readonly method: string;
  /** As written, `Host` among them. */
  readonly headers: readonly string[];
  /** Without chunk framing. */
  readonly body: Buffer;
  request(path: string): Buffer;
};

function fidelityCase(
  name: string,
  headers: readonly string[],
  body: Buffer,
  { method = 'POST', framed = body }: { method?: string; framed?: Buffer } = {},
): FidelityCase {
  return {
    name,
    method,
    headers,
    body,
    request: (path) =>
      Buffer.concat([
        Buffer.from(`${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1'),
        framed,
      ]),
  };
}

function sized(name: string, body: Buffer, headers: readonly string[], method = 'POST'): FidelityCase {
  const all = ['Host: hooks.example.com', ...headers, `Content-Length: ${body.length}`];
  return fidelityCase(name, all, body, { method });
}

const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const binary = Buffer.from(Array.from({ length: 1024 }, (_, index) => (index * 7) % 256));
const json = 'Content-Type: application/json';

export const fidelityCases: readonly FidelityCase[] = [
  sized('array', Buffer.from('[ {"id" : 1} ,\n {"id":2} ]'), [json]),
  sized('form', Buffer.from('a=1&b=two+words&a=%C3%A9'), ['Content-Type: application/x-www-form-urlencoded']),
  sized('text', Buffer.from('grüß\r\nline two\n'), ['Content-Type: text/plain; charset=utf-8'], 'PUT'),
  sized('binary', binary, ['Content-Type: application/octet-stream'], 'PATCH'),
  sized('vendor json', Buffer.from('{"data":{"type":"x"}}'), ['content-type: application/vnd.api+json']),
  sized('5 MB', Buffer.alloc(5_000_000, 'abcdefghij'), [json]),
  sized('empty', Buffer.alloc(0), ['Accept: */*'], 'DELETE'),
  sized('duplicate headers', Buffer.from('{}'), [
    'X-Tag: one',
    json,
    'X-Tag: two',
    'x-tag: three',
    'Cookie: a=b',
  ]),
  sized('odd casing', Buffer.from('{}'), [
    'cOnTeNt-TyPe: application/json',
    'X-gHl-SiGnAtUrE: N/A',
    'ETag: Ü',
  ]),
  fidelityCase(
    'chunked',
    ['Host: hooks.example.com', json, 'Transfer-Encoding: chunked', 'X-After: yes'],
    Buffer.from('{"first":1,"second":2}'),
    { framed: Buffer.from(`${chunk('{"first":1')}${chunk(',"second":2}')}0\r\n\r\n`) },
  ),
  sized('gzip', gzipSync('{"type":"ContactCreate"}'), [json, 'Content-Encoding: gzip']),
  sized('big integers', Buffer.from('{"id":12345678901234567890,"x":1.0e+2,"x":-0,"s":"\\u00e9"}'), [json]),
];
