/** The bodies that go wrong where somebody parses and writes again. */
import { gzipSync } from 'node:zlib';
import type { HeaderPairs } from '../../src/shared/model/exchange.ts';
import type { ExchangeCapture } from '../../src/main/core/exchanges/types.ts';
import { webhook } from '../exchanges/support.ts';

export type Case = { readonly name: string; readonly capture: ExchangeCapture };

const one = (name: string, body: Uint8Array | string, headers: HeaderPairs): Case => ({
  name,
  capture: webhook(Buffer.from(body as Uint8Array), {
    url: `/webhooks?case=${encodeURIComponent(name)}`,
    requestHeaders: [['Host', 'localhost:4400'], ...headers],
  }),
});

const json: HeaderPairs = [['Content-Type', 'application/json']];

export const cases: readonly Case[] = [
  one('array', '[1, {"a" : "b"} ,null]', json),
  one('form', "a=1&b=%20x+y&quote='&a=2", [['Content-Type', 'application/x-www-form-urlencoded']]),
  one('text', '@it\'s $HOME `id` \\n "quoted"\r\nsecond line – ü\n', [
    ['Content-Type', 'text/plain; charset=utf-8'],
  ]),
  one(
    'binary',
    Uint8Array.from({ length: 512 }, (_value, index) => index % 256),
    [['Content-Type', 'application/octet-stream']],
  ),
  one('vendor json', '{"type":"x" , "n":1.0}', [['Content-Type', 'application/vnd.acme.v2+json']]),
  one('5 MB', Buffer.alloc(5_000_000, '{"k":"0123456789"},'), json),
  one('empty', '', []),
  one('duplicate headers', '{}', [...json, ['X-Twice', 'one'], ['X-Other', ''], ['X-Twice', 'two']]),
  one('odd casing', '{}', [
    ['cOnTeNt-TyPe', 'application/json'],
    ['x-UPPER', 'Value'],
  ]),
  one('chunked', '{"chunked":true}', [...json, ['Transfer-Encoding', 'chunked']]),
  one('gzip', gzipSync('{"zipped":true}'), [...json, ['Content-Encoding', 'gzip']]),
  one('big integers', '{"id":9007199254740993123,"f":1e400,"z":-0.10}', json),
];
