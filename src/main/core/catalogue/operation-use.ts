/** Who calls an operation: the history of late, and saved requests. */
import { createOperationFinder } from '../../../shared/highlevel/operations/find-operation.ts';
import type { Collections } from '../collections/types.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Entry } from './entry.ts';

export type OperationUse = { readonly calls: number; readonly saved: readonly string[] };

/** A request that is kept, by the name it is shown under. */
export type SavedCall = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
};

/** The requests of all collections, each named by its collection and its own name. */
export async function savedCalls(collections: Pick<Collections, 'list'>): Promise<SavedCall[]> {
  const all = await collections.list();
  return all.flatMap(({ name: collection, items }) =>
    items.flatMap(({ name, method, requestPath: path }) =>
      method === null || path === null ? [] : [{ name: `${collection} / ${name}`, method, path }],
    ),
  );
}

/** Calls looked at, newest first. */
const mostCalls = 3000;
const pageSize = 1000;

const unused: OperationUse = { calls: 0, saved: [] };

/** Counts once, for all operations of a list. */
export async function operationUse(
  entries: readonly Entry[],
  store: Pick<ExchangeStore, 'page'>,
  saved: readonly SavedCall[],
): Promise<(entry: Entry) => OperationUse> {
  const find = createOperationFinder(entries.map(({ operation }) => operation));
  const uses = new Map<string, { calls: number; saved: string[] }>();
  const useOf = (id: string): { calls: number; saved: string[] } => {
    const use = uses.get(id) ?? { calls: 0, saved: [] };
    uses.set(id, use);
    return use;
  };
  for (const { name, method, path } of saved) {
    const id = find(method, path)?.id;
    if (id !== undefined) useOf(id).saved.push(name);
  }
  let before: number | undefined;
  for (let seen = 0; seen < mostCalls; seen += pageSize) {
    const { items, more } = await store.page({
      purposes: ['api'],
      limit: pageSize,
      ...(before !== undefined && { before }),
    });
    for (const { method, url } of items) {
      const id = find(method, url)?.id;
      if (id !== undefined) useOf(id).calls += 1;
    }
    before = items.at(-1)?.seq;
    if (!more || before === undefined) break;
  }
  return ({ operation }) => uses.get(operation.id) ?? unused;
}
