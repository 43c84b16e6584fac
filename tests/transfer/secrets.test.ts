import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { exportFormats } from '../../src/shared/model/transfer.ts';
import { apiCall, webhook } from '../exchanges/support.ts';
import { exported, imported, everything, openDesk, type Desk } from './support.ts';

const planted = 'planted-secret-4f1c9b7e2a';
const pit = 'pit-0a1b2c3d-1111-4222-8333-444455556666';

/** Every way a secret may lie in what was stored, since inbound bodies are kept as they were sent. */
async function plant(): Promise<Desk> {
  const desk = await openDesk();
  const json = (value: unknown) => webhook(Buffer.from(JSON.stringify(value)));
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  await desk.store.append(
    json({ type: 'X', note: `it is ${planted}.`, nested: JSON.stringify({ deep: planted }) }),
  );
  await desk.store.append(
    json({ basic: `Basic ${base64(`client:${planted}`)}`, file: base64(`ab${planted}`) }),
  );
  await desk.store.append(json({ access_token: 'whatever-this-is-1234', pit }));
  await desk.store.append(webhook(Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(planted)])));
  await desk.store.append(
    webhook(gzipSync(JSON.stringify({ zipped: planted })), {
      requestHeaders: [
        ['Content-Type', 'application/json'],
        ['Content-Encoding', 'gzip'],
      ],
    }),
  );
  await desk.store.append(
    apiCall({
      url: `https://services.leadconnectorhq.com/x?q=${planted}`,
      requestHeaders: [
        ['X-Api-Key', planted],
        ['Authorization', `Bearer ${planted}`],
        ['Cookie', `sid=${planted}`],
      ],
      answer: {
        status: 200,
        headers: [['Set-Cookie', `sid=${planted}`]],
        body: { bytes: Buffer.from(planted) },
        outcome: 'answered',
        finishedAt: 1_760_000_000_001,
      },
    }),
  );
  // The vault learns of it when it is stored already.
  await desk.vault.set('profile/acme/client-secret', planted);
  return desk;
}

/** All text of a file, whatever is encoded in it decoded as well. */
function everyReading(text: string): string {
  const runs = text.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? [];
  const decoded = runs.flatMap((run) =>
    [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('latin1')),
  );
  return [text, ...decoded].join('\n');
}

it.each(exportFormats)('no %s file holds a secret, in any encoding', async (format) => {
  const desk = await plant();
  const { text, last } = await exported(desk, { format });
  expect(last.done).toBe(6);
  expect(last.cut).toBe(format === 'fixture' ? 5 : 6);
  const reading = everyReading(text);
  for (const secret of [planted, pit, 'whatever-this-is-1234', gzipSync(planted).toString('base64')])
    expect(reading).not.toContain(secret);
  expect(text).toContain('********');
});

it('cuts secrets out of what a file brings, before it is stored', async () => {
  const desk = await openDesk();
  const entry = {
    startedDateTime: '2026-01-02T03:04:05.678Z',
    time: 12,
    request: {
      method: 'POST',
      url: `https://services.leadconnectorhq.com/oauth/token?client_secret=${planted}`,
      headers: [{ name: 'Authorization', value: `Bearer ${planted}` }],
      postData: { mimeType: 'application/json', text: JSON.stringify({ client_secret: planted }) },
    },
    response: {
      status: 200,
      headers: [{ name: 'content-type', value: 'application/json' }],
      content: { text: JSON.stringify({ access_token: planted }) },
    },
  };
  const report = await imported(desk, 'devtools.har', JSON.stringify({ log: { entries: [entry] } }));
  expect(report).toMatchObject({ imported: 1, skipped: 0 });
  const stored = await everything(desk);
  const text = stored
    .flatMap(({ detail, request, response }) => [
      JSON.stringify(detail),
      Buffer.from(request, 'base64').toString(),
      Buffer.from(response, 'base64').toString(),
    ])
    .join('\n');
  expect(text).toContain('********');
  expect(text).not.toContain(planted);
});
