import { createOperationFinder, pathValuesOf } from '../../../shared/highlevel/operations/find-operation.ts';
import { useCases, useCasesOf } from '../../../shared/highlevel/operations/use-cases.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import { ownCatalogue } from '../../../shared/model/catalogue.ts';
import type { Catalogue } from '../services.ts';
import { builtInEntries, type Entry } from './entry.ts';
import { detailOf, summaryOf } from './operation-detail.ts';
import { createSearchIndex } from './search-index.ts';

/** Where the operations come from: the same array until one of them changes. */
export type OperationSource = { entries(): readonly Entry[] };

/**
 * The operations of all catalogues: `search` gives one page of summaries and the total, best match first (method,
 * path, words of the name, service, scopes, a concrete path or URL); `get` gives one operation with the schema of its
 * body and an example request, or throws `not_found`; `groups` counts the operations of each service, `uses` those of
 * HighLevel's for each use case; `operationOf` finds the operation that a request calls.
 */
export function createCatalogue(source: OperationSource = { entries: () => builtInEntries }): Catalogue {
  let of: readonly Entry[] | null = null;
  let prepared = prepare([]);
  const current = (): ReturnType<typeof prepare> => {
    const entries = source.entries();
    if (entries !== of) prepared = prepare(entries);
    of = entries;
    return prepared;
  };

  return {
    groups() {
      const counts = new Map<string, { catalogue: string; service: string; count: number }>();
      for (const { catalogue, operation } of source.entries()) {
        const key = `${catalogue} ${operation.service}`;
        const group = counts.get(key) ?? { catalogue, service: operation.service, count: 0 };
        counts.set(key, { ...group, count: group.count + 1 });
      }
      const first = (catalogue: string): string => (catalogue === ownCatalogue ? '' : catalogue);
      return [...counts.values()].sort(
        (a, b) => first(a.catalogue).localeCompare(first(b.catalogue)) || a.service.localeCompare(b.service),
      );
    },

    uses() {
      const served = source.entries().flatMap(usesOf);
      return useCases.map((use) => ({ use, count: served.filter((one) => one === use).length }));
    },

    search({ text, catalogue, service, use, limit, offset }) {
      const hits = current()
        .index.search(text)
        .filter((entry) => catalogue === undefined || entry.catalogue === catalogue)
        .filter(({ operation }) => service === undefined || operation.service === service)
        .filter((entry) => use === undefined || usesOf(entry).includes(use));
      return { total: hits.length, items: hits.slice(offset, offset + limit).map(summaryOf) };
    },

    async get(id) {
      const entry = current().byId.get(id);
      if (entry === undefined) throw new AppError('not_found', `There is no operation with the id "${id}".`);
      return detailOf(entry);
    },

    async match(method, path) {
      const { byId, find } = current();
      const operation = find(method, path);
      const entry = operation === null ? undefined : byId.get(operation.id);
      if (entry === undefined) return null;
      const pathParams = pathValuesOf(entry.operation.path, path);
      return { operation: await detailOf(entry), pathParams };
    },

    async operationOf({ operationId, method, path }) {
      const { byId, find } = current();
      const chosen = operationId === null ? undefined : byId.get(operationId)?.operation;
      if (chosen !== undefined && createOperationFinder([chosen])(method, path) !== null) return chosen;
      return find(method, path);
    },
  };
}

function prepare(entries: readonly Entry[]) {
  const isOwn = ({ catalogue }: Entry): boolean => catalogue === ownCatalogue;
  const own = createOperationFinder(entries.filter(isOwn).map(({ operation }) => operation));
  const further = createOperationFinder(
    entries.filter((entry) => !isOwn(entry)).map(({ operation }) => operation),
  );
  return {
    index: createSearchIndex(entries),
    byId: new Map(entries.map((entry) => [entry.operation.id, entry])),
    find: (method: string, path: string) => own(method, path) ?? further(method, path),
  };
}

/** The use cases are those of HighLevel's guide, which knows its own operations alone. */
function usesOf({ catalogue, operation }: Entry): string[] {
  return catalogue === ownCatalogue ? useCasesOf(operation) : [];
}
