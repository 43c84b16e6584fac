import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseLocation, chooseOperation, install, open, startSimulator } from './journey.ts';
import { shoot } from './looks.ts';

test('a request is shown as code in a language that is remembered, and copied without its token', async ({
  page,
  companion: _companion,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await startSimulator(page);
  await install(page, (consent) => chooseLocation(consent, 'Northside Dental'));
  await open(page, 'Requests');
  await chooseOperation(page, 'create contact', '/contacts/');
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  const code = page.getByRole('textbox', { name: 'Request in cURL' });
  await expect(code).toHaveValue(/--data-raw/);
  await expect(code).toHaveValue(/Authorization: Bearer \$HIGHLEVEL_TOKEN/);

  await page.getByRole('combobox', { name: 'Language' }).selectOption('HighLevel SDK (Node.js)');
  const sdk = page.getByRole('textbox', { name: 'Request in HighLevel SDK (Node.js)' });
  await expect(sdk).toHaveValue(/highLevel\.contacts\.createContact\(/);
  await shoot(page, 'code');
  await page.getByRole('checkbox', { name: 'Leave {{variables}} as they are' }).check();
  await expect(sdk).toHaveValue(/\{\{locationId\}\}/);
  await page.getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('HIGHLEVEL_TOKEN');

  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Token' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('code for');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Request in HighLevel SDK (Node.js)' })).toBeVisible();
});
