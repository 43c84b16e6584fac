import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseOperation, installed, open } from './journey.ts';
import { isAccessible, shoot } from './looks.ts';

test('an operation opens with an example, its form and its JSON in step, and is sent', async ({
  page,
  companion,
}) => {
  await installed(page, companion);
  await open(page, 'Requests');
  await page.getByRole('combobox', { name: 'Group' }).selectOption({ label: 'Contacts (33)' });
  await chooseOperation(page, 'create contact', '/contacts/');
  const editor = page.getByRole('textbox', { name: 'Request body' });
  await expect(editor).toContainText('"firstName": "Ada"');

  const firstName = page.getByRole('textbox', { name: 'firstName', exact: true });
  await expect(firstName).toHaveValue('Ada');
  await firstName.fill('Grace');
  await expect(editor).toContainText('"firstName": "Grace"');
  await page.getByRole('textbox', { name: 'city', exact: true }).fill('Leeds');
  await expect(editor).toContainText('"city": "Leeds"');
  await isAccessible(page);
  await shoot(page, 'request-builder');

  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('{"locationId":"{{locationId}}","firstName":"Mary","dnd":"no"}');
  await expect(firstName).toHaveValue('Mary');
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'dnd', exact: true }).selectOption('true');
  await expect(editor).toContainText('"dnd":true');
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { name: /^20[01] / })).toBeVisible();
});

test('a pasted cURL command fills in the form, its token left out', async ({ page, companion }) => {
  await installed(page, companion);
  await open(page, 'Requests');
  await page.getByRole('button', { name: 'Paste cURL' }).click();
  const command = page.getByRole('textbox', { name: 'Command' });
  await command.fill('wget https://x');
  await page.getByRole('button', { name: 'Fill in' }).click();
  await expect(page.getByRole('alert')).toContainText('must begin with "curl"');
  await command.fill(
    `curl -X POST 'https://services.leadconnectorhq.com/contacts/' -H 'Authorization: Bearer x' --json '{"locationId":"{{locationId}}","firstName":"Joan"}'`,
  );
  await page.getByRole('button', { name: 'Fill in' }).click();
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue('/contacts/');
  await expect(page.getByRole('textbox', { name: 'Request body' })).toContainText('Joan');
  await expect(page.getByRole('combobox', { name: 'Method' })).toHaveValue('POST');
  await shoot(page, 'pasted-curl');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { name: /^20[01] / })).toBeVisible();
});
