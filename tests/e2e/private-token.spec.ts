import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { open, startSimulator } from './journey.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`a private integration token, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('is added by hand and refused when it is none', async ({ page, companion }, testInfo) => {
      expect(companion.ui).toContain('#code=');
      await startSimulator(page);
      await open(page, 'Tokens');
      await page.getByRole('button', { name: 'Add private integration token…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Token').fill('eyJhbGciOiJ');
      await dialog.getByLabel('locationId').fill('ve9EPM428h8vShlRW1KT');
      await dialog.getByRole('button', { name: 'Add token' }).click();
      await expect(dialog.getByRole('alert')).toContainText('begins with "pit-"');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
      await page.screenshot({
        path: testInfo.outputPath(`private-${colorScheme}.png`),
        animations: 'disabled',
      });
      await dialog.getByLabel('Token').fill('pit-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9');
      await dialog.getByLabel('Label').fill('Reports');
      await dialog.getByRole('button', { name: 'Add token' }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByRole('heading', { name: 'Reports' })).toBeVisible();
      await expect(page.getByText('private integration token, entered by hand')).toBeVisible();
      await page.screenshot({
        path: testInfo.outputPath(`added-${colorScheme}.png`),
        animations: 'disabled',
      });
    });
  });
}
