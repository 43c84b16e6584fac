import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseOperation, installed, open } from './journey.ts';
import { shoot } from './looks.ts';

test('a request is shown as code in a language that is remembered, and copied without its token', async ({
  page,
  companion,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await installed(page, companion);
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

test('the notices of what is built in open from the palette and from Help', async ({
  page,
  companion: _companion,
}) => {
  await expect(page.getByRole('button', { name: /^Run the first minute/ }).first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('third-party');
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox', { name: 'Search notices' }).fill('inter');
  await page.getByRole('button', { name: /@fontsource-variable\/inter/ }).click();
  await expect(page.getByRole('textbox', { name: 'Licence of @fontsource-variable/inter' })).toHaveValue(
    /SIL OPEN FONT LICENSE/i,
  );
  await shoot(page, 'notices');
  await page.getByRole('button', { name: 'Done' }).click();
  await open(page, 'Help');
  await page
    .getByRole('region', { name: 'Third-party notices' })
    .getByRole('button', { name: 'Show' })
    .click();
  await expect(page.getByRole('dialog', { name: 'Third-party notices' })).toBeVisible();
});

test('a missing scope offers the install link that asks for it, and pasted cURL finds its operation', async ({
  page,
  companion,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await installed(page, companion);
  await open(page, 'Requests');
  await page.getByRole('button', { name: 'Paste cURL' }).click();
  await page
    .getByRole('textbox', { name: 'Command' })
    .fill(
      `curl 'https://services.leadconnectorhq.com/medias/a1b2?altType=agency&altId={{locationId}}' -X DELETE`,
    );
  await page.getByRole('button', { name: 'Fill in' }).click();
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue('/medias/{id}');
  await page.getByRole('tab', { name: /^Path/ }).click();
  await expect(page.getByLabel('id', { exact: true })).toHaveValue('a1b2');

  // What stands in the way comes after a moment, and moves what is below it: a menu would not outlive that.
  await expect(page.getByText('The token lacks the scope medias.write')).toBeVisible();
  await page.getByRole('tab', { name: /^Query/ }).click();
  await page.getByRole('button', { name: 'Values of altType' }).click();
  await shoot(page, 'value-menu');
  await page.getByRole('menuitem', { name: 'location' }).click();
  await expect(page.getByLabel('Query parameter 1 value')).toHaveValue('location');

  const reinstall = page.getByRole('region', { name: 'Reinstall' });
  await shoot(page, 'reinstall');
  await reinstall.getByRole('button', { name: 'Copy reinstall link' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/scope=[^&]*medias\.write/);
});
