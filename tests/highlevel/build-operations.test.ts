import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOperations } from '../../scripts/operations/check.ts';
import { joinOperations } from '../../scripts/operations/join.ts';
import { readFacts } from '../../scripts/operations/read-facts.ts';
import { loadServices, readAllOperations } from '../../scripts/operations/read-sdk.ts';
import { operations as known } from '../../src/shared/highlevel/operations/index.ts';
import type { SdkOperation } from '../../scripts/operations/read-sdk.ts';

const client = join(import.meta.dirname, '../../node_modules/@gohighlevel/api-client/dist/lib/code');

const plain: SdkOperation = {
  service: 'contacts',
  name: 'getContact',
  method: 'GET',
  path: '/contacts/{contactId}',
  summary: 'Get Contact',
  params: [],
  security: ['bearer'],
  formEncoded: false,
  takes: ['params'],
  types: { params: [], body: null },
};
const table = (...rows: string[]) =>
  readFacts(
    'facts.tsv',
    ['method\tpath\tversion\taccess\tscopes\tflags\tbody\tservice\tquery', ...rows].join('\n'),
  );
const row = 'GET\t/contacts/{contactId}\t2021-07-28\tS\tcontacts.readonly';

describe('reading the published client', () => {
  const services = loadServices(client);
  const operations = readAllOperations(services);

  it('finds its 584 operations in 43 services, each with a name', () => {
    expect(operations).toHaveLength(584);
    expect(new Set(operations.map(({ service }) => service)).size).toBe(43);
    expect(operations.filter(({ summary }) => summary === '')).toEqual([]);
  });

  it('agrees with the access class that the table of facts declares', () => {
    const declared = new Map(
      known
        .filter(({ access, accessSource }) => access.length > 0 && accessSource === 'declared')
        .map(({ access, method, path }) => [`${method} ${path}`, access]),
    );
    const levelsOf = (security: readonly string[]) =>
      ['Sub-Account', 'Agency'].filter((level) =>
        security.some((name) => name.startsWith('Agency') === (level === 'Agency')),
      );
    const differing = operations.filter(({ method, path, security }) => {
      const levels = declared.get(`${method} ${path}`);
      return levels !== undefined && levelsOf(security).join() !== levels.join();
    });
    expect(declared.size).toBeGreaterThan(600);
    expect(differing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('fails in one sentence when too few operations are left', () => {
    const fewer = services.filter(({ service }) => service !== 'contacts');
    expect(() => readAllOperations(fewer)).toThrow(
      /^only 5\d\d operations were found in @gohighlevel\/api-client, at least 570 are expected$/,
    );
  });

  it('decodes the entities of its comments', () => {
    expect(operations.filter(({ summary }) => /&\w+;|&#/.test(summary))).toEqual([]);
  });
});

describe('checking what came out', () => {
  const none = { v2: 0, v3: 0 };
  const first = known.find(({ id }) => id === 'contacts.get-contact');
  const change = (changes: Partial<(typeof known)[number]>) =>
    known.map((operation) => (operation === first ? { ...operation, ...changes } : operation));

  it('passes every operation there is', () => {
    expect(() => checkOperations(known)).not.toThrow();
  });

  it.each<[Partial<(typeof known)[number]>, string]>([
    [{ version: null, versionSource: 'by service' }, 'no Version'],
    [{ set: 'v3', versionSource: 'by service' }, 'no Version'],
    [{ service: 'New', versionSource: 'by service' }, 'no Version'],
    [{ version: '2021-7-28' }, 'a Version that HighLevel does not publish'],
    [{ access: [], accessSource: 'by service' }, 'no access'],
    [{ service: 'New', accessSource: 'by service' }, 'no access'],
  ])('names the one operation that has %j', (changes, what) => {
    expect(() => checkOperations(change(changes))).toThrow(
      new Error(`${what}: contacts.get-contact (GET /contacts/{contactId})`),
    );
  });

  it('says of each set whether it is too small', () => {
    expect(() => checkOperations([], { ...none, v3: 80 })).toThrow(
      'only 0 operations of v3, at least 80 are expected',
    );
    expect(() => checkOperations(known.filter(({ set }) => set === 'v3'))).toThrow(
      'only 0 operations of v2, at least 570 are expected',
    );
  });

  it('fails for a v3-only row without a Version, and for a service that nothing is declared of', () => {
    const v3 = table('GET\t/emails/queue\t\tS\t\t\t\temails');
    expect(() => checkOperations(joinOperations([], { v2: [], v3 }), none)).toThrow(
      'no Version: emails.get-queue (GET /emails/queue)',
    );
    const v2 = table('GET\t/contacts/{contactId}\t\t');
    expect(() => checkOperations(joinOperations([plain], { v2, v3: [] }), none)).toThrow(
      'no Version: contacts.get-contact (GET /contacts/{contactId}); no access: contacts.get-contact',
    );
  });
});

describe('joining client and facts', () => {
  it('takes name and path from the client, access, Version and scopes from the table', () => {
    const [operation] = joinOperations([plain], { v2: table(row), v3: [] });
    expect(operation).toMatchObject({
      id: 'contacts.get-contact',
      params: [{ name: 'contactId', in: 'path', required: true }],
      access: ['Sub-Account'],
      version: '2021-07-28',
      scopes: ['contacts.readonly'],
    });
  });

  it('fills in Version and access by service where the table is silent', () => {
    const [operation] = joinOperations([plain], { v2: table('GET\t/contacts/{contactId}'), v3: [] });
    expect(operation).toMatchObject({
      access: ['Sub-Account'],
      accessSource: 'by service',
      version: '2021-07-28',
      versionSource: 'by service',
    });
  });

  it('names v3-only operations by method and path', () => {
    const v3 = table(
      'POST\t/emails/locations/{locationId}/templates/import\tv3\tS\temails/templates.write\t\tjson importUrl!:string\temails',
    );
    expect(joinOperations([], { v2: [], v3 })).toMatchObject([
      {
        id: 'emails.post-templates-import',
        summary: 'Import template',
        set: 'v3',
        body: {
          contentType: 'application/json',
          fields: [{ name: 'importUrl', type: 'string', required: true }],
        },
      },
    ]);
  });

  it('refuses an operation without facts and facts without an operation', () => {
    expect(() => joinOperations([plain], { v2: [], v3: [] })).toThrow(
      'GET /contacts/{contactId} of the client is in neither table',
    );
    expect(() => joinOperations([], { v2: table(row), v3: [] })).toThrow(
      'is in the v2 table of facts but not in the client',
    );
  });

  it('names the line of a broken row', () => {
    expect(() => table(row, 'POST\t/x\tv3\tS\t\t\tjson broken')).toThrow(
      'facts.tsv line 3: "broken" is not name:type',
    );
    expect(() => table('POST\t/x\tv3\tS\t\t\tyaml')).toThrow('facts.tsv line 2: "yaml" is not a body kind');
  });
});
