/**
 * A request through HighLevel's own SDK, `@gohighlevel/api-client` 3.1.0, whose methods the table of operations was
 * read from. Facts about it, from its source: it sends the token it is given as a private integration token with
 * every call; parameters with a dash or underscore are given in camel case; `options` are those of axios, and its
 * `headers` and `params` replace what the method would send.
 */
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import { apiHost } from '../../../shared/highlevel/hosts.ts';
import { pathValuesOf } from '../../../shared/highlevel/operations/find-operation.ts';
import { appended } from './languages/script.ts';
import { scriptText, scriptValue } from './literals.ts';
import type { CodeRequest } from './types.ts';

type Written = { readonly code: string; readonly notes: string[] };
type Pair = readonly [string, string];

export function officialSdk(request: CodeRequest, operation: Operation | null): Written {
  const { url } = request;
  const version = headerOf(request, 'version');
  const call = operation?.sdk === undefined ? byPath(request) : byMethod(request, operation, operation.sdk);
  const reads = call.lines.some((line) => line.includes('readFile('));
  const lines = [
    ...(reads ? [`import { readFile } from 'node:fs/promises';`] : []),
    `import { HighLevel } from '@gohighlevel/api-client';`,
    '',
    'const highLevel = new HighLevel({',
    '  // The SDK sends any access token that stands here as it is.',
    '  privateIntegrationToken: process.env.HIGHLEVEL_TOKEN,',
    ...(version === null ? [] : [`  apiVersion: ${scriptText(version)},`]),
    '});',
    ...(url.origin === apiHost
      ? []
      : [`highLevel.getHttpClient().defaults.baseURL = ${scriptText(url.origin)};`]),
    '',
    ...call.lines,
    'console.log(answer);',
    '',
  ];
  const unknown = 'The official SDK 3.1.0 has no method for this request: its HTTP client sends it.';
  return { code: lines.join('\n'), notes: operation?.sdk === undefined ? [unknown] : [] };
}

type Call = { readonly lines: readonly string[] };

function byMethod(request: CodeRequest, operation: Operation, sdk: NonNullable<Operation['sdk']>): Call {
  const { before, value } = bodyOf(request);
  const declared = new Map(
    operation.params.filter((param) => param.in === 'query').map((param) => [param.name, param]),
  );
  const query = [...request.url.searchParams];
  // What the method does not know, or takes once only, goes past it.
  const isPast =
    query.some(([name]) => !declared.has(name)) || new Set(query.map(([name]) => name)).size < query.length;
  const params = [
    ...Object.entries(pathValuesOf(operation.path, request.url.pathname)).map(
      ([name, text]) => `${keyOf(camel(name))}: ${scriptText(text)}`,
    ),
    ...(isPast
      ? []
      : query.map(([name, text]) => `${keyOf(camel(name))}: ${typed(text, declared.get(name)?.type)}`)),
  ];
  const takesBody = sdk.takes.includes('requestBody');
  const options = optionsOf(request, isPast ? query : [], takesBody ? null : value);
  const given = sdk.takes.map((name) => (name === 'params' ? objectOf(params) : (value ?? 'undefined')));
  const args = [...given, ...(options === null ? [] : [options])].join(', ');
  return { lines: [...before, `const answer = await highLevel.${sdk.method}(${args});`] };
}

function byPath(request: CodeRequest): Call {
  const { before, value } = bodyOf(request);
  const { url, method } = request;
  const config = [
    `method: ${scriptText(method)}`,
    `url: ${scriptText(`${url.pathname}${url.search}`)}`,
    ...extraHeaders(request),
    ...(value === null ? [] : [`data: ${value}`]),
  ];
  return {
    lines: [
      ...before,
      `const { data: answer } = await highLevel.getHttpClient().request(${objectOf(config)});`,
    ],
  };
}

/** What the last argument of a method must say; null where it is not needed. */
function optionsOf(request: CodeRequest, query: readonly Pair[], data: string | null): string | null {
  const pairs = query.map(([name, value]) => `[${scriptText(name)}, ${scriptText(value)}]`).join(', ');
  const options = [
    ...extraHeaders(request),
    ...(query.length === 0 ? [] : [`params: new URLSearchParams([${pairs}])`]),
    ...(data === null ? [] : [`data: ${data}`]),
  ];
  return options.length === 0 ? null : objectOf(options);
}

/** The headers that the SDK does not set by itself. */
function extraHeaders({ headers, body }: CodeRequest): string[] {
  const own = new Set(['version', 'accept']);
  const extra = headers.filter(([name, value]) => {
    const lower = name.toLowerCase();
    return !own.has(lower) && !(lower === 'content-type' && value === 'application/json');
  });
  const accept = headers.filter(
    ([name, value]) => name.toLowerCase() === 'accept' && value !== 'application/json',
  );
  const pairs: Pair[] = [...extra, ...accept];
  // Its client calls every body JSON, and would write a form as such.
  if (body.kind === 'multipart') pairs.push(['Content-Type', 'multipart/form-data']);
  if (pairs.length === 0) return [];
  const inside = pairs.map(([name, value]) => `${keyOf(name)}: ${scriptText(value)}`);
  return [`headers: { ${inside.join(', ')} }`];
}

function bodyOf({ body, headers }: CodeRequest): {
  readonly before: string[];
  readonly value: string | null;
} {
  switch (body.kind) {
    case 'none':
      return { before: [], value: null };
    case 'file':
      return { before: [], value: `await readFile(${scriptText(body.file.name)})` };
    case 'multipart':
      return {
        before: ['const form = new FormData();', ...body.parts.map(appended), ''],
        value: 'form',
      };
    case 'text': {
      const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
      if (/urlencoded/i.test(type)) {
        const pairs = Array.from(
          new URLSearchParams(body.text),
          ([name, value]) => `[${scriptText(name)}, ${scriptText(value)}]`,
        );
        return { before: [], value: `new URLSearchParams([${pairs.join(', ')}])` };
      }
      const value = body.isJson ? scriptValue(body.text, '') : null;
      return { before: [], value: value ?? scriptText(body.text) };
    }
  }
}

/** In the type that the SDK declares, where that is sent as the same text. */
function typed(text: string, type: string | undefined): string {
  if (type === 'number' && text !== '' && String(Number(text)) === text && Number.isFinite(Number(text)))
    return text;
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text;
  return scriptText(text);
}

/** A parameter's name as the SDK takes it. */
const camel = (name: string): string =>
  name.replaceAll(/[-_](\w)/g, (_whole, letter: string) => letter.toUpperCase());

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : scriptText(name);
}

function objectOf(entries: readonly string[]): string {
  if (entries.length === 0) return '{}';
  const line = `{ ${entries.join(', ')} }`;
  if (line.length <= 80 && !line.includes('\n')) return line;
  return `{\n${entries.map((entry) => `  ${entry.replaceAll('\n', '\n  ')},\n`).join('')}}`;
}

function headerOf({ headers }: CodeRequest, wanted: string): string | null {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
}
