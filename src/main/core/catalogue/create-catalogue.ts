import { operations as allOperations } from '../../../shared/highlevel/operations/index.ts';
import type { Operation } from '../../../shared/highlevel/operations/index.ts';
import { useCases, useCasesOf } from '../../../shared/highlevel/operations/use-cases.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Catalogue } from '../services.ts';
import { detailOf, summaryOf } from './operation-detail.ts';
import { createSearchIndex } from './search-index.ts';

/**
 * The catalogue of HighLevel's operations: `search` gives one page of summaries and the total, best match first
 * (method, path, words of the name, service, scopes, a concrete path or URL); `get` gives one operation with an
 * the schema of
 * its body and an example request, or throws `not_found`; `groups` counts the operations of each service, `uses` those
 * of each use case.
 */
export function createCatalogue(operations: readonly Operation[] = allOperations): Catalogue {
  const index = createSearchIndex(operations);
  const byId = new Map(operations.map((operation) => [operation.id, operation]));

  return {
    groups() {
      const counts = new Map<string, number>();
      for (const { service } of operations) counts.set(service, (counts.get(service) ?? 0) + 1);
      return Array.from(counts, ([service, count]) => ({ service, count })).sort((a, b) =>
        a.service.localeCompare(b.service),
      );
    },

    uses() {
      const served = operations.flatMap(useCasesOf);
      return useCases.map((use) => ({ use, count: served.filter((one) => one === use).length }));
    },

    search({ text, service, use, limit, offset }) {
      const hits = index
        .search(text)
        .filter((operation) => service === undefined || operation.service === service)
        .filter((operation) => use === undefined || useCasesOf(operation).includes(use));
      return { total: hits.length, items: hits.slice(offset, offset + limit).map(summaryOf) };
    },

    async get(id) {
      const operation = byId.get(id);
      if (operation === undefined)
        throw new AppError('not_found', `There is no operation with the id "${id}".`);
      return detailOf(operation);
    },
  };
}
