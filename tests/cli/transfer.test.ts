import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createDesk as openDesk, type Desk } from './support.ts';

const open: Desk[] = [];
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.dispose();
});

async function desk(): Promise<Desk> {
  const opened = await openDesk();
  open.push(opened);
  return opened;
}

/** Three webhooks, the companion that received them stopped again. */
async function received(): Promise<Desk> {
  const from = await desk();
  const served = await from.serve();
  for (const name of ['Ada', 'Grace', 'Edsger']) {
    const answer = await fetch(`${served.ingress}/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'ContactCreate', firstName: name }),
    });
    expect(answer.status).toBe(200);
  }
  await served.stop();
  return from;
}

it('what one data folder exports another one imports, once', async () => {
  const from = await received();
  const file = join(from.dataDir, 'all.ndjson');
  const written = await from.run(['export', '--out', file, '--json']);
  expect(written).toMatchObject({ code: 0, lines: [{ exported: 3, skipped: 0, cut: 0, file, test: null }] });
  const again = await from.run(['export', '--out', file, '--json']);
  expect(again).toMatchObject({ code: 1, lines: [{ error: { code: 'conflict' } }] });

  const to = await desk();
  expect((await to.run(['import', file, '--dry-run', '--json'])).lines).toMatchObject([
    { imported: 3, kind: 'ndjson' },
  ]);
  expect((await to.run(['import', file, '--json'])).lines).toMatchObject([{ imported: 3, duplicates: 0 }]);
  expect((await to.run(['import', file, '--json'])).lines).toMatchObject([{ imported: 0, duplicates: 3 }]);
  const listed = async (one: Desk) =>
    (await one.run(['exchanges', '--body', '--json'])).lines.map(({ id, bodySha256, receivedAt }) => [
      id,
      bodySha256,
      receivedAt,
    ]);
  expect(await listed(to)).toEqual(await listed(from));
});

it('writes to standard output, a fixture with its test, and redacted', async () => {
  const from = await received();
  const har = await from.run(['export', '--format', 'har', '--search', 'event:ContactCreate Grace']);
  expect(har.code).toBe(0);
  expect(JSON.parse(har.stdout)).toMatchObject({
    log: { version: '1.2', entries: [{ request: { method: 'POST' } }] },
  });
  expect(har.stderr).toContain('1 exported.');

  const out = join(from.dataDir, 'hooks.fixture.json');
  const fixture = await from.run([
    'export',
    '--format',
    'fixture',
    '--redact',
    '--out',
    out,
    '--test',
    'vitest',
    '--json',
  ]);
  expect(fixture.lines).toMatchObject([{ exported: 3, test: join(from.dataDir, 'hooks.test.ts') }]);
  const text = await readFile(out, 'utf8');
  expect(text).toContain('ContactCreate');
  expect(text).not.toMatch(/Ada|Grace|Edsger/);
});

it('refuses what does not go together, and says what is wrong with a file', async () => {
  const one = await desk();
  expect(await one.run(['export', '--seed', 'x'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--redact'),
  });
  expect(await one.run(['export', '--test', 'node'])).toMatchObject({ code: 2 });
  expect(await one.run(['export', '--search', 'verdict:perhaps'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('perhaps'),
  });
  expect(await one.run(['import', join(one.dataDir, 'gone.har')])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no file'),
  });
  const bad = join(one.dataDir, 'bad.ndjson');
  await writeFile(bad, 'nonsense\n');
  const result = await one.run(['import', bad]);
  expect(result).toMatchObject({ code: 1, stdout: expect.stringContaining('Entry 1: It is not valid JSON') });
});
