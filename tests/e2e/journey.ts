import { expect, type Locator, type Page } from '@playwright/test';
import * as z from 'zod';
import { end, firstLine, spawnHlc, type Companion } from './companion.ts';

/** The steps of the first minute, as a person takes them. Shared by the specs and the screenshots. */

export const screens = [
  'Home',
  'App',
  'Install',
  'Tokens',
  'Webhooks',
  'Requests',
  'Exchanges',
  'Simulator',
  'Help',
  'Settings',
] as const;

export async function open(page: Page, screen: (typeof screens)[number]): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
  await expect(
    page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }),
  ).toHaveAttribute('aria-current', 'page');
}

export async function startSimulator(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run the first minute in the simulator' }).first().click();
  await expect(page.getByText('It plays HighLevel at')).toBeVisible();
}

/** Clicks "Install app" and answers on the consent page that opens; returns when the callback page has said its piece. */
export async function install(page: Page, choose: (consent: Page) => Promise<void>): Promise<void> {
  const opening = page.context().waitForEvent('page');
  await page
    .getByRole('button', { name: /^Install (app|again|in another account)$/ })
    .first()
    .click();
  const consent = await opening;
  await choose(consent);
  await consent.getByRole('button', { name: 'Allow & Install' }).click();
  await expect(consent.getByText(/close this window/)).toBeVisible();
  await consent.close();
}

export async function chooseLocation(consent: Page, name: string): Promise<void> {
  await consent.getByRole('radio', { name: new RegExp(name) }).check();
}

const begun = z.object({ installUrl: z.string() });
const world = z.object({ locations: z.array(z.object({ id: z.string(), name: z.string() })) });

/**
 * Starts the simulator and installs its app in a sub-account, with what a browser would send on the consent page: for
 * tests of what comes after.
 */
export async function installed(
  page: Page,
  { dataDir }: Companion,
  name = 'Northside Dental',
): Promise<void> {
  await startSimulator(page);
  const waiting = spawnHlc(['install', '--json', '--data-dir', dataDir]);
  const { installUrl } = begun.parse(JSON.parse(await firstLine(waiting)));
  const consent = new URL(installUrl);
  const { locations } = world.parse(await (await fetch(`${consent.origin}/_simulator/state`)).json());
  const form = new URLSearchParams(consent.searchParams);
  form.set('target', `location:${locations.find((one) => one.name === name)?.id ?? ''}`);
  const allowed = await fetch(consent.origin + consent.pathname, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const callback = await fetch(allowed.headers.get('location') ?? '');
  expect(await callback.text()).toContain('close this window');
  await end(waiting);
}

/** The row of the newest webhook of a type in the list on screen. */
export function webhookRow(page: Page, type: string): Locator {
  return page.getByRole('grid', { name: 'Webhooks' }).getByRole('row').filter({ hasText: type }).first();
}

/** Finds an operation in the catalogue and opens it in the form. */
export async function chooseOperation(page: Page, search: string, path: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search operations' }).fill(search);
  await page
    .getByRole('option')
    .filter({ has: page.getByText(path, { exact: true }) })
    .first()
    .click();
}

export async function writeBody(page: Page, body: unknown): Promise<void> {
  await page.getByRole('tab', { name: 'Body' }).first().click();
  const editor = page.getByRole('textbox', { name: 'Request body' });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(JSON.stringify(body));
}
