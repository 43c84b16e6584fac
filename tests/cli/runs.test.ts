import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.ts';
import { consent, createDesk, type Desk } from './support.ts';

let desk: Desk;
let simulator: Simulator;

beforeEach(async () => {
  desk = await createDesk();
  simulator = await createSimulator();
});
afterEach(async () => {
  await desk.dispose();
  await simulator.dispose();
});

it('hlc request reads all pages and sends rows; hlc runs lists the runs and sends failed rows again', async () => {
  await desk.serve();
  await desk.run(['profiles', 'add', '--simulator', simulator.url]);
  const installing = desk.start(['install', '--json']);
  await consent(simulator.url, String((await installing.next())['installUrl']));
  await installing.ended;

  const people = join(desk.dataDir, 'people.csv');
  await writeFile(people, 'First name,email\nAda,ada@row.example\nBo,bo@row.example\n');
  const body = '{"locationId":"{{locationId}}","firstName":"{{First_name}}","email":"{{email}}"}';
  simulator.setFaults([
    { path: '/contacts', method: 'POST', kind: { type: 'status', status: 500 }, count: 1 },
  ]);
  const sent = await desk.run(['request', 'POST', '/contacts/', '--data', body, '--rows', people, '--json']);
  expect(sent).toMatchObject({ code: 1 });
  expect(sent.lines).toMatchObject([
    { row: 1, outcome: 'failed', status: 500 },
    { row: 2, outcome: 'ok', status: 201 },
    { error: { code: 'request_failed' } },
  ]);
  const [run] = (await desk.run(['runs', '--json'])).lines;
  expect(run).toMatchObject({ kind: 'file', state: 'done', ok: 1, failed: 1, fileName: 'people.csv' });
  const again = await desk.run(['runs', 'retry', String(run?.['id'])]);
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toMatch(/^ok +row 1 +201 +\d+ ms\n$/);

  const out = join(desk.dataDir, 'contacts.csv');
  const list = ['request', 'GET', '/contacts/', '--query', 'locationId={{locationId}}', '--all-pages'];
  const read = await desk.run([...list, '--format', 'csv', '--out', out]);
  expect(read).toMatchObject({ code: 0, stdout: '' });
  const rows = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(rows.filter((row) => row.includes('@row.example'))).toHaveLength(2);
  expect(read.stderr).toContain(`${rows.length - 1} rows in 1 pages`);
  expect(await desk.run([...list, '--rows', people])).toMatchObject({ code: 2 });
});
