import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseOperation, installed, open } from './journey.ts';
import { shoot } from './looks.ts';

test('a request is saved, changed outside, run, imported and exported', async ({ page, companion }) => {
  await installed(page, companion);
  await open(page, 'Requests');
  await page.getByRole('tab', { name: 'Collections' }).click();
  await expect(page.getByText('No saved request yet')).toBeVisible();
  await shoot(page, 'collections-empty');

  await page.getByRole('tab', { name: 'Operations' }).click();
  await chooseOperation(page, 'get contacts', '/contacts/');
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('All contacts');
  await dialog.getByRole('textbox', { name: 'Name of the collection' }).fill('Contacts API');
  await shoot(page, 'save-request');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('saved', { exact: true })).toBeVisible();

  await page.getByRole('tab', { name: 'Collections' }).click();
  const tree = page.getByRole('tree', { name: 'Saved requests' });
  await expect(tree.getByRole('treeitem')).toHaveCount(2);
  const folder = join(companion.dataDir, 'collections', 'contacts-api');
  const file = join(folder, 'all-contacts.request.yaml');
  const text = await readFile(file, 'utf8');
  expect(text).toContain('operation: contacts.get-contacts');

  // Another program changes it: what is unchanged here follows.
  await writeFile(file, text.replace('path: /contacts/\n', 'path: /contacts/?limit=1 # theirs\n'));
  const path = page.getByRole('textbox', { name: 'Path' });
  await expect(path).toHaveValue('/contacts/?limit=1');
  await path.fill('/contacts/?limit=2');
  await expect(page.getByText('changed, not saved').first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByText('saved', { exact: true })).toBeVisible();
  expect(await readFile(file, 'utf8')).toContain('path: /contacts/?limit=2 # theirs');

  // Changed on both sides: nothing is written before one is chosen.
  await path.fill('/contacts/?limit=3');
  await writeFile(file, (await readFile(file, 'utf8')).replace('limit=2', 'limit=4'));
  await expect(page.getByText('Its file has been changed outside of here.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+s');
  await expect(dialog.getByRole('table')).toContainText('/contacts/?limit=4');
  await shoot(page, 'save-conflict');
  expect(await readFile(file, 'utf8')).toContain('limit=4');
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await expect(dialog).toBeHidden();
  expect(await readFile(file, 'utf8')).toContain('path: /contacts/?limit=3 # theirs');

  // Left with changes, they are there when one comes back.
  await path.fill('/contacts/?limit=5');
  await page.getByRole('tab', { name: 'Operations' }).click();
  await chooseOperation(page, 'get contacts', '/contacts/');
  await expect(path).toHaveValue('/contacts/');
  await page.getByRole('tab', { name: 'Collections' }).click();
  await tree.getByRole('treeitem', { name: /All contacts/ }).click();
  await expect(path).toHaveValue('/contacts/?limit=5');

  await tree.press('Delete');
  await expect(page.getByText('Its file has been removed or renamed outside of here.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tree.getByRole('treeitem', { name: /All contacts/ })).toBeVisible();
  await writeFile(join(folder, 'broken.request.yaml'), 'method: [\n');
  await expect(tree.getByText('broken', { exact: true })).toHaveCount(2);
  await shoot(page, 'collections');
  expect(await readdir(folder)).toHaveLength(3);

  // A run: what one answer sets serves the next, and a check that fails is named.
  const create = `name: Create
method: POST
path: /contacts/
body:
  kind: json
  text: '{"locationId":"{{locationId}}","firstName":"Ada"}'
captures:
  - { variable: made, path: $.contact.id }
checks:
  - { kind: status, value: 2xx }
`;
  const check = `name: Read what was made
method: GET
path: /contacts/{{made}}
checks:
  - { kind: json, path: $.contact.firstName, test: equals, value: Ada }
  - { kind: status, value: "404" }
`;
  await writeFile(join(folder, 'create.request.yaml'), create);
  await writeFile(join(folder, 'read.request.yaml'), check);
  await expect(tree.getByText('Read what was made')).toBeVisible();
  await tree.getByRole('treeitem', { name: /Contacts API/ }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const report = page.getByRole('region', { name: 'Run of saved requests' });
  await expect(report.getByRole('heading', { name: 'Failed' })).toBeVisible();
  await expect(report.getByText('2 passed')).toBeVisible();
  await expect(report.getByText('The status is 404')).toBeVisible();
  await expect(report.getByText('it was 200')).toBeVisible();
  await shoot(page, 'collection-run');

  // A file of another tool is looked at first; what was exported of it is a file of that tool again.
  await page.getByRole('button', { name: 'Import requests' }).click();
  const postman = {
    info: { name: 'From Postman', schema: 'v2.1.0' },
    auth: { type: 'bearer', bearer: [] },
    variable: [{ key: 'limit', value: '7' }],
    item: [
      {
        name: 'Folder',
        item: [{ name: 'One', request: { method: 'GET', url: '{{base}}/contacts/:id?limit={{limit}}' } }],
      },
      { name: 'Elsewhere', request: { method: 'GET', url: 'https://example.com/' } },
    ],
  };
  await dialog.getByLabel('Choose a file…').setInputFiles({
    name: 'p.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(postman)),
  });
  await expect(dialog.getByText('2 requests in 1 folder')).toBeVisible();
  await expect(dialog.getByText('Its token was left out')).toBeVisible();
  await shoot(page, 'import-requests');
  await dialog.getByRole('button', { name: 'Import 2' }).click();
  await expect(dialog).toBeHidden();
  const environments = join(companion.dataDir, 'environments');
  const [environment = ''] = await readdir(environments);
  expect(await readFile(join(environments, environment), 'utf8')).toContain('"name": "limit"');
  await expect(tree.getByRole('treeitem', { name: /One/ })).toBeVisible();
  await tree.getByRole('treeitem', { name: /From Postman/ }).click({ button: 'right' });
  await shoot(page, 'collection-menu');
  await page.getByRole('menuitem', { name: 'Export' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Postman collection' }).click();
  const exported = await readFile(await (await saving).path(), 'utf8');
  expect(JSON.parse(exported)).toMatchObject({
    info: { name: 'From Postman' },
    item: [{ name: 'Folder' }, {}],
  });
});
