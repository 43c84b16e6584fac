import { describe, expect, it } from 'vitest';
import { condense } from '../../scripts/shapes/condense.ts';
import { joinContracts } from '../../scripts/shapes/contracts.ts';
import type { OpenApiDocument, Schema } from '../../scripts/shapes/openapi.ts';
import { createShapeNames } from '../../scripts/shapes/shape-names.ts';
import { operations } from '../../src/shared/highlevel/operations/index.ts';
import { contracts, readShape, shapeNamed } from '../../src/shared/highlevel/operations/shapes/index.ts';

const keyOf = (method: string, path: string): string =>
  `${method} ${path.replace(/\/$/, '').replace(/\{[^}]+\}/g, '{}')}`;

describe('the committed tables', () => {
  it('hold every operation of the catalogue', () => {
    const held = new Set(contracts.map((row) => keyOf(row.method, row.path)));
    expect(held.size).toBeGreaterThanOrEqual(664);
    expect(operations.map((row) => keyOf(row.method, row.path)).filter((key) => !held.has(key))).toEqual([]);
  });

  it('agree with the catalogue on scopes and versions', () => {
    const rows = new Map(
      contracts
        .filter((row) => row.surface !== 'v3' || row.version === 'v3')
        .map((row) => [`${keyOf(row.method, row.path)} ${row.surface === 'v3' ? 'v3' : 'v2'}`, row]),
    );
    for (const operation of operations) {
      if (operation.versionSource !== 'declared' || operation.accessSource !== 'declared') continue;
      const row = rows.get(`${keyOf(operation.method, operation.path)} ${operation.set}`);
      if (row === undefined) continue;
      expect([operation.id, row.version, [...row.scopes].sort()]).toEqual([
        operation.id,
        operation.version,
        [...operation.scopes].sort(),
      ]);
    }
  });

  it('refer to no shape that is missing', () => {
    const seen = new Set<string>();
    const visit = (value: unknown): void => {
      if (typeof value === 'string' && value.startsWith('#')) {
        const name = value.replace(/^#|\?$/g, '');
        if (seen.has(name)) return;
        seen.add(name);
        visit(shapeNamed(name));
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
    };
    visit(contracts);
    expect(seen.size).toBeGreaterThan(1000);
  });
});

describe('condensing a schema', () => {
  const condensed = (schema: Schema) => condense(schema, (ref) => ref.slice(ref.lastIndexOf('/') + 1));

  it('keeps names, types, required, enums and bounds, and nothing else', () => {
    const schema: Schema & Record<string, unknown> = {
      type: 'object',
      description: 'left behind',
      required: ['id'],
      properties: {
        id: { type: 'string' },
        at: { type: 'string', format: 'date-time', nullable: true },
        kind: { type: 'string', enum: ['a', 'b'] },
        tags: { type: 'array', items: { type: 'string' }, maxItems: 3 },
        owner: { allOf: [{ $ref: '#/components/schemas/Owner' }], nullable: true },
        more: { type: 'object', additionalProperties: { type: 'number' } },
        either: { oneOf: [{ type: 'string' }, { type: 'number', minimum: 1 }] },
        open: { type: 'object' },
      },
    };
    expect(condensed(schema)).toEqual({
      'id!': 'string',
      at: 'date-time?',
      kind: { $enum: ['a', 'b'] },
      tags: { $is: ['string'], $max: 3 },
      owner: '#Owner?',
      more: { $map: 'number' },
      either: { $one: ['string', { $is: 'number', $min: 1 }] },
      open: 'object',
    });
  });
});

describe('reading a shape', () => {
  it('follows names and merges what holds at once', () => {
    const named = (name: string) => ({ Base: { 'id!': 'string' }, Extra: { note: 'string' } })[name] ?? 'any';
    expect(readShape({ $all: ['#Base', '#Extra'] }, named)).toMatchObject({
      kind: 'object',
      fields: [
        { name: 'id', required: true },
        { name: 'note', required: false },
      ],
    });
    expect(readShape('#Base?', named)).toMatchObject({ kind: 'object', nullable: true });
    expect(readShape({ $is: 'number', $min: 1, $max: 9 }, named)).toMatchObject({
      kind: 'value',
      type: 'number',
      bounds: { min: 1, max: 9 },
    });
  });
});

describe('joining v2 and v3', () => {
  const document = (version: string, more: Record<string, Schema> = {}): OpenApiDocument => ({
    file: `things-${version}.json`,
    schemas: {
      Thing: {
        type: 'object',
        properties: { id: { type: 'string' }, parent: { $ref: '#/components/schemas/Thing' }, ...more },
      },
    },
    paths: {
      '/things/{thingId}': {
        get: {
          parameters: [{ name: 'Version', in: 'header', schema: { type: 'string', enum: [version] } }],
          security: [{ bearer: ['things.readonly'] }],
          responses: {
            '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          },
        },
      },
    },
  });

  it('makes one row of what is the same, two of what differs', () => {
    const rowsOf = (v3: OpenApiDocument) =>
      joinContracts([document('2021-07-28')], [v3], createShapeNames()).filter((row) =>
        row.path.startsWith('/things'),
      );
    expect(rowsOf(document('v3'))).toEqual([
      {
        method: 'GET',
        path: '/things/{thingId}',
        surface: 'every version',
        version: '2021-07-28',
        access: ['Location-Access'],
        scopes: ['things.readonly'],
        status: 200,
        answer: '#Thing',
      },
    ]);
    expect(
      rowsOf(document('v3', { colour: { type: 'string' } })).map((row) => [row.surface, row.answer]),
    ).toEqual([
      ['before v3', '#Thing'],
      ['v3', '#Thing~2'],
    ]);
  });
});
