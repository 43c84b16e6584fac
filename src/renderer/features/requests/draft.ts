/** The request being written. It outlives the screen, so that it is there when one comes back. */
import type { Profile } from '../../../shared/model/profile.ts';
import type { OperationDetail, RequestDraft } from '../../../shared/model/request.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { createValue } from '../../lib/value.ts';

export type Pair = {
  readonly key: number;
  readonly name: string;
  readonly value: string;
  readonly on: boolean;
};

export type Draft = {
  readonly operationId: string | null;
  readonly method: string;
  readonly path: string;
  readonly pathParams: Readonly<Record<string, string>>;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly body: string;
  readonly tokenId: TokenSummary['id'] | null;
};

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

let nextKey = 0;
export const pair = (name = '', value = '', on = true): Pair => {
  nextKey += 1;
  return { key: nextKey, name, value, on };
};

export const draft = createValue<Draft>({
  operationId: 'locations.get-location',
  method: 'GET',
  path: '/locations/{locationId}',
  pathParams: { locationId: '{{locationId}}' },
  query: [],
  headers: [],
  body: '',
  tokenId: null,
});

export function change(changes: Partial<Draft>): void {
  draft.set({ ...draft.get(), ...changes });
}

/** The parameters a path asks for: `/contacts/{contactId}`. */
export const paramsOf = (path: string): readonly string[] =>
  [...path.matchAll(/(?<!\{)\{(\w+)\}(?!\})/g)].map((match) => match[1] ?? '');

/** An operation's example, optional parameters listed but off. */
export function draftOf(operation: OperationDetail, tokenId: Draft['tokenId']): Draft {
  const given = new Set(operation.example.query.map((one) => one.name));
  const optional = operation.params.filter((param) => param.in === 'query' && !given.has(param.name));
  return {
    operationId: operation.id,
    method: operation.method,
    path: operation.path,
    pathParams: operation.example.pathParams,
    query: [
      ...operation.example.query.map((one) => pair(one.name, one.value)),
      ...optional.map((param) => pair(param.name, '', false)),
    ],
    headers: [],
    body: operation.example.body ?? '',
    tokenId,
  };
}

const sent = (pairs: readonly Pair[]) =>
  pairs
    .filter((one) => one.on && one.name.trim() !== '')
    .map(({ name, value }) => ({ name: name.trim(), value }));

export const hasBody = (method: string): boolean => method !== 'GET' && method !== 'DELETE';

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
    body: written.body.trim() === '' ? null : written.body,
    tokenId: written.tokenId,
  };
}
