/** Programs written for a request are run, and what they send is compared with the request. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../../src/main/core/code/languages/index.ts';
import { officialSdk } from '../../src/main/core/code/official-sdk.ts';
import { snippet } from '../../src/main/core/code/snippet.ts';
import type { CodeRequest } from '../../src/main/core/code/types.ts';
import { findOperation } from '../../src/shared/highlevel/operations/index.ts';
import { codeLanguages, type CodeLanguage } from '../../src/shared/model/code.ts';
import { startRecorder, type Recorded, type Recorder } from './recorder.ts';

const run = promisify(execFile);
const token = 'not-in-the-code';
const fileBytes = Buffer.from([0, 255, 13, 10, 1, 65]);
const fileName = "it's one.png";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hlc-code-'));
  await writeFile(join(folder, fileName), fileBytes);
  const own = createRequire(import.meta.url);
  const client = dirname(own.resolve('@gohighlevel/api-client/package.json'));
  const axios = dirname(createRequire(join(client, 'package.json')).resolve('axios/package.json'));
  await mkdir(join(folder, 'node_modules/@gohighlevel'), { recursive: true });
  await symlink(client, join(folder, 'node_modules/@gohighlevel/api-client'));
  await symlink(axios, join(folder, 'node_modules/axios'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Characters that some language takes for something else. */
const hard = `it's "q" $HOME \\ \\n \`x\` #{1} %s {{x}} ü 😀`;
const json = JSON.stringify({
  name: `${hard}\nline`,
  n: 1.5,
  list: [true, null, {}],
  'a-b': { __proto_: 1 },
});

const kinds: Readonly<
  Record<string, { readonly method: string; readonly path: string } & Partial<CodeRequest>>
> = {
  get: {
    method: 'GET',
    path: '/contacts/?locationId=a%20b&limit=2&query=it%27s%20%22q%22%20%24HOME',
    headers: [
      ['Version', '2021-07-28'],
      ['X-Odd', `it's "q" \\ $HOME`],
    ],
  },
  json: {
    method: 'PUT',
    path: '/contacts/abc',
    headers: [
      ['Version', '2021-07-28'],
      ['Content-Type', 'application/json'],
    ],
    body: { kind: 'text', isJson: true, text: json },
  },
  'numbers that JavaScript cannot hold': {
    method: 'POST',
    path: '/contacts/',
    headers: [['Content-Type', 'application/json']],
    body: { kind: 'text', isJson: true, text: '{\n  "n": 12345678901234567890\n}' },
  },
  form: {
    method: 'POST',
    path: '/oauth/locationToken',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: { kind: 'text', isJson: false, text: 'companyId=a+b%27%26&locationId=1&locationId=2' },
  },
  multipart: {
    method: 'POST',
    path: '/medias/upload-file',
    headers: [['Version', '2021-07-28']],
    body: {
      kind: 'multipart',
      parts: [
        { name: 'file', value: '', file: { name: fileName, type: 'image/png' } },
        { name: 'name', value: hard, file: null },
      ],
    },
  },
  file: {
    method: 'POST',
    path: '/files',
    headers: [['Content-Type', 'image/png']],
    body: { kind: 'file', file: { name: fileName, type: 'image/png' } },
  },
};

function requestOf(kind: string, origin: string): CodeRequest {
  const { method = 'GET', path = '/', headers = [], body = { kind: 'none' as const } } = kinds[kind] ?? {};
  return { method, url: new URL(`${origin}${path}`), headers, hasToken: true, body };
}

async function codeOf(language: CodeLanguage, request: CodeRequest): Promise<string> {
  if (language === 'sdk')
    return officialSdk(request, findOperation(request.method, request.url.pathname)).code;
  return snippet(request, languages[language]);
}

async function runs(command: string, ...args: readonly string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

/** How the programs of a language are run: all of them in one process, since some take long to start. */
type Runner = {
  readonly there: boolean;
  readonly ends: string;
  readonly start: (files: readonly string[]) => readonly [string, ...string[]];
};

const eachImported = 'for (const file of process.argv.slice(1)) await import(file)';
const node: Runner = {
  there: true,
  ends: 'mjs',
  start: (files) => [process.execPath, '--input-type=module', '--eval', eachImported, ...files],
};
const runners: Partial<Record<CodeLanguage, Runner>> = {
  curl: {
    there: await runs('curl', '--version'),
    ends: 'sh',
    start: (files) => ['sh', '-ec', 'for file; do . "$file"; done', 'sh', ...files],
  },
  fetch: node,
  axios: node,
  sdk: node,
  python: {
    there: await runs('python3', '-c', 'import requests'),
    ends: 'py',
    start: (files) => [
      'python3',
      '-c',
      'import sys\nfor f in sys.argv[1:]: exec(open(f).read(), {})',
      ...files,
    ],
  },
  java: {
    there: await runs('java', '--version'),
    ends: 'java',
    // Before Java 18 a source is read in whatever encoding the terminal has.
    start: ([file = '']) => ['java', '-Dfile.encoding=UTF-8', file],
  },
};

type Sent = {
  readonly line: string;
  readonly query: readonly string[];
  readonly authorization: string;
  readonly headers: readonly (readonly [string, unknown])[];
  readonly body: unknown;
};

const pairsOf = (params: URLSearchParams): string[] =>
  Array.from(params, ([name, value]) => `${name}=${value}`).toSorted();

function expected({ method, url, headers, body }: CodeRequest, exact: boolean): Sent {
  return {
    line: `${method} ${url.pathname}`,
    // The SDK sends its parameters in an order of its own.
    query: pairsOf(url.searchParams),
    authorization: `Bearer ${token}`,
    headers,
    body: expectedBody(body, exact),
  };
}

function expectedBody(body: CodeRequest['body'], exact: boolean): unknown {
  switch (body.kind) {
    case 'none':
      return '';
    case 'file':
      return fileBytes.toString('base64');
    case 'text':
      return isRead(body, exact) ? (JSON.parse(body.text) as unknown) : body.text;
    case 'multipart':
      return body.parts.map(({ name, value, file }) => [
        name,
        file === null ? value : [file.name, file.type, fileBytes.toString('base64')],
      ]);
  }
}

/** Whether JSON is compared by what it says; read by JavaScript, one number would be another. */
const isRead = (
  { text, isJson }: { readonly text: string; readonly isJson: boolean },
  exact: boolean,
): boolean => isJson && !exact && !text.includes('1234567890');

async function sent(received: Recorded, { url, headers, body }: CodeRequest, exact: boolean): Promise<Sent> {
  const target = new URL(received.target, url);
  return {
    line: `${received.method} ${target.pathname}`,
    query: pairsOf(target.searchParams),
    authorization: String(received.headers['authorization']),
    headers: headers.map(([name]) => [name, received.headers[name.toLowerCase()]]),
    body: await sentBody(received, body, exact),
  };
}

async function sentBody(received: Recorded, body: CodeRequest['body'], exact: boolean): Promise<unknown> {
  const text = received.body.toString('utf8');
  if (body.kind === 'file') return received.body.toString('base64');
  if (body.kind === 'text') return isRead(body, exact) ? (JSON.parse(text) as unknown) : text;
  if (body.kind === 'none') return text;
  const type = String(received.headers['content-type']);
  const form = await new Response(new Uint8Array(received.body), {
    headers: { 'Content-Type': type },
  }).formData();
  return Promise.all(
    Array.from(form, async ([name, value]) => [
      name,
      value instanceof File
        ? [value.name, value.type, Buffer.from(await value.arrayBuffer()).toString('base64')]
        : value,
    ]),
  );
}

describe('a program sends what the request sends:', () => {
  for (const [language, runner] of Object.entries(runners)) {
    test.skipIf(!runner.there)(`in ${language},`, async () => {
      // A program of Java is compiled and run by itself: the hardest kind is enough.
      const own = language === 'java' ? ['multipart'] : Object.keys(kinds);
      const programs: {
        readonly recorder: Recorder;
        readonly request: CodeRequest;
        readonly file: string;
      }[] = [];
      for (const kind of own) {
        const recorder = await startRecorder();
        const request = requestOf(kind, recorder.origin);
        const file = join(folder, `${language}-${kind.replaceAll(/\W/g, '')}.${runner.ends}`);
        await writeFile(file, await codeOf(language as CodeLanguage, request));
        programs.push({ recorder, request, file });
      }
      const [command, ...args] = runner.start(programs.map(({ file }) => file));
      await run(command, args, { cwd: folder, env: { ...process.env, HIGHLEVEL_TOKEN: token } });
      for (const { recorder, request } of programs) {
        const exact = language === 'curl';
        expect(await sent(recorder.taken(), request, exact)).toEqual(expected(request, exact));
      }
    });
  }
});

test('every language writes every kind of body, with the token read from the environment', async () => {
  for (const { id } of codeLanguages) {
    for (const kind of Object.keys(kinds)) {
      const code = await codeOf(id, requestOf(kind, 'https://services.leadconnectorhq.com'));
      expect(code, `${id}, ${kind}`).toContain('HIGHLEVEL_TOKEN');
      expect(code, `${id}, ${kind}`).not.toMatch(/<body>|<token>|<value-|address\.invalid|stand-in/);
      expect(code, `${id}, ${kind}`).not.toContain('undefined');
    }
  }
});
