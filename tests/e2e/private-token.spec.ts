import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { open, startSimulator } from './journey.ts';
import { seriousFindings } from './looks.ts';

test('a private integration token is added by hand and refused when it is none', async ({
  page,
  companion,
}) => {
  expect(companion.ui).toContain('#code=');
  await startSimulator(page);
  await open(page, 'Tokens');
  await page.getByRole('button', { name: 'Add private integration token…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Token').fill('eyJhbGciOiJ');
  await dialog.getByLabel('locationId').fill('ve9EPM428h8vShlRW1KT');
  await dialog.getByRole('button', { name: 'Add token' }).click();
  await expect(dialog.getByRole('alert')).toContainText('begins with "pit-"');
  expect(await seriousFindings(page, 'a token that is none')).toEqual([]);
  await dialog.getByLabel('Token').fill('pit-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9');
  await dialog.getByLabel('Label').fill('Reports');
  await dialog.getByRole('button', { name: 'Add token' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Reports' })).toBeVisible();
  await expect(page.getByText('private integration token, entered by hand')).toBeVisible();
});
