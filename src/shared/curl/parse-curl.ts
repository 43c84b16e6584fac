/** A cURL command as the request it sends. */
import { parseQuery } from '../highlevel/url-parts.ts';
import type { BodyKind } from '../model/request.ts';
import { shellWords } from './shell-words.ts';

type NameValue = { readonly name: string; readonly value: string };

export type CurlRequest = {
  readonly method: string;
  /** Without its query. */
  readonly url: string;
  readonly query: readonly NameValue[];
  /** Without those that the companion sets by itself, Authorization before all. */
  readonly headers: readonly NameValue[];
  readonly bodyKind: BodyKind;
  readonly body: string;
  readonly parts: readonly NameValue[];
  /** What of the command is not in here, in words. */
  readonly leftOut: readonly string[];
};

/** Options that take a value; of the long ones both spellings. */
const withValue: Readonly<Record<string, string>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-raw': 'data',
  '--data-ascii': 'data',
  '--data-binary': 'data',
  '--json': 'json',
  '--data-urlencode': 'encoded',
  '-F': 'part',
  '--form': 'part',
  '--form-string': 'plain part',
  '--url': 'url',
  '-u': 'secret',
  '--user': 'secret',
  '-b': 'secret',
  '--cookie': 'secret',
  '--oauth2-bearer': 'secret',
  '-A': 'other',
  '--user-agent': 'other',
  '-e': 'other',
  '--referer': 'other',
  '-o': 'other',
  '--output': 'other',
  '-m': 'other',
  '--max-time': 'other',
  '--connect-timeout': 'other',
  '--retry': 'other',
  '-x': 'other',
  '--proxy': 'other',
  '-w': 'other',
  '--write-out': 'other',
};

/** Chosen by the companion: the token of the request, and what goes with the connection. */
const ownHeaders = new Set([
  'authorization',
  'cookie',
  'host',
  'content-length',
  'accept',
  'user-agent',
  'connection',
]);

/** @throws Error in one sentence where the text is no cURL command */
export function parseCurl(command: string): CurlRequest {
  const words = shellWords(command.trim());
  if (words === null) throw new Error('A quote in the command is never closed.');
  const [program, ...rest] = words;
  if (program === undefined || !/(^|\/)curl(\.exe)?$/.test(program)) {
    throw new Error('This is no cURL command: it must begin with "curl".');
  }
  const given = sorted(rest);
  const of = (kind: string): string[] => given.filter((one) => one.kind === kind).map(({ value }) => value);
  const address = of('url')[0];
  if (address === undefined) throw new Error('The command has no address.');
  const [url = '', search = ''] = (address.split('#')[0] ?? '').split(/\?(.*)/s);
  const headers = of('header').map(headerOf);
  const asQuery = of('get').length > 0;
  const data = [...of('data'), ...of('json'), ...of('encoded').map(encoded)];
  const parts = given.filter(({ kind }) => kind === 'part' || kind === 'plain part').map(partOf);
  const body = bodyOf(data, parts, headers, of('json').length > 0);
  const queryText = asQuery ? [search, ...data].filter((one) => one !== '').join('&') : search;
  return {
    method: (of('method')[0] ?? (!asQuery && body.bodyKind !== 'none' ? 'POST' : 'GET')).toUpperCase(),
    url,
    query: pairs(queryText),
    headers: headers.filter(({ name }) => !isOwn(name, body.bodyKind)),
    ...(asQuery ? { bodyKind: 'none', body: '', parts: [] } : body),
    leftOut: leftOut(of('secret').length > 0, headers, of('part'), of('data')),
  };
}

type Given = { readonly kind: string; readonly value: string };

function sorted(words: readonly string[]): Given[] {
  const given: Given[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [name = '', joined] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    const short = /^-[XHdFub]./.test(word) ? word.slice(0, 2) : null;
    if (short !== null) given.push({ kind: withValue[short] ?? 'other', value: word.slice(2) });
    else if (withValue[name] !== undefined) {
      if (joined === undefined) at += 1;
      given.push({ kind: withValue[name], value: joined ?? words[at] ?? '' });
    } else if (word === '-G' || word === '--get') given.push({ kind: 'get', value: '' });
    else if (!word.startsWith('-')) given.push({ kind: 'url', value: word });
  }
  return given;
}

function bodyOf(
  data: readonly string[],
  parts: readonly NameValue[],
  headers: readonly NameValue[],
  isJson: boolean,
): Pick<CurlRequest, 'bodyKind' | 'body' | 'parts'> {
  if (parts.length > 0) return { bodyKind: 'multipart', body: '', parts };
  if (data.length === 0) return { bodyKind: 'none', body: '', parts: [] };
  const text = data.join(isJson ? '' : '&');
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  // cURL calls everything a form for which no type is given.
  const isForm = /urlencoded/i.test(type) || (type === '' && !isJson && !/^\s*[[{]/.test(text));
  return isForm
    ? { bodyKind: 'form', body: '', parts: pairs(text) }
    : { bodyKind: 'json', body: text, parts: [] };
}

function isOwn(name: string, kind: BodyKind): boolean {
  const lower = name.toLowerCase();
  return ownHeaders.has(lower) || (lower === 'content-type' && kind !== 'binary');
}

function leftOut(
  secret: boolean,
  headers: readonly NameValue[],
  parts: readonly string[],
  data: readonly string[],
): string[] {
  const hasToken = secret || headers.some(({ name }) => /^(authorization|cookie)$/i.test(name));
  const hasFile = parts.some((part) => /^[^=]*=[@<]/.test(part)) || data.some((one) => one.startsWith('@'));
  return [
    ...(hasToken ? ['Its token was left out: the companion chooses one of its own.'] : []),
    ...(hasFile ? ['Its files are to be chosen again.'] : []),
  ];
}

function headerOf(text: string): NameValue {
  const [name = '', value = ''] = text.split(/:(.*)/s);
  return { name: name.trim(), value: value.trim() };
}

/** Of a file its name alone: what it holds is not in the command. */
function partOf({ kind, value: text }: Given): NameValue {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  return { name, value: kind === 'part' && /^[@<]/.test(value) ? '' : value };
}

function encoded(text: string): string {
  const [name = '', value] = text.split(/=(.*)/s);
  return value === undefined ? encodeURIComponent(name) : `${name}=${encodeURIComponent(value)}`;
}

function pairs(text: string): NameValue[] {
  return parseQuery(text).map(([name, value]) => ({ name, value }));
}
