import { exampleFor, operations as allOperations } from '../../../shared/highlevel/operations/index.ts';
import type { ExampleValue, Operation } from '../../../shared/highlevel/operations/index.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { OperationDetail, OperationSummary } from '../../../shared/model/request.ts';
import type { Catalogue } from '../services.ts';
import { createSearchIndex } from './search-index.ts';

/**
 * The catalogue of HighLevel's operations: `search` gives one page of summaries and the total, best match first
 * (method, path, words of the name, service, scopes, a concrete path or URL); `get` gives one operation with an
 * example request, or throws `not_found`; `groups` counts the operations of each service.
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

    search({ text, service, limit, offset }) {
      const found = index.search(text);
      const hits = service === undefined ? found : found.filter((operation) => operation.service === service);
      return { total: hits.length, items: hits.slice(offset, offset + limit).map(summaryOf) };
    },

    get(id) {
      const operation = byId.get(id);
      if (operation === undefined)
        throw new AppError('not_found', `There is no operation with the id "${id}".`);
      return detailOf(operation);
    },
  };
}

function summaryOf({
  id,
  set,
  service,
  method,
  path,
  summary,
  deprecated,
  access,
}: Operation): OperationSummary {
  return { id, set, service, method, path, summary, deprecated, access };
}

function detailOf(operation: Operation): OperationDetail {
  const { body, oauthTokenOnly, params, scopes, version } = operation;
  const example = exampleFor(operation);
  return {
    ...summaryOf(operation),
    params: params.map(({ name, in: place, required, type }) => ({
      name,
      in: place,
      required,
      type: type ?? null,
    })),
    body: body === null ? null : { contentType: body.contentType, fields: body.fields },
    oauthTokenOnly,
    version,
    scopes,
    example: {
      pathParams: example.pathParams,
      query: Object.entries(example.query).map(([name, value]) => ({ name, value })),
      body: exampleText(operation, example.body),
    },
  };
}

/** An example body as the developer edits it: JSON, or `name=value` pairs joined the way forms are sent. */
function exampleText({ body }: Operation, value: ExampleValue | null): string | null {
  if (body === null || value === null) return null;
  if (body.contentType !== 'application/x-www-form-urlencoded') return JSON.stringify(value, null, 2);
  // A variable is filled in before the form is sent, so its braces stay as they are.
  return Object.entries(value)
    .map(([name, each]) => `${name}=${String(each)}`)
    .join('&');
}
