import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { seriousFindings } from './looks.ts';

test('the doctor is called from the palette and says of each part whether it will do', async ({
  page,
  companion,
}) => {
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('doctor');
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: 'Doctor' });
  await expect(card.getByText(/\d+ fine, \d+ worth a look, 0 to mend/)).toBeVisible();
  await expect(card.getByRole('listitem').filter({ hasText: 'There is no app yet.' })).toBeVisible();
  await expect(
    card.getByRole('listitem').filter({ hasText: `The ingress listens at ${companion.ingress}.` }),
  ).toBeVisible();
  expect(await seriousFindings(page, 'the doctor')).toEqual([]);
});
