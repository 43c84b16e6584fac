import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseOperation, installed, open, writeBody } from './journey.ts';

test('an operation is found, sent, followed to its webhook, saved, and run with what its answer gave', async ({
  page,
  companion,
}) => {
  await installed(page, companion);
  await open(page, 'Requests');
  await chooseOperation(page, 'create contact', '/contacts/');
  await writeBody(page, { locationId: '{{locationId}}', firstName: 'Grace', lastName: 'Hopper' });
  await page.getByRole('tab', { name: 'Tests' }).click();
  await page.getByRole('button', { name: 'Add variable' }).click();
  await page.getByRole('textbox', { name: 'Capture 1 variable' }).fill('contactId');
  await page.getByRole('textbox', { name: 'Capture 1 JSON path' }).fill('$.contact.id');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('heading', { name: /^201 / })).toBeVisible();

  const save = async (name: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+s');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    const collection = dialog.getByRole('textbox', { name: 'Name of the collection' });
    if (await collection.isVisible()) await collection.fill('Contacts');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
  };
  await save('Create a contact');

  const followed = page.getByRole('region', { name: 'Webhooks that followed' });
  await followed.getByRole('link', { name: 'ContactCreate' }).click();
  await expect(page.getByRole('heading', { name: 'ContactCreate' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: /^201 / })).toBeVisible();

  await chooseOperation(page, 'get contact', '/contacts/{contactId}');
  await page.getByRole('textbox', { name: 'contactId' }).fill('{{contactId}}');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('heading', { name: '200 OK' })).toBeVisible();
  await save('Read it again');

  await page.getByRole('tab', { name: 'Collections' }).click();
  const tree = page.getByRole('tree', { name: 'Saved requests' });
  await tree.getByRole('treeitem', { name: /^Contacts/ }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const report = page.getByRole('region', { name: 'Run of saved requests' });
  await expect(report.getByText('2 passed')).toBeVisible();
  await expect(report.getByText('{{contactId}}')).toBeVisible();
});
