/** What is run from a terminal: `hlc catalogue`, and `scripts/import-check`. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDesk, type Desk } from '../cli/support.ts';

const documents = join(import.meta.dirname, 'documents');
const root = join(import.meta.dirname, '..', '..');

let desk: Desk;
beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

test('hlc imports a document, compares another with HighLevel’s operations, and lists what there is', async () => {
  const running = await desk.serve();
  const imported = await desk.run([
    'catalogue',
    'import',
    join(documents, 'bookings.json'),
    '--name',
    'Desks',
    '--json',
  ]);
  expect(imported.lines).toMatchObject([{ id: 'desks', kind: 'further', operations: 5, difference: null }]);
  expect(imported.stderr).toContain('The path parameter "contactId" is not declared');
  const compared = await desk.run(['catalogue', 'diff', join(documents, 'links-newer.yaml')]);
  expect(compared.stdout).toContain('- DELETE /links/{linkId}\n');
  expect(compared.stdout).toContain('  ! The field "campaign" is new and required.\n');
  expect(compared.stdout).toContain('1 added, 1 removed, 3 changed, 2 as they were.');
  const refused = await desk.run(['catalogue', 'import', join(root, 'README.md'), '--json']);
  expect(refused).toMatchObject({ code: 1, lines: [{ error: { code: 'bad_input' } }] });
  const listed = await desk.run(['catalogue', 'list', '--json']);
  expect(listed.lines.map(({ id }) => id)).toEqual(['highlevel', 'desks']);
  await running.stop();
});

const check = (folder: string): Promise<{ code: unknown; stdout: string }> =>
  new Promise((resolve) => {
    execFile(join(root, 'scripts', 'import-check'), [folder], (error, stdout) => {
      resolve({ code: error?.code ?? 0, stdout });
    });
  });

test.skipIf(process.platform === 'win32')(
  'import-check prints a line a document and their sum, and fails for one that is none',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'documents-'));
    await cp(documents, join(folder, 'inner'), { recursive: true });
    const good = await check(folder);
    expect(good.code).toBe(0);
    expect(good.stdout).toMatch(/inner\/bookings\.json +3\.0\.0 +5 +8 +3 +1 +\d+\n/);
    expect(good.stdout).toContain('All 4 imported.');
    await writeFile(join(folder, 'older.json'), '{"swagger":"2.0"}');
    const bad = await check(folder);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('FAILED: older.json is a Swagger 2.0 document; OpenAPI 3 is needed.');
    expect(bad.stdout).toContain('1 of 5 could not be imported.');
    await rm(folder, { recursive: true });
  },
);
