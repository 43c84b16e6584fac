import { describe, expect, test } from 'vitest';
import { compareEntries } from '../../src/main/core/catalogue/compare-entries.ts';
import { furtherEntries, type Entry } from '../../src/main/core/catalogue/entry.ts';
import { expandSchema } from '../../src/main/core/catalogue/import/expand-schema.ts';
import { readOpenApi } from '../../src/main/core/catalogue/import/read-openapi.ts';

type Schemas = Readonly<Record<string, unknown>>;

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** One operation a name, whose body is the schema of that name. */
const read = (names: readonly string[], schemas: Schemas) =>
  readOpenApi(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Made', version: '1' },
      paths: Object.fromEntries(
        names.map((name) => [
          `/${name}`,
          {
            post: {
              operationId: name,
              requestBody: { content: { 'application/json': { schema: to(name) } } },
            },
          },
        ]),
      ),
      components: { schemas },
    }),
    'made.json',
  );
const entries = (names: readonly string[], schemas: Schemas): Entry[] =>
  furtherEntries('made', read(names, schemas));
const compare = async (before: readonly Entry[], after: readonly Entry[]) => {
  const { added, removed, changed, same } = await compareEntries(before, after, () => ({
    calls: 0,
    saved: [],
  }));
  const changes = changed.map(({ path, changes: all }) => [path, ...all.map(({ what }) => what)]);
  return { added: added.length, removed: removed.length, changes, same };
};

describe('two states of a document', () => {
  const schemas: Schemas = {
    order: {
      type: 'object',
      properties: { lines: { type: 'array', items: to('line') }, note: { type: 'string' } },
    },
    line: { type: 'object', properties: { price: to('price') } },
    price: { type: 'object', properties: { amount: { type: 'number' } } },
    other: { type: 'object', properties: { name: { type: 'string' } } },
  };

  test('are the same where nothing has changed', async () => {
    const names = ['order', 'other'];
    expect(await compare(entries(names, schemas), entries(names, schemas))).toEqual({
      added: 0,
      removed: 0,
      changes: [],
      same: 2,
    });
  });

  test('differ where a schema far below does, and nowhere else', async () => {
    const price = { type: 'object', required: ['currency'], properties: { currency: { type: 'string' } } };
    const names = ['order', 'other'];
    expect(await compare(entries(names, schemas), entries(names, { ...schemas, price }))).toEqual({
      added: 0,
      removed: 0,
      changes: [
        [
          '/order',
          'The field "lines[].price.currency" is new and required.',
          'The field "lines[].price.amount" is gone.',
        ],
      ],
      same: 1,
    });
  });
});

describe('schemas without end', () => {
  test('a chain of thousands is read and shown as far as a form goes', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [
        `s${at}`,
        { type: 'object', properties: { next: at < 4999 ? to(`s${at + 1}`) : { type: 'string' } } },
      ]),
    );
    const { operations, schemas } = read(['s0'], chain);
    expect(Object.keys(schemas)).toHaveLength(5000);
    let schema = expandSchema(operations[0]?.body?.schema ?? {}, schemas);
    let depth = 0;
    for (; schema.properties?.['next'] !== undefined; depth += 1) schema = schema.properties['next'];
    expect(depth).toBe(7);
  });

  test('many that hold each other are shown less deep, and compared as deep as both are', async () => {
    const web = (type: string) =>
      Object.fromEntries(
        Array.from({ length: 40 }, (_, at) => [
          `s${at}`,
          {
            type: 'object',
            properties: {
              own: { type },
              ...Object.fromEntries(
                Array.from({ length: 20 }, (_each, by) => [`p${by}`, to(`s${(at + by) % 40}`)]),
              ),
            },
          },
        ]),
      );
    const { operations, schemas } = read(['s0'], web('string'));
    const shown = JSON.stringify(expandSchema(operations[0]?.body?.schema ?? {}, schemas));
    expect(shown.length).toBeLessThan(200_000);
    expect(await compare(entries(['s0'], web('string')), entries(['s0'], web('string')))).toMatchObject({
      same: 1,
    });
    const { changes } = await compare(entries(['s0'], web('string')), entries(['s0'], web('number')));
    expect(changes[0]).toContain('The field "own" was string and is number now.');
    expect(changes.flat().some((what) => what.includes('gone') || what.includes('new'))).toBe(false);
  });

  test('one that is all of itself is an empty one', () => {
    const { operations, schemas } = read(['a'], {
      a: { allOf: [to('b'), { type: 'object', properties: { x: {} } }] },
      b: to('a'),
    });
    const schema = expandSchema(operations[0]?.body?.schema ?? {}, schemas);
    expect(Object.keys(schema.properties ?? {})).toEqual(['x']);
  });
});
