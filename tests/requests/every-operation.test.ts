import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKnownIds } from '../../scripts/conformance/known-ids.ts';
import { createCatalogue } from '../../src/main/core/catalogue/create-catalogue.ts';
import { operations, type Operation } from '../../src/shared/highlevel/operations/index.ts';
import type { RequestDraft } from '../../src/shared/model/request.ts';
import { createBench, simulated, type Bench } from '../oauth/bench.ts';

let bench: Bench;
let locationId: string;
let companyId: string;

beforeAll(async () => {
  bench = await createBench({
    seed: 1,
    rateLimits: { burst: 1_000_000, intervalMs: 10_000, daily: 1_000_000 },
  });
  const scopes = [...new Set(operations.flatMap(({ scopes: needed }) => needed))];
  bench.simulator.setScopes(scopes);
  await bench.profiles.update(bench.profile.id, { scopes });
  const world = await simulated(bench.simulator);
  locationId = world.locations[0]?.id ?? '';
  companyId = world.company.id;
  await bench.allow({ location: locationId });
  await bench.allow({ agency: [locationId] });
});
afterAll(() => bench.dispose());

/** Their rules go beyond the published shape, or contradict it. */
const refusedByRule: readonly string[] = [
  'associations.create-association',
  'associations.update-association',
  'calendars.create-block-slot',
  'calendars.get-blocked-slots',
  'calendars.get-calendar-events',
  'opportunities.search-opportunity',
  'opportunities.upsert-opportunity',
  'users.create-user',
];

/** The simulator asks for a token where HighLevel takes none, and for one of the agency's owner. */
const refusedByToken: readonly string[] = ['chat-widget.get-public-config-by-id', 'users.update-user'];

/** Lists tell the ids that later calls need; what is deleted is deleted last. */
function turn({ method, path }: Operation): number {
  if (method === 'GET') return path.includes('{') ? 2 : 0;
  // With the sub-account or the install its token goes.
  if (method === 'DELETE' && path.includes('/installations')) return 100;
  if (method === 'DELETE' && path === '/locations/{locationId}') return 101;
  // What lies below another goes before it.
  if (method === 'DELETE') return 99 - path.split('/').length;
  return path.includes('{') ? 3 : 1;
}

test('every operation opens with an example that the simulator takes, with Version, access and scopes', async () => {
  const catalogue = createCatalogue();
  const ids = createKnownIds(
    new Map([
      ['locationId', locationId],
      ['companyId', companyId],
    ]),
  );
  const filled = (text: string): string =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      name === 'appId' ? whole : (ids.forField(name) ?? 'abcdefghijklmnopqrst'),
    );
  const pathParams = (path: string, params: Readonly<Record<string, string>>): Record<string, string> => {
    const given: Record<string, string> = {};
    let before = '';
    for (const segment of path.split('/').filter((part) => part !== '')) {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (name !== undefined) {
        const value = params[name] ?? '';
        given[name] = value.startsWith('{{') ? (ids.forPath(before, name) ?? filled(value)) : value;
      }
      before += `/${name === undefined ? segment : given[name]}`;
    }
    return given;
  };
  const outcomes = new Map<string, number | null>();
  for (const operation of operations.toSorted((a, b) => turn(a) - turn(b))) {
    const { example, method, path, ...detail } = await catalogue.get(operation.id);
    const body = example.body === null ? null : filled(example.body);
    const isParts = detail.body !== null && detail.body.contentType !== 'application/json';
    const draft: RequestDraft = {
      profileId: bench.profile.id,
      operationId: operation.id,
      method,
      path,
      pathParams: pathParams(path, example.pathParams),
      query: example.query.map(({ name, value }) => ({ name, value: filled(value) })),
      ...(isParts
        ? {
            bodyKind: detail.body?.contentType === 'multipart/form-data' ? 'multipart' : 'form',
            parts: [...new URLSearchParams(body ?? '')].map(([name, value]) => ({ name, value })),
          }
        : { body }),
      ...(operation.access.includes('Sub-Account') && { locationId }),
    };
    const { status, exchangeId } = await bench.requests.send(draft);
    const { pathname } = new URL((await bench.store.get(exchangeId)).url);
    const answer = await bench.text(exchangeId, 'response');
    if (status !== null && status < 300 && answer.startsWith('{')) ids.learn(pathname, JSON.parse(answer));
    outcomes.set(operation.id, status);
    const { requestHeaders } = await bench.store.get(exchangeId);
    const version = requestHeaders.find(([header]) => header.toLowerCase() === 'version')?.[1] ?? null;
    expect(version).toBe(operation.version);
  }
  const having = (...statuses: readonly (number | null)[]): string[] =>
    [...outcomes].filter(([, status]) => statuses.includes(status)).map(([id]) => id);
  expect(outcomes.size).toBe(operations.length);
  expect(having(200, 201, 202, 204).length).toBeGreaterThanOrEqual(600);
  expect(having(422).toSorted()).toEqual(refusedByRule);
  expect(having(401, 403).toSorted()).toEqual(refusedByToken);
  // All others are about what is there: an id that names nothing, something done already.
  expect(having(200, 201, 202, 204, 400, 401, 403, 404, 422)).toHaveLength(operations.length);
}, 120_000);
