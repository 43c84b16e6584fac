/** Search in the catalogue of operations, HighLevel's own alone and among many imported ones, beside a plain filter. */
import { createCatalogue } from '../src/main/core/catalogue/create-catalogue.ts';
import { builtInEntries, furtherEntries, type Entry } from '../src/main/core/catalogue/entry.ts';
import { readOpenApi } from '../src/main/core/catalogue/import/read-openapi.ts';
import { median } from './table.ts';
import type { Line } from './table.ts';

const TIMES = 15;
const PAGE = 100;
const DOCUMENTS = 10;
const IN_EACH = 500;

const queries: readonly string[] = [
  '',
  'c',
  'contact',
  'create contact',
  'delete contact note',
  'tag',
  'invoice schedule',
  'custom fields of a location',
  'opportun',
  'zebra',
  'contact zebra',
  'GET',
  'post message',
  '/contacts/',
  '/conv',
  'POST /contacts/',
  'GET /contacts/ocQHyuzHvysMo5N5VsXc',
  'https://services.leadconnectorhq.com/oauth/locationToken',
  '/calendars/events/appointments/abc/notes/def',
  'contacts.readonly',
  'contacts.write',
  'socialplanner/post.write',
  'readonly',
  'item 499',
  '/shop9/items-120/{id}/parts',
];

export async function benchCatalogue(): Promise<Line[]> {
  const many = [...builtInEntries, ...Array.from({ length: DOCUMENTS }, (_, at) => imported(at)).flat()];
  return [lineOf('HighLevel’s own', builtInEntries), lineOf('and imported ones', many)];
}

function lineOf(what: string, entries: readonly Entry[]): Line {
  const catalogue = createCatalogue({ entries: () => entries });
  // The first search builds the index.
  const start = performance.now();
  catalogue.search({ text: 'contact', limit: PAGE, offset: 0 });
  const first = performance.now() - start;
  const took = queries.map((text) => timed(() => catalogue.search({ text, limit: PAGE, offset: 0 })));
  const plain = queries.map((text) => timed(() => filtered(entries, text)));
  const all = took.flat().sort((a, b) => a - b);
  const p95 = all[Math.ceil(all.length * 0.95) - 1] ?? Number.NaN;
  const slowest = Math.max(...took.map(median));
  const asked = queries[took.findIndex((times) => median(times) === slowest)] ?? '';
  return {
    what: `catalogue search, ${what}: ${entries.length.toLocaleString('en-US')} operations, ${queries.length} queries by words, path and scope`,
    measured: `median ${median(all).toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, slowest ${slowest.toFixed(2)} ms (${asked}), the first with its index ${first.toFixed(0)} ms`,
    yardstick: `plain filter, unranked: median ${median(plain.flat()).toFixed(2)} ms`,
    bar: '<= 30 ms',
    met: slowest <= 30 && p95 <= 30,
  };
}

function timed(run: () => unknown): number[] {
  return Array.from({ length: TIMES }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
}

/** The least that could be done: every word somewhere in what is said of an operation. */
function filtered(entries: readonly Entry[], text: string): Entry[] {
  const words = text.toLowerCase().split(/\s+/);
  return entries.filter(({ operation: { method, path, summary, service, scopes } }) => {
    const said = `${method} ${path} ${summary} ${service} ${scopes.join(' ')}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** A catalogue like those that are published: every fifth path takes five methods. */
function imported(number: number): Entry[] {
  const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
  const paths = Object.fromEntries(
    Array.from({ length: IN_EACH / methods.length }, (_, at) => [
      `/shop${number}/items-${at}/{id}/parts`,
      Object.fromEntries(
        methods.map((method) => [
          method,
          {
            operationId: `${method}ItemPart${at}`,
            summary: `${method} the part of item ${at} and what belongs to a contact of it`,
            tags: [`Group ${at % 12}`],
            security: [{ oauth: [`shop${number}/items.${method === 'get' ? 'readonly' : 'write'}`] }],
          },
        ]),
      ),
    ]),
  );
  const document = { openapi: '3.0.0', info: { title: `Shop ${number}`, version: '1' }, paths };
  return furtherEntries(`shop-${number}`, readOpenApi(JSON.stringify(document), `shop-${number}.json`));
}
