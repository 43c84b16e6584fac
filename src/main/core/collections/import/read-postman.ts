/** Postman collections as saved requests. What they do beyond a request is named, never run. */
import * as z from 'zod';
import { AppError } from '../../../../shared/model/app-error.ts';
import { requestSettings } from '../../../../shared/model/request.ts';
import { savedRequest, type SavedRequest } from '../../../../shared/model/collection.ts';
import { decoded, queryPairs, readAddress } from './address.ts';
import { keptHeaders, tokenLeftOut } from './headers.ts';
import {
  postmanCollection,
  postmanItem,
  type PostmanBody,
  type PostmanEvents,
  type PostmanItem,
  type PostmanUrl,
} from './postman-schema.ts';
import { readScript } from './read-script.ts';
import {
  createNotes,
  type FindOperation,
  type ImportedFile,
  type ImportedRequest,
  type Notes,
} from './types.ts';

const deepest = 20;
const usualVariable = /^[A-Za-z_][\w-]{0,99}$/;

type Reading = {
  readonly notes: Notes;
  readonly findOperation: FindOperation;
  readonly variables: ReadonlyMap<string, string>;
  readonly requests: ImportedRequest[];
  readonly folders: (readonly string[])[];
};

/** @throws AppError `bad_input` naming what is wrong with the file */
export function readPostman(value: unknown, name: string, findOperation: FindOperation): ImportedFile {
  const parsed = postmanCollection.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new AppError('bad_input', `“${name}” is no Postman collection: its field ${field} is wrong.`);
  }
  const { info, item, variable, event, auth } = parsed.data;
  const notes = createNotes();
  const variables = new Map(variable.filter(({ on }) => on).map((one) => [one.name, one.value]));
  const reading: Reading = { notes, findOperation, variables, requests: [], folders: [] };
  if (auth && auth.type !== 'noauth') notes.add([], tokenLeftOut);
  noteScripts(event, [], notes);
  readItems(item, [], reading);
  const isHost = (text: string): boolean => /^https?:\/\//.test(text) || text === '';
  const kept = [...variables].filter(([key, one]) => !isHost(one) && usualVariable.test(key));
  return {
    kind: 'postman',
    name: info.name || name.replace(/\.\w+$/, ''),
    description: info.description,
    folders: reading.folders,
    requests: reading.requests,
    notes: notes.list(),
    variables: kept.map(([key, one]) => ({ name: key, value: one })),
  };
}

function readItems(items: readonly unknown[], folder: readonly string[], reading: Reading): void {
  const { notes } = reading;
  for (const [index, raw] of items.entries()) {
    const read = postmanItem.safeParse(raw);
    const where = [...folder, read.success && read.data.name !== '' ? read.data.name : `Item ${index + 1}`];
    if (!read.success) {
      notes.add(where, 'It was left out: it is neither a request nor a folder.');
      continue;
    }
    const { item: inside, event, auth } = read.data;
    if (inside) {
      if (folder.length >= deepest) {
        notes.add(where, `It was left out: folders lie no deeper than ${deepest}.`);
        continue;
      }
      reading.folders.push(where);
      if (auth && auth.type !== 'noauth') notes.add([], tokenLeftOut);
      noteScripts(event, where, notes);
      readItems(inside, where, reading);
      continue;
    }
    try {
      const request = requestOf(read.data, where, reading);
      if (request !== null) reading.requests.push({ folder, name: where.at(-1) ?? '', request });
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const [issue] = error.issues;
      notes.add(
        where,
        `It was left out: its ${issue?.path.join('.') ?? 'request'} is wrong: ${issue?.message ?? ''}.`,
      );
    }
  }
}

function requestOf(item: PostmanItem, where: readonly string[], reading: Reading): SavedRequest | null {
  const { notes, variables, findOperation } = reading;
  const { request } = item;
  if (!request) {
    notes.add(where, 'It was left out: it has no request.');
    return null;
  }
  const { method } = request;
  const { address: text, query, params } = splitUrl(request.url);
  const address = readAddress(method, text, params, variables, findOperation);
  if (address.note !== null) notes.add(where, address.note);
  const body = bodyOf(request.body, where, notes);
  const { headers, hadToken } = keptHeaders(request.header, {
    version: address.version,
    ownType: body.ownType,
  });
  if (request.description.trim() !== '') notes.add([], 'Descriptions of requests were left out.');
  if ((item.response ?? []).length > 0) notes.add([], 'Answers kept as examples were left out.');
  const auth = request.auth ?? item.auth;
  if (hadToken || (auth && auth.type !== 'noauth')) notes.add([], tokenLeftOut);
  const tests = readScript(
    item.event.filter(({ listen }) => listen === 'test').flatMap(({ script }) => script.exec),
  );
  if (tests.left > 0) {
    const lines = tests.left === 1 ? 'One statement' : `${tests.left} statements`;
    notes.add(
      where,
      `${lines} of its test script ${tests.left === 1 ? 'was' : 'were'} left out: scripts are not run.`,
    );
  }
  noteScripts(
    item.event.filter(({ listen }) => listen !== 'test'),
    where,
    notes,
  );
  const { captures, checks } = tests;
  const saved = savedRequest.parse({
    method,
    path: address.path,
    pathParams: address.pathParams,
    operationId: address.operationId,
    query,
    headers,
    ...body.fields,
    captures,
    checks,
    locationId: tests.locationId,
    settings: requestSettings.parse(tests.settings ?? {}),
  });
  noteVariables(saved, where, notes);
  return saved;
}

/** The address without its query, parameters as `{id}`, and the values of both. */
function splitUrl(url: PostmanUrl): {
  readonly address: string;
  readonly query: SavedRequest['query'];
  readonly params: Readonly<Record<string, string>>;
} {
  const raw = typeof url === 'string' ? url : url.raw;
  const [before = '', search = ''] = (raw.split('#')[0] ?? '').split(/\?(.*)/s);
  const hasParts = typeof url !== 'string' && typeof url.host === 'string' && Array.isArray(url.path);
  const address = hasParts
    ? `${url.protocol === '' ? '' : `${url.protocol}://`}${url.host}${url.port === '' ? '' : `:${url.port}`}/${(url.path ?? []).join('/')}`
    : before;
  const query =
    typeof url === 'string' || (url.query.length === 0 && search !== '')
      ? queryPairs(search)
      : url.query.map(({ name, value, on }) => ({ name: text(name), value: text(value), on }));
  const params = typeof url === 'string' ? [] : url.variable;
  return {
    address: address.replaceAll(/(?<=\/):([A-Za-z_]\w*)(?=\/|$)/g, '{$1}'),
    query,
    params: Object.fromEntries(params.map(({ name, value }) => [name, decoded(value)])),
  };
}

/** As it arrives at a server: Postman sends what is typed, escapes included. */
const text = (typed: string): string => decoded(typed.replaceAll('+', ' '));

type Body = { readonly fields: Partial<SavedRequest>; readonly ownType: boolean };

function bodyOf(body: PostmanBody, where: readonly string[], notes: Notes): Body {
  const none: Body = { fields: { bodyKind: 'none' }, ownType: true };
  if (!body || body.disabled === true) return none;
  switch (body.mode) {
    case 'raw': {
      if (body.raw === '') return none;
      const language = body.options?.raw?.language ?? '';
      const isJson = language === 'json' || /^\s*[[{"]/.test(body.raw);
      return { fields: { bodyKind: 'json', body: body.raw }, ownType: isJson };
    }
    case 'urlencoded':
      return {
        fields: { bodyKind: 'form', parts: body.urlencoded.map((one) => ({ ...one, file: null })) },
        ownType: true,
      };
    case 'formdata': {
      const files = (body.formdata ?? []).filter(({ type }) => type === 'file');
      if (files.length > 0)
        notes.add(where, `Choose again: ${files.map(({ name }) => `the file of “${name}”`).join(', ')}.`);
      const parts = (body.formdata ?? []).map(({ name, value, on, type }) => ({
        name,
        value: type === 'file' ? '' : value,
        on,
        file: null,
      }));
      return { fields: { bodyKind: 'multipart', parts }, ownType: true };
    }
    case 'file':
      notes.add(where, 'Choose again: the file that is its body.');
      return { fields: { bodyKind: 'binary' }, ownType: true };
    case 'graphql': {
      notes.add(where, 'Its GraphQL query is now the JSON that it is sent as.');
      const { query = '', variables = '' } = body.graphql ?? {};
      return {
        fields: { bodyKind: 'json', body: JSON.stringify({ query, variables }, null, 2) },
        ownType: true,
      };
    }
    case '':
    case 'none':
      return none;
    default:
      notes.add(where, `Its body of the kind “${body.mode}” was left out.`);
      return none;
  }
}

function noteScripts(events: PostmanEvents, where: readonly string[], notes: Notes): void {
  for (const { listen, script } of events) {
    if (script.exec.every((line) => line.trim() === '')) continue;
    const kind = listen === 'prerequest' ? 'script before the request' : 'test script';
    notes.add(where, `Its ${kind} was left out: scripts are not run.`);
  }
}

/** Names that no variable of ours can have. */
function noteVariables(request: SavedRequest, where: readonly string[], notes: Notes): void {
  const names = new Set(
    [...JSON.stringify(request).matchAll(/\{\{\s*([^{}"\\]+?)\s*\}\}/g)].map((match) => match[1] ?? ''),
  );
  for (const name of names)
    if (!/^\$?[\w.-]+$/.test(name))
      notes.add(where, `{{${name}}} cannot be filled in under this name: rename it.`);
}
