import type { Contract } from '../../shared/highlevel/operations/shapes/index.ts';
import { segmentsOf } from '../api/match-operation.ts';
import { routeKey } from '../api/routes.ts';
import { itemPlaceOf, listPlaceOf, tellsId } from './answer-layout.ts';
import { read } from './shape-reader.ts';

/** What a contract does, as its path and method tell. */
export interface Plan {
  /** `first` reads a collection whose answer has room for one object. */
  readonly kind: 'list' | 'first' | 'create' | 'read' | 'update' | 'delete' | 'other';
  /** How many segments of the path name the collection; 0 for `other`. */
  readonly collectionLength: number;
  /** Ids in the path that have to exist, from left to right. */
  readonly ids: readonly PathId[];
  /** The name of the path parameter that takes the id of one of the collection's objects. */
  readonly idName: string | undefined;
}

export interface PathId {
  /** Name of the path parameter. */
  readonly name: string;
  /** How many segments stand before it: they are its collection. */
  readonly index: number;
  /** `GET /contacts/{}`: the operation that reads such an object. */
  readonly readKey: string;
  /** Whether callers can know ids of this collection, since a list or a creation tells them. */
  readonly isTold: boolean;
}

/** Ends of paths that list the collection before them. */
const LIST_WORDS: ReadonlySet<string> = new Set(['list', 'search', 'all']);

export function createPlanner(contracts: readonly Contract[]): (contract: Contract) => Plan {
  const told = new Set<string>();
  /** Collections that have paths for one object, and the name of the parameter there. */
  const withItems = new Map<string, string>();
  for (const contract of contracts) {
    const segments = segmentsOf(contract.path);
    const end = segments.at(-1);
    if (isParam(end)) withItems.set(collectionKey(segments.slice(0, -1)), end.slice(1, -1));
  }
  for (const contract of contracts) {
    const segments = segmentsOf(contract.path);
    if (isParam(segments.at(-1))) continue;
    const key = collectionKey(collectionOf(segments));
    if (tellsIds(contract, withItems.get(key))) told.add(key);
  }

  /** A path like `/products/list` belongs to `/products` where that has objects. */
  function collectionOf(segments: readonly string[]): readonly string[] {
    const parent = segments.slice(0, -1);
    const isListing = LIST_WORDS.has(segments.at(-1) ?? '') && withItems.has(collectionKey(parent));
    return isListing ? parent : segments;
  }

  function kindOf(contract: Contract, segments: readonly string[]): Plan['kind'] {
    if (isParam(segments.at(-1))) {
      const kinds = { GET: 'read', PUT: 'update', PATCH: 'update', DELETE: 'delete', POST: 'other' } as const;
      return kinds[contract.method];
    }
    const collection = collectionOf(segments);
    const isListing =
      contract.method === 'GET' || collection.length < segments.length || asksForPage(contract);
    if (isListing && canList(contract)) return 'list';
    if (contract.method === 'GET' && showsOne(contract, withItems.get(collectionKey(collection))))
      return 'first';
    return contract.method === 'POST' && withItems.has(collectionKey(collection)) ? 'create' : 'other';
  }

  return (contract) => {
    const segments = segmentsOf(contract.path);
    const kind = kindOf(contract, segments);
    const ids = segments.flatMap((segment, index): PathId[] => {
      if (!isParam(segment)) return [];
      const collection = segments.slice(0, index);
      const readKey = routeKey('GET', `/${[...collection, segment].join('/')}`);
      return [{ name: segment.slice(1, -1), index, readKey, isTold: told.has(collectionKey(collection)) }];
    });
    const isItem = kind === 'read' || kind === 'update' || kind === 'delete';
    const collection = isItem ? segments.slice(0, -1) : collectionOf(segments);
    const idName = withItems.get(collectionKey(collection));
    return { kind, ids, idName, collectionLength: kind === 'other' ? 0 : collection.length };
  };
}

/** An answer of which nothing is published is made with ids in it. */
function tellsIds(contract: Contract, idName: string | undefined): boolean {
  const { method, answer } = contract;
  if (method !== 'GET' && method !== 'POST') return false;
  if (answer === undefined) return true;
  return tellsId(answer, idName);
}

function showsOne({ answer }: Contract, idName: string | undefined): boolean {
  return idName !== undefined && answer !== undefined && itemPlaceOf(answer, idName) !== undefined;
}

/** Some lists are asked for with POST. */
function asksForPage({ method, body }: Contract): boolean {
  const rules = method === 'POST' && body !== undefined ? read(body.shape) : undefined;
  return (
    rules?.kind === 'object' && rules.fields.some(({ name }) => name === 'limit' || name === 'pageLimit')
  );
}

function canList({ answer }: Contract): boolean {
  return answer === undefined || listPlaceOf(answer, undefined) !== undefined;
}

function collectionKey(segments: readonly string[]): string {
  return segments.map((segment) => (isParam(segment) ? '{}' : segment)).join('/');
}

function isParam(segment: string | undefined): segment is `{${string}` {
  return segment?.startsWith('{') === true;
}
