import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Collection, SavedRequest } from '../../src/shared/model/collection.ts';
import {
  collectionRunStart,
  type CollectionRunStep,
  type RunRequestResult,
} from '../../src/shared/model/collection-run.ts';
import { savedImportStart } from '../../src/shared/model/collection-transfer.ts';
import { createRunBench, type RunBench } from '../runs/support.ts';
import { put, saved } from './support.ts';

let bench: RunBench;
let made: Collection;

beforeAll(async () => {
  bench = await createRunBench();
  const { collections } = bench.core();
  made = await collections.create({ name: 'Contacts', location: null });
  await add('Create', '', {
    method: 'POST',
    path: '/contacts/',
    bodyKind: 'json',
    body: '{"locationId":"{{locationId}}","firstName":"{{first}}"}',
    captures: [{ variable: 'contactId', path: '$.contact.id' }],
    checks: [
      { kind: 'status', value: '2xx' },
      { kind: 'json', path: '$.contact.firstName', test: 'equals', value: 'Ada' },
    ],
  });
  const { path } = await collections.addFolder({ collection: made.id, folder: '', name: 'After' });
  await add('Read it', path, {
    path: '/contacts/{contactId}',
    pathParams: { contactId: '{{contactId}}' },
    checks: [{ kind: 'json', path: '$.contact.firstName', test: 'equals', value: 'Ada' }],
  });
  await add('Fails', path, {
    path: '/contacts/{contactId}',
    pathParams: { contactId: '{{contactId}}' },
    query: [{ name: 'off', value: 'x', on: false }],
    checks: [{ kind: 'status', value: '404' }],
  });
  await add('Unknown variable', path, { path: '/contacts/{{nobodyKnows}}' });
  await put(made.location, 'after/broken.request.yaml', 'method: [');
});
afterAll(() => bench.dispose());

const add = (name: string, folder: string, fields: Partial<SavedRequest>) =>
  bench.core().collections.add({ collection: made.id, folder, name, request: saved(fields) });

type Wanted = { path?: string; bail?: boolean; first?: string; signal?: AbortSignal };

async function run({ path = '', bail = false, first = 'Ada', signal }: Wanted = {}) {
  const steps: CollectionRunStep[] = [];
  const start = collectionRunStart.parse({
    collection: made.id,
    profileId: bench.profileId,
    values: [
      { name: 'first', value: first },
      { name: 'contactId', value: 'of-the-run' },
    ],
    path,
    bail,
  });
  for await (const step of bench.core().runCollection(start, signal)) steps.push(step);
  const results = steps.flatMap((step): RunRequestResult[] =>
    step.kind === 'answered' ? [step.result] : [],
  );
  return { steps, results, end: steps.at(-1) };
}

test('requests are sent in order, and what one answer sets serves the next', async () => {
  const { steps, results, end } = await run();
  expect(steps[0]).toMatchObject({ kind: 'start', requests: [{ name: 'Create' }, {}, {}, {}, {}] });
  expect(results.map(({ name, ok, status }) => [name, ok, status])).toEqual([
    ['Create', true, 201],
    ['Read it', true, 200],
    ['Fails', false, 200],
    ['Unknown variable', false, null],
    ['broken', false, null],
  ]);
  expect(end).toEqual({ kind: 'end', passed: 2, failed: 3, left: 0 });
  expect(results[2]?.checks).toMatchObject([{ check: { value: '404' }, ok: false, saw: '200' }]);
  expect(results[3]?.sentence).toContain('{{nobodyKnows}}');
  expect(results[4]?.sentence).toContain('It is no valid YAML');
  const exchanges = await Promise.all(
    results.slice(0, 3).map(({ exchangeId }) => bench.core().exchanges.get(exchangeId ?? ('' as never))),
  );
  // The value that the answer set took the place of the one the run was given.
  expect(exchanges[1]?.url).not.toContain('of-the-run');
  expect(exchanges[2]?.url).not.toContain('off');
});

test('a check that fails ends a run that is to stop there; a folder runs by itself', async () => {
  const stopped = await run({ bail: true, first: 'Grace' });
  expect(stopped.results).toHaveLength(1);
  expect(stopped.end).toEqual({ kind: 'end', passed: 0, failed: 1, left: 4 });
  const folder = await run({ path: 'after' });
  expect(folder.results.map(({ name }) => name)).toEqual(['Read it', 'Fails', 'Unknown variable', 'broken']);
  const one = await run({ path: 'create.request.yaml' });
  expect(one.end).toEqual({ kind: 'end', passed: 1, failed: 0, left: 0 });
  await expect(run({ path: 'nowhere' })).rejects.toMatchObject({ code: 'not_found' });
  const none = await bench.core().collections.create({ name: 'Nothing', location: null });
  const start = collectionRunStart.parse({ collection: none.id, profileId: bench.profileId });
  await expect(bench.core().runCollection(start).next()).rejects.toMatchObject({ code: 'bad_input' });
});

test('what other tools wrote is imported and answered as it was meant', async () => {
  const { savedTransfer, runCollection } = bench.core();
  const { locationId, companyId } = bench.facts;
  const postman = {
    info: {
      name: 'Of another tool',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }] },
    item: [
      {
        name: 'Create',
        event: [
          {
            listen: 'test',
            script: { exec: ["pm.environment.set('other', pm.response.json().contact.id);"] },
          },
        ],
        request: {
          method: 'POST',
          header: [
            { key: 'Version', value: '2021-07-28' },
            { key: 'Content-Type', value: 'application/json' },
          ],
          body: { mode: 'raw', raw: '{"locationId":"{{locationId}}","firstName":"Joan"}' },
          url: { raw: '{{baseUrl}}/contacts/', host: ['{{baseUrl}}'], path: ['contacts', ''] },
        },
      },
      {
        name: 'Read',
        event: [
          {
            listen: 'test',
            script: { exec: ['pm.test("ok", function () {', '  pm.response.to.have.status(200);', '});'] },
          },
        ],
        request: {
          method: 'GET',
          url: {
            raw: '{{baseUrl}}/contacts/:contactId',
            host: ['{{baseUrl}}'],
            path: ['contacts', ':contactId'],
            variable: [{ key: 'contactId', value: '{{other}}' }],
          },
        },
      },
    ],
  };
  const curl = `curl --location 'https://services.leadconnectorhq.com/contacts/?locationId=${locationId}&limit=2' \\
  --header 'Version: 2021-07-28' --header 'Authorization: Bearer 123'
curl -X POST https://services.leadconnectorhq.com/oauth/locationToken -d companyId=${companyId} -d locationId=${locationId}`;
  for (const [fileName, content, statuses] of [
    ['a.postman_collection.json', JSON.stringify(postman), [201, 200]],
    ['commands.sh', curl, [200, 200]],
  ] as const) {
    const start = savedImportStart.parse({ fileName, content, dryRun: false });
    const { collection } = await savedTransfer.import(start);
    const run = collectionRunStart.parse({ collection, profileId: bench.profileId });
    const results: RunRequestResult[] = [];
    for await (const step of runCollection(run)) if (step.kind === 'answered') results.push(step.result);
    expect(results.map(({ status }) => status)).toEqual(statuses);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  }
});

test('a run waits below the rate limit, and ends with its signal', async () => {
  const many = await bench.core().collections.create({ name: 'Many', location: null });
  for (let number = 0; number < 9; number += 1)
    await put(
      many.location,
      `r${number}.request.yaml`,
      `method: GET\npath: /locations/${bench.facts.locationId}\n`,
    );
  await fetch(`${bench.simulator.url}/_simulator/rate-limits`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ burst: 4, intervalMs: 600_000, daily: 200_000 }),
  });
  // The limit is known from an answer on.
  await bench.core().requests.send({
    profileId: bench.profileId,
    method: 'GET',
    path: `/locations/${bench.facts.locationId}`,
  });
  const start = collectionRunStart.parse({ collection: many.id, profileId: bench.profileId });
  const abort = new AbortController();
  const statuses: (number | null)[] = [];
  const running = async (): Promise<void> => {
    for await (const step of bench.core().runCollection(start, abort.signal)) {
      if (step.kind === 'waiting') abort.abort();
      if (step.kind === 'answered') statuses.push(step.result.status);
    }
  };
  await expect(running()).rejects.toMatchObject({ code: 'cancelled' });
  expect(abort.signal.aborted).toBe(true);
  expect(statuses.length).toBeLessThan(9);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
});
