import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Shows the page in a theme, all of it: colours on their way from one to the other are neither's. */
async function showIn(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
  await page.evaluate(() => {
    // Ended, not waited for: where the machine is too busy to draw, they end late or never.
    for (const animation of document.getAnimations()) {
      if (animation instanceof CSSTransition) animation.finish();
    }
  });
}

/** The rules of axe that look at colours; the others find in one theme what they find in the other. */
const colourRules = ['color-contrast', 'link-in-text-block'];

type Finding = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];

/**
 * In the page itself: the other mode opens a second page for each look, for the sake of frames, and the window has none.
 * What passed is not listed.
 */
const axe = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });

async function violationsOf(page: Page): Promise<{ readonly finding: Finding; readonly line: string }[]> {
  await showIn(page, 'dark');
  const dark = await axe(page).analyze();
  await showIn(page, 'light');
  const light = await axe(page).withRules(colourRules).analyze();
  await page.emulateMedia({ colorScheme: null });
  const lines = (theme: string, found: readonly Finding[]) =>
    found.map((finding) => ({
      finding,
      line: `${theme}: ${finding.id} at ${finding.nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    }));
  return [...lines('dark', dark.violations), ...lines('light', light.violations)];
}

/** Nothing at all, in both themes. */
export async function isAccessible(page: Page): Promise<void> {
  expect((await violationsOf(page)).map(({ line }) => line)).toEqual([]);
}

/** What axe calls serious or critical on the page as it stands in either theme, one line a finding. */
export async function seriousFindings(page: Page, where: string): Promise<string[]> {
  return (await violationsOf(page))
    .filter(({ finding: { impact } }) => impact === 'serious' || impact === 'critical')
    .map(({ line }) => `${where}, ${line}`);
}

/** With a folder in HLC_SHOTS, what is on screen is kept there in both themes. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['HLC_SHOTS'];
  if (folder === undefined) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await showIn(page, colorScheme);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: null });
}
