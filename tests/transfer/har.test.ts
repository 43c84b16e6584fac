import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiCall, webhook } from '../exchanges/support.ts';
import { cases } from './fidelity.ts';
import { everything, exported, imported, openDesk } from './support.ts';

const pair = z.object({ name: z.string(), value: z.string() }).strict();
const measured = z.number().min(-1);
const ownFields = z.record(z.string().regex(/^_/), z.unknown());

/** HAR 1.2, field by field: what it asks for must be there, and what is not its own must begin with an underscore. */
const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(
    (value) =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value).filter(([name]) => !ownFields.safeParse({ [name]: 0 }).success),
          )
        : value,
    z.object(shape).strict(),
  );

const har = strict({
  log: strict({
    version: z.literal('1.2'),
    creator: strict({ name: z.string(), version: z.string() }),
    pages: z.array(z.never()),
    entries: z.array(
      strict({
        startedDateTime: z.iso.datetime(),
        time: z.number().nonnegative(),
        request: strict({
          method: z.string(),
          url: z.url(),
          httpVersion: z.string(),
          cookies: z.array(pair),
          headers: z.array(pair),
          queryString: z.array(pair),
          headersSize: z.int().min(-1),
          bodySize: z.int().min(-1),
          postData: strict({ mimeType: z.string(), params: z.array(pair), text: z.string() }).optional(),
        }),
        response: strict({
          status: z.int(),
          statusText: z.string(),
          httpVersion: z.string(),
          cookies: z.array(pair),
          headers: z.array(pair),
          content: strict({
            size: z.int(),
            compression: z.int().optional(),
            mimeType: z.string(),
            text: z.string(),
            encoding: z.literal('base64').optional(),
          }),
          redirectURL: z.string(),
          headersSize: z.int().min(-1),
          bodySize: z.int().min(-1),
        }),
        cache: strict({}),
        timings: strict({
          blocked: measured,
          dns: measured,
          connect: measured,
          ssl: measured,
          send: z.number().nonnegative(),
          wait: z.number().nonnegative(),
          receive: z.number().nonnegative(),
        }),
        serverIPAddress: z.string().optional(),
        comment: z.string().optional(),
      }),
    ),
  }),
});

describe('a HAR file', () => {
  it('is HAR 1.2, and its phases add up', async () => {
    const desk = await openDesk();
    for (const { capture } of cases) await desk.store.append(capture);
    await desk.store.append(apiCall());
    await desk.store.append(
      apiCall({
        answer: {
          status: 302,
          headers: [
            ['Location', '/there'],
            ['Content-Encoding', 'gzip'],
          ],
          body: { bytes: gzipSync('hello hello hello hello hello hello') },
          outcome: 'answered',
          timings: { dns: 1, connect: 2, tls: 3, wait: 4, receive: 5, total: 16 },
          finishedAt: 1_760_000_000_016,
        },
      }),
    );
    const { text } = await exported(desk, { format: 'har' });
    const { log } = har.parse(JSON.parse(text));
    expect(log.entries).toHaveLength(cases.length + 2);
    for (const { time, timings } of log.entries) {
      const { ssl: _withinConnect, ...phases } = timings;
      const sum = Object.values(phases).reduce((total, value) => total + Math.max(0, value), 0);
      expect(sum).toBeCloseTo(time, 6);
    }
    const last = log.entries.at(-1);
    expect(last).toMatchObject({
      time: 16,
      timings: { blocked: 1, dns: 1, connect: 5, ssl: 3, wait: 4, receive: 5 },
      response: {
        status: 302,
        redirectURL: '/there',
        content: { text: 'hello hello hello hello hello hello' },
      },
    });
    expect(log.entries[0]?.request.url).toBe('http://localhost:4400/webhooks?case=array');
  });
});

/** As a browser writes it: pseudo headers, decoded content, numbers for what it did not measure, fields of its own. */
const browserEntry = {
  _initiator: { type: 'script' },
  startedDateTime: '2026-03-04T05:06:07.890+01:00',
  time: 120.5,
  request: {
    method: 'POST',
    url: 'https://services.leadconnectorhq.com/contacts/?x=1',
    httpVersion: 'h2',
    headers: [
      { name: ':authority', value: 'services.leadconnectorhq.com' },
      { name: 'version', value: '2021-07-28' },
    ],
    queryString: [{ name: 'x', value: '1' }],
    cookies: [],
    headersSize: -1,
    bodySize: 9,
    postData: { mimeType: 'application/json', text: '{"a":"ü"}' },
  },
  response: {
    status: 201,
    statusText: '',
    httpVersion: 'h2',
    headers: [{ name: 'content-encoding', value: 'br' }],
    cookies: [],
    content: { size: 2, mimeType: 'image/png', text: 'iVBORw==', encoding: 'base64' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    _transferSize: 100,
  },
  cache: {},
  timings: { blocked: 0.5, dns: -1, connect: 30, ssl: 20, send: 1, wait: 80, receive: 9 },
  serverIPAddress: '203.0.113.7',
};

const tunnelEntry = {
  startedDateTime: '2026-03-04T04:06:08.000Z',
  time: 3,
  request: {
    method: 'POST',
    url: 'https://acme.ngrok.app/webhooks?a=b',
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    postData: { mimeType: 'application/json', text: '{"type":"ContactCreate","locationId":"loc","id":"c1"}' },
  },
  response: { status: 0, headers: [] },
};

it('files of browsers and tunnels become exchanges: calls go out, webhooks come in', async () => {
  const desk = await openDesk();
  const file = JSON.stringify({
    log: { version: '1.2', pages: [{ id: 'x' }], entries: [browserEntry, tunnelEntry, tunnelEntry] },
  });
  expect(await imported(desk, 'x.har', file)).toMatchObject({ imported: 3, problems: [] });
  // The same file again: entries without ids are known again by what they say.
  expect(await imported(desk, 'x.har', file)).toMatchObject({ imported: 0, duplicates: 3 });
  const [call, delivery] = await everything(desk);
  expect(call?.detail).toMatchObject({
    purpose: 'api',
    direction: 'outbound',
    receivedAt: Date.parse('2026-03-04T04:06:07.890Z'),
    method: 'POST',
    url: 'https://services.leadconnectorhq.com/contacts/?x=1',
    httpVersion: '2',
    remoteAddress: '203.0.113.7',
    requestHeaders: [['version', '2021-07-28']],
    status: 201,
    outcome: 'answered',
    durationMs: 120.5,
    timings: { dns: null, connect: 10, tls: 20, wait: 80, receive: 9, total: 120.5 },
  });
  expect(Buffer.from(call?.request ?? '', 'base64').toString()).toBe('{"a":"ü"}');
  expect(call?.response).toBe('iVBORw==');
  expect(delivery?.detail).toMatchObject({
    purpose: 'webhook',
    direction: 'inbound',
    url: '/webhooks?a=b',
    status: null,
    outcome: 'failed',
    event: { type: 'ContactCreate', locationId: 'loc', signature: { verdict: 'unsigned' } },
  });
});

describe('a damaged file', () => {
  const good = webhook({ type: 'ContactCreate' });

  it('gives what is whole, and says of each bad entry what is wrong', async () => {
    const desk = await openDesk();
    await desk.store.append(good);
    await desk.store.append(good);
    const lines = (await exported(desk, { format: 'ndjson' })).text.trim().split('\n');
    const [first = '', second = ''] = lines;
    const changed = JSON.parse(first) as { requestBody: { text: string } };
    changed.requestBody.text = 'other bytes';
    const file = [
      first,
      '',
      'not json at all',
      '{"half":',
      '{"format":"another","version":1}',
      first.replace('"version":1', '"version":9'),
      JSON.stringify(changed),
      first.replace('"method":"POST"', '"method":7'),
      second,
    ].join('\r\n');
    const report = await imported(await openDesk(), 'x.ndjson', file);
    expect(report).toMatchObject({ read: 8, imported: 2, skipped: 6 });
    expect(report.problems.map(({ entry }) => entry)).toEqual([2, 3, 4, 5, 6, 7]);
    const said = report.problems.map(({ problem }) => problem);
    expect(said[0]).toBe('It is not valid JSON: not json at all…');
    expect(said[2]).toContain('another program');
    expect(said[3]).toContain('Its version is 9');
    expect(said[4]).toContain('not the one that its sha256 names');
    expect(said[5]).toContain('Its field method is wrong');
  });

  it('that breaks off gives the entries before', async () => {
    const text = JSON.stringify({ log: { entries: [browserEntry, tunnelEntry] } });
    const report = await imported(await openDesk(), 'x.har', text.slice(0, -60));
    expect(report).toMatchObject({
      imported: 1,
      skipped: 1,
      problems: [{ entry: 2, problem: 'The file breaks off here.' }],
    });
  });

  it.each([
    ['empty.ndjson', '', 'The file holds no exchanges.'],
    ['blank.json', ' \n ', 'The file holds no exchanges.'],
    ['other.har', '{"log":{"version":"1.2"}}', 'no list log.entries'],
    ['list.json', '[]', 'The file holds no exchanges.'],
    ['binary.json', '\u0000\u0001\u0002', 'It is not valid JSON'],
  ])('%s holds nothing, in one sentence', async (name, content, sentence) => {
    const report = await imported(await openDesk(), name, content);
    expect(report).toMatchObject({ imported: 0, skipped: 1 });
    expect(report.problems[0]?.problem).toContain(sentence);
  });

  it('says what an entry of a HAR lacks', async () => {
    const entries = [
      { ...browserEntry, startedDateTime: 'yesterday' },
      { ...browserEntry, request: { ...browserEntry.request, url: 'http://' } },
      { ...browserEntry, request: undefined },
      7,
      { ...browserEntry, request: { ...browserEntry.request, headers: { a: 'b' } } },
    ];
    const report = await imported(await openDesk(), 'x.har', JSON.stringify({ log: { entries } }));
    expect(report).toMatchObject({ imported: 0, skipped: 4 });
    expect(report.problems.map(({ problem }) => problem)).toEqual([
      'Its startedDateTime "yesterday" is not a time.',
      'Its URL "http://" is not one.',
      'Its field request is missing.',
      expect.stringContaining('Its field request.headers is wrong'),
    ]);
  });

  it('an import that was cancelled, or is one of too many, takes no more', async () => {
    const { transfer } = await openDesk();
    const first = transfer.openImport('a.har', { dryRun: false });
    for (let index = 0; index < 8; index += 1) transfer.openImport('b.har', { dryRun: true });
    await expect(transfer.importPiece(first, Buffer.from('{'))).rejects.toMatchObject({ code: 'not_found' });
    const cancelled = transfer.openImport('c.har', { dryRun: false });
    transfer.cancelImport(cancelled);
    await expect(transfer.closeImport(cancelled)).rejects.toMatchObject({ code: 'not_found' });
  });
});
