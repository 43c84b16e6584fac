/**
 * npm run screenshots: every screen in both themes, empty and after the first minute, into the git-ignored folder
 * `screenshots/`. With a path as argument, Home after the first minute (dark) is also written there, for the README.
 */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { startCompanion } from '../e2e/companion.ts';
import {
  chooseLocation,
  chooseOperation,
  install,
  open,
  screens,
  startSimulator,
  webhookRow,
  writeBody,
} from '../e2e/journey.ts';

const folder = join(import.meta.dirname, '..', '..', 'screenshots');
const readmeImage = process.argv[2];

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

async function shootAll(page: Page, theme: string, stage: string): Promise<void> {
  for (const screen of screens) {
    await open(page, screen);
    await page.waitForLoadState('networkidle');
    await shoot(page, `${screen.toLowerCase()}-${stage}-${theme}`);
  }
}

/** The first minute, once for a sub-account and once for the agency, with a contact created by hand. */
async function fill(page: Page): Promise<void> {
  await open(page, 'Home');
  await startSimulator(page);
  await install(page, (consent) => chooseLocation(consent, 'Northside Dental'));
  await expect(page.getByText('A token for the sub-account')).toBeVisible();
  await open(page, 'Requests');
  await chooseOperation(page, 'POST /contacts/', '/contacts/');
  await writeBody(page, { firstName: 'Ada', email: 'ada@example.com', locationId: '{{locationId}}' });
  await page.getByRole('button', { name: 'Send' }).click();
  await open(page, 'Webhooks');
  await expect(webhookRow(page, 'ContactCreate')).toContainText('verified');
  await open(page, 'Install');
  await install(page, (consent) => chooseLocation(consent, 'Acme Agency'));
  await open(page, 'Tokens');
  await page.getByRole('treegrid', { name: 'Tokens' }).getByText(/./).nth(4).click();
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const theme of ['dark', 'light'] as const) {
  const companion = await startCompanion();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  await page.goto(companion.ui);
  await shootAll(page, theme, 'empty');
  await fill(page);
  await shootAll(page, theme, 'filled');
  await open(page, 'Webhooks');
  await webhookRow(page, 'ContactCreate').click();
  await expect(page.getByText('ada@example.com').first()).toBeVisible();
  await shoot(page, `webhook-detail-${theme}`);
  await page.getByRole('tab', { name: 'Signature' }).click();
  await shoot(page, `webhook-signature-${theme}`);
  await open(page, 'Webhooks');
  await page.getByRole('link', { name: 'Trigger an event' }).click();
  await expect(page.getByLabel('firstName', { exact: true })).not.toHaveValue('');
  await shoot(page, `trigger-${theme}`);
  await page.getByRole('link', { name: 'Deliveries' }).click();
  await page.getByRole('link', { name: 'Tamper bench' }).click();
  await expect(page.getByText('WEBHOOK_SIGNATURE_PUBLIC_KEY').first()).toBeVisible();
  await shoot(page, `tamper-${theme}`);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await shoot(page, `palette-${theme}`);
  await context.close();
  await companion.stop();
}
await browser.close();
if (readmeImage !== undefined) await copyFile(join(folder, 'home-filled-dark.png'), readmeImage);
process.stdout.write(`Screenshots are in ${folder}\n`);
