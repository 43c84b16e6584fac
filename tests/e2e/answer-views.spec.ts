import { expect, type Page } from '@playwright/test';
import { test } from './companion.ts';
import { chooseOperation, installed, open, writeBody } from './journey.ts';
import { shoot } from './looks.ts';

const send = async (page: Page, status: RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { name: status })).toBeVisible();
};

test('an answer is read as a tree and a table, with its timing, its request and the webhooks that followed', async ({
  page,
  companion,
}) => {
  await installed(page, companion);
  await open(page, 'Requests');
  await chooseOperation(page, 'create contact', '/contacts/');
  await writeBody(page, { locationId: '{{locationId}}', firstName: 'Grace', lastName: 'Hopper' });
  await send(page, /^20[01] /);

  const followed = page.getByRole('region', { name: 'Webhooks that followed' });
  await expect(followed.getByRole('link', { name: 'ContactCreate' })).toBeVisible();
  await shoot(page, 'answer-followed');

  await page.getByRole('button', { name: 'Tree', exact: true }).click();
  const tree = page.getByRole('tree', { name: 'Answer body as a tree' });
  await expect(tree.getByRole('treeitem').first()).toContainText('{');
  await page.getByRole('textbox', { name: 'Find in the tree' }).fill('Grace');
  await expect(tree.getByRole('treeitem', { selected: true })).toContainText('Grace');
  await expect(page.getByText(/^\$\.contact\.\w*[nN]ame$/)).toBeVisible();
  await tree.focus();
  await tree.press('ArrowLeft');
  await expect(tree.getByRole('treeitem', { selected: true })).toContainText('contact');
  await tree.press('ArrowLeft');
  await expect(tree.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-expanded', 'false');
  await tree.press('ArrowRight');
  await shoot(page, 'answer-tree');

  await page.getByRole('tab', { name: 'Timing' }).click();
  const timing = page.getByRole('table', { name: 'Timing' });
  await expect(timing.getByRole('row', { name: /^Wait/ })).toContainText('ms');
  await expect(page.getByRole('region', { name: 'Connection' })).toContainText('HTTP/1.1');
  await shoot(page, 'answer-timing');
  await page.getByRole('tab', { name: 'As sent' }).click();
  const sent = page.getByRole('textbox', { name: 'Start line, headers and body' });
  await expect(sent).toContainText('POST /contacts/ HTTP/1.1');
  await expect(sent).toContainText('"firstName":"Grace"');
  await expect(sent).not.toContainText('eyJ');
  await shoot(page, 'answer-as-sent');

  await chooseOperation(page, 'get contacts', '/contacts/');
  await send(page, /^200 /);
  await page.getByRole('tab', { name: 'Answer' }).click();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const table = page.getByRole('grid', { name: 'Answer body as a table' });
  await expect(table.getByRole('columnheader', { name: 'firstName', exact: true })).toBeVisible();
  await expect(table.getByRole('row').nth(1)).toContainText('1');
  await shoot(page, 'answer-table');
  await expect(followed).toBeHidden();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save answer body to a file' }).click();
  expect((await saving).suggestedFilename()).toBe('contacts.json');
});
