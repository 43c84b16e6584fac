/** The request being written. It outlives the screen, so that it is there when one comes back. */
import type { Profile } from '../../../shared/model/profile.ts';
import {
  requestSettings,
  type BodyKind,
  type OperationDetail,
  type RequestDraft,
  type RequestFile,
  type RequestSettings,
} from '../../../shared/model/request.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { createValue } from '../../lib/value.ts';
import { capturesOf, checksOf, type CaptureRow, type CheckRow } from '../variables/tests-of-draft.ts';

export type Pair = {
  readonly key: number;
  readonly name: string;
  readonly value: string;
  readonly on: boolean;
  /** Of a part of a multipart body: sent in place of the value. */
  readonly file: RequestFile | null;
};

export type Draft = {
  readonly operationId: string | null;
  readonly method: string;
  readonly path: string;
  readonly pathParams: Readonly<Record<string, string>>;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly bodyKind: BodyKind;
  /** The JSON, kept while another kind of body is chosen. */
  readonly body: string;
  readonly parts: readonly Pair[];
  readonly file: RequestFile | null;
  readonly tokenId: TokenSummary['id'] | null;
  readonly settings: RequestSettings;
  readonly captures: readonly CaptureRow[];
  readonly checks: readonly CheckRow[];
};

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

let nextKey = 0;
export const pair = (name = '', value = '', on = true): Pair => {
  nextKey += 1;
  return { key: nextKey, name, value, on, file: null };
};

export const draft = createValue<Draft>({
  operationId: 'locations.get-location',
  method: 'GET',
  path: '/locations/{locationId}',
  pathParams: { locationId: '{{locationId}}' },
  query: [],
  headers: [],
  bodyKind: 'none',
  body: '',
  parts: [],
  file: null,
  tokenId: null,
  settings: requestSettings.parse({}),
  captures: [],
  checks: [],
});

export function change(changes: Partial<Draft>): void {
  draft.set({ ...draft.get(), ...changes });
}

/** The parameters a path asks for: `/contacts/{contactId}`. */
export const paramsOf = (path: string): readonly string[] =>
  [...path.matchAll(/(?<!\{)\{([^{}/]+)\}(?!\})/g)].map((match) => match[1] ?? '');

/** An operation's example, optional parameters listed but off; sent as the request before it. */
export function draftOf(
  operation: OperationDetail,
  { tokenId, settings }: Pick<Draft, 'tokenId' | 'settings'>,
): Draft {
  const given = new Set(operation.example.query.map((one) => one.name));
  const optional = operation.params.filter((param) => param.in === 'query' && !given.has(param.name));
  const headers = operation.params.filter((param) => param.in === 'header' && !param.required);
  return {
    operationId: operation.id,
    method: operation.method,
    path: operation.path,
    pathParams: operation.example.pathParams,
    query: [
      ...operation.example.query.map((one) => pair(one.name, one.value)),
      ...optional.map((param) => pair(param.name, '', false)),
    ],
    headers: [
      ...operation.example.headers.map((one) => pair(one.name, one.value)),
      ...headers.map((param) => pair(param.name, '', false)),
    ],
    ...bodyOf(operation),
    file: null,
    tokenId,
    settings,
    captures: [],
    checks: [],
  };
}

const kinds: Readonly<Record<string, BodyKind>> = {
  'application/x-www-form-urlencoded': 'form',
  'multipart/form-data': 'multipart',
  'application/octet-stream': 'binary',
};

function bodyOf({ body, example }: OperationDetail): Pick<Draft, 'bodyKind' | 'body' | 'parts'> {
  if (body === null) return { bodyKind: 'none', body: '', parts: [] };
  const bodyKind = kinds[body.contentType] ?? 'json';
  if (bodyKind === 'json') return { bodyKind, body: example.body ?? '', parts: [] };
  const given = [...new URLSearchParams(example.body ?? '')].map(([name, value]) => pair(name, value));
  const names = new Set(given.map(({ name }) => name));
  const optional = Object.keys(body.schema.properties ?? {}).filter((name) => !names.has(name));
  return { bodyKind, body: '', parts: [...given, ...optional.map((name) => pair(name, '', false))] };
}

const sent = (pairs: readonly Pair[]) =>
  pairs
    .filter((one) => one.on && one.name.trim() !== '')
    .map(({ name, value }) => ({ name: name.trim(), value }));

export function toRequest(written: Draft, profileId: Profile['id']): RequestDraft {
  const names = new Set(paramsOf(written.path));
  return {
    profileId,
    operationId: written.operationId,
    method: written.method,
    path: written.path,
    pathParams: Object.fromEntries(Object.entries(written.pathParams).filter(([name]) => names.has(name))),
    query: sent(written.query),
    headers: sent(written.headers),
    bodyKind: written.bodyKind,
    body: written.bodyKind !== 'json' || written.body.trim() === '' ? null : written.body,
    parts:
      written.bodyKind === 'form' || written.bodyKind === 'multipart'
        ? written.parts
            .filter(({ name, on }) => on && name.trim() !== '')
            .map(({ name, value, file }) => ({ name: name.trim(), value, file }))
        : [],
    file: written.bodyKind === 'binary' ? written.file : null,
    tokenId: written.tokenId,
    settings: written.settings,
    captures: capturesOf(written.captures),
    checks: checksOf(written.checks),
  };
}

/** The same without the bytes of its files, for a preview at every keystroke. */
export function withoutFiles(request: RequestDraft): RequestDraft {
  const empty = (file: RequestFile | null | undefined): RequestFile | null =>
    file === null || file === undefined ? null : { ...file, base64: '' };
  return {
    ...request,
    parts: (request.parts ?? []).map((part) => ({ ...part, file: empty(part.file) })),
    file: empty(request.file),
  };
}
