import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from './companion.ts';
import { chooseLocation, install, open, screens, startSimulator } from './journey.ts';

/** What axe calls serious or critical on the page as it stands, one line a rule. */
async function seriousFindings(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${where}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

async function everyScreen(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const screen of screens) {
    await open(page, screen);
    findings.push(...(await seriousFindings(page, screen)));
  }
  return findings;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing serious, ${colorScheme}`, () => {
    test.use({ colorScheme });
    // Eleven screens at a second or two each on a busy machine.
    test.setTimeout(120_000);

    test('on any screen before there is anything to show', async ({ page, companion }) => {
      expect(companion.ui).toContain('#code=');
      expect(await everyScreen(page)).toEqual([]);
    });

    test('on any screen after an install, with a delivery open and in the palette', async ({
      page,
      companion,
    }) => {
      expect(companion.ui).toContain('#code=');
      await startSimulator(page);
      await install(page, (consent) => chooseLocation(consent, 'Lakeview Spa'));
      await expect(page.getByText('A token for the sub-account')).toBeVisible();
      const findings = await everyScreen(page);
      await open(page, 'Webhooks');
      await page.getByRole('grid', { name: 'Webhooks' }).getByRole('row').nth(1).click();
      findings.push(...(await seriousFindings(page, 'Webhooks with a delivery open')));
      await page.keyboard.press('ControlOrMeta+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      findings.push(...(await seriousFindings(page, 'Palette')));
      expect(findings).toEqual([]);
    });
  });
}
