/** The requests of a HAR file: those to HighLevel's API, each once. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { headerValue } from '../../../../shared/highlevel/headers.ts';
import { apiHost } from '../../../../shared/highlevel/hosts.ts';
import { AppError } from '../../../../shared/model/app-error.ts';
import { savedRequest, type SavedRequest } from '../../../../shared/model/collection.ts';
import { UnusableEntry } from '../../transfer/import/entry.ts';
import { readHarEntry } from '../../transfer/import/read-har-entry.ts';
import { queryPairs, readAddress } from './address.ts';
import { keptHeaders, tokenLeftOut } from './headers.ts';
import { foldersOf } from './read-curl.ts';
import { createNotes, type FindOperation, type ImportedFile, type ImportedRequest } from './types.ts';

const log = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

/** Written by our own export: the request as it was saved. */
const ours = z.object({
  _saved: z.object({ folder: z.array(z.string()), name: z.string(), request: savedRequest }),
});

/** @throws AppError `bad_input` where nothing in it can be taken over */
export function readHar(value: unknown, name: string, findOperation: FindOperation): ImportedFile {
  const { log: file } = log.parse(value);
  const notes = createNotes();
  const requests: ImportedRequest[] = [];
  const seen = new Set<string>();
  let repeated = 0;
  let elsewhere = 0;
  for (const [index, entry] of file.entries.entries()) {
    const own = ours.safeParse(entry);
    if (own.success) {
      requests.push(own.data._saved);
      continue;
    }
    try {
      const read = readHarEntry(entry, createHash('sha256').update(JSON.stringify(entry)).digest('hex'), 0);
      const isApi = URL.canParse(read.url) && isApiHost(new URL(read.url), findOperation, read.method);
      if (read.direction === 'inbound' || !isApi) {
        elsewhere += 1;
        continue;
      }
      const body = Buffer.from(read.requestBody.bytes);
      const key = [read.method, read.url, body.toString('base64')].join('\n');
      if (seen.has(key)) {
        repeated += 1;
        continue;
      }
      seen.add(key);
      requests.push(requestOf(read, body, findOperation, notes));
    } catch (error) {
      if (!(error instanceof UnusableEntry) && !(error instanceof z.ZodError)) throw error;
      const why = error instanceof UnusableEntry ? error.message : 'It is no request that can be saved.';
      notes.add([`Entry ${index + 1}`], `It was left out: ${why}`);
    }
  }
  if (elsewhere > 0)
    notes.add([], `${elsewhere} of its requests did not go to HighLevel’s API and were left out.`);
  if (repeated > 0) notes.add([], `${repeated} of its requests were sent more than once and are taken once.`);
  if (requests.length === 0) {
    throw new AppError('bad_input', `“${name}” holds no request to HighLevel’s API.`);
  }
  const base = name.replace(/\.\w+$/, '') || 'HAR';
  return {
    kind: 'har',
    name: base,
    description: '',
    folders: foldersOf(requests),
    requests,
    notes: notes.list(),
    variables: [],
  };
}

function isApiHost(url: URL, findOperation: FindOperation, method: string): boolean {
  if (url.host === new URL(apiHost).host) return true;
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  return isLocal && findOperation(method, url.pathname) !== null;
}

function requestOf(
  read: ReturnType<typeof readHarEntry>,
  bytes: Buffer,
  findOperation: FindOperation,
  notes: ReturnType<typeof createNotes>,
): ImportedRequest {
  const url = new URL(read.url);
  const address = readAddress(read.method, url.origin + url.pathname, {}, new Map(), findOperation);
  const name = `${read.method} ${address.path}`;
  if (address.note !== null) notes.add([name], address.note);
  const body = bodyOf(bytes, headerValue(read.requestHeaders, 'content-type') ?? '');
  if (body.note !== null) notes.add([name], body.note);
  const { headers, hadToken } = keptHeaders(
    read.requestHeaders.map(([header, value]) => ({ name: header, value, on: true })),
    { version: address.version, ownType: body.ownType },
  );
  if (hadToken) notes.add([], tokenLeftOut);
  const request = savedRequest.parse({
    method: read.method,
    path: address.path,
    pathParams: address.pathParams,
    operationId: address.operationId,
    query: queryPairs(url.search.slice(1)),
    headers,
    ...body.fields,
  });
  return { folder: [], name, request };
}

type Body = {
  readonly fields: Partial<SavedRequest>;
  readonly ownType: boolean;
  readonly note: string | null;
};

function bodyOf(bytes: Buffer, contentType: string): Body {
  const none = { fields: { bodyKind: 'none' as const }, ownType: true, note: null };
  if (bytes.length === 0) return none;
  const text = bytes.toString('utf8');
  if (/x-www-form-urlencoded/i.test(contentType)) {
    const parts = queryPairs(text).map((pair) => ({ ...pair, file: null }));
    return { fields: { bodyKind: 'form', parts }, ownType: true, note: null };
  }
  if (/^multipart\//i.test(contentType)) {
    return {
      ...none,
      note: 'Its multipart body was left out: fill in its parts and choose its files again.',
    };
  }
  if (Buffer.from(text).equals(bytes)) {
    return { fields: { bodyKind: 'json', body: text }, ownType: /\bjson\b/i.test(contentType), note: null };
  }
  const file = { name: 'body', type: contentType, base64: bytes.toString('base64') };
  return { fields: { bodyKind: 'binary', file }, ownType: true, note: null };
}
