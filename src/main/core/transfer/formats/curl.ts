/** Requests as `curl` commands for POSIX shells. */
import { headerValue } from '../../../../shared/highlevel/headers.ts';
import type { HeaderPairs } from '../../../../shared/model/exchange.ts';
import { placeholder } from '../../vault/redaction/cuts.ts';
import { textOf } from '../body-text.ts';
import { fullUrl } from '../full-url.ts';
import type { WholeExchange } from '../types.ts';
import type { Format } from './format.ts';

/** One argument of a command holds 128 KiB on Linux; a longer body goes through a pipe. */
const MOST_ARGUMENT = 100_000;

/** What curl adds unless it is told not to. */
const addedByCurl = ['User-Agent', 'Accept'];

/** The name that `hlc token --env` writes a token under. */
export const tokenVariable = 'HIGHLEVEL_ACCESS_TOKEN';

export const curlFormat: Format = {
  begin: () => '#!/bin/sh\n',
  entry: (exchange) => `\n${titleOf(exchange)}${curlCommand(exchange)}\n`,
  end: () => '',
};

function titleOf({ detail }: WholeExchange): string {
  const parts = [
    new Date(detail.receivedAt).toISOString(),
    detail.purpose,
    ...(detail.event?.type ? [detail.event.type] : []),
    ...(detail.status === null ? [] : [`answered ${detail.status}`]),
  ];
  return `# ${parts.join(' · ').replaceAll(/[\r\n]/g, ' ')}\n`;
}

/**
 * The request as it was sent: headers in their order with their spelling, the body byte for byte. `Host` is left to the
 * URL and `Content-Length` to the body where these say the same. A bearer token, which was never stored, is read from the
 * environment variable that `hlc token --env` writes.
 */
export function curlCommand({ detail, requestBody }: WholeExchange): string {
  const url = fullUrl(detail);
  const headers = sentHeaders(detail.requestHeaders, url);
  const method = detail.method === 'HEAD' ? ['--head'] : [`--request ${quoted(detail.method)}`];
  const body = bodyOf(requestBody);
  const suppressed = [...addedByCurl, ...(requestBody.length === 0 ? [] : ['Content-Type', 'Expect'])].filter(
    (name) => headerValue(headers, name) === null,
  );
  const lines = [
    `${body.before}curl --globoff --path-as-is ${method.join(' ')} ${quoted(url)}`,
    ...headers.map(headerOption),
    ...suppressed.map((name) => `--header ${quoted(`${name}:`)}`),
    ...body.options,
  ];
  return lines.join(' \\\n  ');
}

/** Pseudo headers of HTTP/2 are no headers. */
function sentHeaders(headers: HeaderPairs, url: string): HeaderPairs {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return headers.filter(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower.startsWith(':') || lower === 'content-length') return false;
    return lower !== 'host' || value.toLowerCase() !== host;
  });
}

function headerOption([name, value]: HeaderPairs[number]): string {
  if (value === '') return `--header ${quoted(`${name};`)}`;
  const bearer = /^bearer\s+/i.exec(value)?.[0];
  if (bearer !== undefined && value === bearer + placeholder)
    return `--header ${quoted(`${name}: ${bearer}`)}"$${tokenVariable}"`;
  return `--header ${quoted(`${name}: ${value}`)}`;
}

/** `printf` is part of the shell, so that its argument may be of any length. */
function bodyOf(bytes: Uint8Array): { before: string; options: readonly string[] } {
  if (bytes.length === 0) return { before: '', options: [] };
  const text = bytes.includes(0) || bytes.length > MOST_ARGUMENT ? null : textOf(bytes);
  // Not --data-binary: of that one a first "@" would be the name of a file.
  if (text !== null) return { before: '', options: [`--data-raw ${quoted(text)}`] };
  const base64 = Buffer.from(bytes).toString('base64');
  return { before: `printf '%s' '${base64}' | base64 --decode | `, options: ['--data-binary @-'] };
}

/** For the shell: as it stands, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
