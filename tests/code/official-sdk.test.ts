/** Code for HighLevel's own SDK is run against it, and compared with what the companion would send. */
import { compileFunction } from 'node:vm';
import { HighLevel } from '@gohighlevel/api-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCatalogue } from '../../src/main/core/catalogue/create-catalogue.ts';
import { createCode } from '../../src/main/core/code/create-code.ts';
import type { Code } from '../../src/main/core/code/types.ts';
import { operations } from '../../src/shared/highlevel/operations/index.ts';
import type { RequestDraft } from '../../src/shared/model/request.ts';
import { createBench, simulated, type Bench } from '../oauth/bench.ts';
import { startRecorder, type Recorded } from './recorder.ts';

let bench: Bench;
let code: Code;
let locationId: string;

beforeAll(async () => {
  bench = await createBench({ seed: 1 });
  code = createCode({ ...bench, redactor: bench.vault.redactor, now: Date.now });
  locationId = (await simulated(bench.simulator)).locations[0]?.id ?? '';
  await bench.allow({ location: locationId });
});
afterAll(() => bench.dispose());

/** Runs a program of ours in this process; gives back what it logs. */
async function run(program: string, token: string): Promise<unknown> {
  const answers: unknown[] = [];
  const body = program.replaceAll(/^import .*$/gm, '');
  const start = compileFunction(`return (async () => {${body}})();`, ['HighLevel', 'process', 'console']) as (
    sdk: typeof HighLevel,
    process: object,
    console: object,
  ) => Promise<void>;
  class Quiet extends HighLevel {
    constructor(config: ConstructorParameters<typeof HighLevel>[0]) {
      super({ ...config, logLevel: 'none' });
    }
  }
  await start(Quiet, { env: { HIGHLEVEL_TOKEN: token } }, { log: (one: unknown) => answers.push(one) });
  return answers[0];
}

async function examples(): Promise<{ readonly id: string; readonly draft: RequestDraft }[]> {
  const catalogue = createCatalogue();
  const filled = (text: string): string => text.replaceAll(/\{\{(\w+)\}\}/g, 'an $1');
  return Promise.all(
    operations.map(async ({ id }) => {
      const { method, path, example, body } = await catalogue.get(id);
      const text = example.body === null ? null : filled(example.body);
      const isParts = body !== null && body.contentType !== 'application/json';
      const kind = body?.contentType === 'multipart/form-data' ? 'multipart' : 'form';
      const params = Object.entries(example.pathParams).map(([name, value]) => [name, filled(value)]);
      const draft: RequestDraft = {
        profileId: bench.profile.id,
        operationId: id,
        method,
        path,
        pathParams: Object.fromEntries(params) as Record<string, string>,
        query: example.query.map(({ name, value }) => ({ name, value: filled(value) })),
        ...(isParts
          ? {
              bodyKind: kind,
              parts: [...new URLSearchParams(text ?? '')].map(([name, value]) => ({ name, value })),
            }
          : { body: text }),
      };
      return { id, draft };
    }),
  );
}

/** JSON by what it says, a form by its pairs, of a multipart body that it is one. */
function bodyOf({ headers, body }: Recorded): unknown {
  if (body.length === 0) return null;
  const type = String(headers['content-type']);
  if (type.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(body.toString()));
  return type.startsWith('multipart/form-data; boundary=')
    ? 'parts'
    : (JSON.parse(body.toString()) as unknown);
}

function wantedBody({ bodyKind, body, parts = [] }: RequestDraft): unknown {
  if (bodyKind === 'multipart') return 'parts';
  if (bodyKind === 'form') return Object.fromEntries(parts.map(({ name, value }) => [name, value]));
  return typeof body === 'string' ? (JSON.parse(body) as unknown) : null;
}

test('every operation of the SDK is asked through its own method and arrives as the companion sends it', async () => {
  const recorder = await startRecorder();
  let byMethod = 0;
  for (const { id, draft } of await examples()) {
    const operation = operations.find((one) => one.id === id);
    const written = await code.write({ draft, language: 'sdk' });
    const method = operation?.sdk?.method ?? 'getHttpClient().request';
    expect(written.code).toContain(`await highLevel.${method}(`);
    byMethod += operation?.sdk === undefined ? 0 : 1;
    await run(written.code.replaceAll(bench.simulator.url, recorder.origin), 'a-token');
    const received = recorder.taken();
    const address = new URL(received.target, recorder.origin);
    const path = draft.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
      encodeURIComponent(draft.pathParams?.[name] ?? ''),
    );
    const { version } = received.headers;
    expect({
      id,
      line: `${received.method} ${address.pathname}`,
      query: Array.from(address.searchParams, (pair) => pair.join('=')).toSorted(),
      // The SDK sends a Version where the operation needs none, too.
      version: operation?.version === null ? null : version,
      body: bodyOf(received),
    }).toEqual({
      id,
      line: `${draft.method} ${path}`,
      query: (draft.query ?? []).map(({ name, value }) => `${name}=${value}`).toSorted(),
      version: operation?.version ?? null,
      body: wantedBody(draft),
    });
  }
  expect(byMethod).toBe(584);
});

test('a contact is made and read in the simulator by code for the SDK', async () => {
  const [held] = bench.tokens.list(bench.profile.id);
  const token = await bench.tokens.reveal(held?.id ?? ('' as never));
  const draft = { profileId: bench.profile.id, headers: [], query: [] };
  const making = await code.write({
    language: 'sdk',
    draft: {
      ...draft,
      method: 'POST',
      path: '/contacts/',
      body: '{"locationId": "{{locationId}}", "firstName": "O\'Neil"}',
    },
  });
  expect(making.code).not.toContain(token);
  const made = (await run(making.code, token)) as { contact: { id: string } };
  const reading = await code.write({
    language: 'sdk',
    draft: { ...draft, method: 'GET', path: `/contacts/${made.contact.id}` },
  });
  expect(await run(reading.code, token)).toMatchObject({
    contact: { id: made.contact.id, locationId, firstName: "O'Neil" },
  });
});

test('what the SDK has no method for goes through its HTTP client, and a note says so', async () => {
  const { code: program, notes } = await code.write({
    language: 'sdk',
    draft: {
      profileId: bench.profile.id,
      method: 'GET',
      path: '/nothing/known',
      query: [{ name: 'a', value: '1' }],
    },
  });
  expect(program).toContain('getHttpClient().request(');
  expect(notes).toEqual(['The official SDK 3.1.0 has no method for this request: its HTTP client sends it.']);
});

test('a variable is filled in, or left by its name where it is asked for or has no value', async () => {
  const draft: RequestDraft = {
    profileId: bench.profile.id,
    method: 'GET',
    path: '/contacts/{contactId}',
    query: [{ name: 'x', value: '{{locationId}}' }],
  };
  const filled = await code.write({ draft, language: 'curl' });
  expect(filled.code).toContain(`/contacts/{{contactId}}?x=${locationId}'`);
  expect(filled.notes).toEqual(['Put a value in the place of {{contactId}}.']);
  const given = await code.write({ draft: { ...draft, values: { contactId: 'c1' } }, language: 'curl' });
  expect(given).toMatchObject({ code: expect.stringContaining('/contacts/c1?x='), notes: [] });
  const named = await code.write({ draft, language: 'curl', variables: 'named' });
  expect(named.code).toContain("/contacts/{{contactId}}?x={{locationId}}'");
  expect(named.notes).toEqual([]);
});

test('a secret of the vault is in no code, wherever it stands', async () => {
  const [held] = bench.tokens.list(bench.profile.id);
  const token = await bench.tokens.reveal(held?.id ?? ('' as never));
  await bench.environments.set(
    { profileId: bench.profile.id, environmentId: null },
    { name: 'apiKey', value: 'k3y-of-the-environment', secret: true },
  );
  await bench.environments.set(
    { profileId: bench.profile.id, environmentId: null },
    { name: 'login', value: 'user:{{apiKey}}', secret: false },
  );
  const { code: program, notes } = await code.write({
    language: 'curl',
    draft: {
      profileId: bench.profile.id,
      method: 'POST',
      path: '/contacts/',
      headers: [{ name: 'X-Login', value: '{{login}}' }],
      body: `{"a": "{{apiKey}}", "b": "${token}"}`,
    },
  });
  expect(program).toContain("--header 'X-Login: {{login}}'");
  expect(program).toContain('{"a": "{{apiKey}}", "b": "********"}');
  expect(notes).toHaveLength(2);
});
