import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './companion.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`the doctor, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('is called from the palette and says of each part whether it will do', async ({
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
      const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Doctor"]').analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    });
  });
}
