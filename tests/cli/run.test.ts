import { mkdir, writeFile } from 'node:fs/promises';
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

it('hlc run sends the requests of a folder with their variables, and its exit code says how they went', async () => {
  const folder = join(desk.dataDir, 'team');
  await mkdir(folder);
  const write = (name: string, text: string) => writeFile(join(folder, `${name}.request.yaml`), text);
  await write(
    'a-create',
    `name: Create
method: POST
path: /contacts/
body:
  text: '{"locationId":"{{locationId}}","firstName":"{{first}}"}'
captures:
  - { variable: made, path: $.contact.id }
checks:
  - { kind: status, value: "201" }
`,
  );
  await write(
    'b-read',
    `name: Read
method: GET
path: /contacts/{{made}}
checks:
  - { kind: json, path: $.contact.firstName, test: equals, value: Ada }
`,
  );
  await desk.serve();
  await desk.run(['profiles', 'add', '--simulator', simulator.url]);
  const installing = desk.start(['install', '--json']);
  await consent(simulator.url, String((await installing.next())['installUrl']));
  await installing.ended;

  const passed = await desk.run(['run', folder, '--var', 'first=Ada', '--json']);
  expect(passed).toMatchObject({
    code: 0,
    lines: [
      { name: 'Create', ok: true, status: 201, checks: [{ kind: 'status', value: '201', ok: true }] },
      { name: 'Read', ok: true, status: 200, body: { contact: { firstName: 'Ada' } } },
    ],
  });
  const failed = await desk.run(['run', folder, '--var', 'first=Grace']);
  expect(failed.code).toBe(1);
  expect(failed.stdout).toContain('FAIL  200  Read');
  expect(failed.stdout).toContain('✗ $.contact.firstName is Ada; it was Grace');
  expect(failed.stderr).toContain('1 passed, 1 failed.');
  const script = join(desk.dataDir, 'made.sh');
  expect((await desk.run(['collections', 'export', folder, '--format', 'curl', '--out', script])).code).toBe(
    0,
  );
  const taken = await desk.run(['collections', 'import', script, '--name', 'Again', '--json']);
  expect(taken).toMatchObject({ code: 0, lines: [{ kind: 'curl', requests: 2, linked: 2 }] });
  expect(taken.stderr).toContain('Its token was left out');
  expect((await desk.run(['collections', 'list', '--json'])).lines).toMatchObject([
    { name: 'Again', requests: [{ name: 'Create', method: 'POST' }, { name: 'Read' }] },
  ]);
  expect((await desk.run(['collections', 'import', join(folder, 'none.json'), '--json'])).code).toBe(1);
  expect((await desk.run(['run', 'nobody', '--json'])).lines).toMatchObject([
    { error: { code: 'not_found' } },
  ]);
}, 90_000);
