import { end, firstLine, hlc, spawnHlc, startCompanion, test } from './companion.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import * as z from 'zod';
import { chooseLocation, install, open, startSimulator } from './journey.ts';
import { seriousFindings } from './looks.ts';

const simulatorLine = z.object({ url: z.string(), clientId: z.string() });

/** Begins an install and allows it without the browser following the way back: nothing reaches the companion. */
async function allowWithoutReturn(page: Page, name: string): Promise<string> {
  const opening = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Install app' }).first().click();
  const consent = await opening;
  await chooseLocation(consent, name);
  const target = await consent.getByRole('radio', { name: new RegExp(name) }).getAttribute('value');
  const link = new URL(consent.url());
  await consent.close();
  const form = { ...Object.fromEntries(link.searchParams), target: target ?? '' };
  const allowed = await page.request.post(link.origin + link.pathname, { form, maxRedirects: 0 });
  expect(allowed.status()).toBe(302);
  return allowed.headers()['location'] ?? '';
}

async function simulatorUrl(page: Page): Promise<string> {
  const said = await page.getByText('It plays HighLevel at').first().textContent();
  return /http:\/\/[\w.:]+/.exec(said ?? '')?.[0]?.replace(/\.$/, '') ?? '';
}

test('an agency bulk install ends with three location tokens minted together', async ({
  page,
  companion,
}) => {
  expect(companion.dataDir).not.toBe('');
  await startSimulator(page);
  await install(page, (consent) => chooseLocation(consent, 'Acme Agency'));
  await expect(page.getByText('A token for the agency')).toBeVisible();
  await open(page, 'Tokens');
  await page.getByRole('treegrid', { name: 'Tokens' }).getByRole('row').nth(1).click();
  const accounts = page.getByRole('region', { name: 'Sub-accounts' });
  const boxes = accounts.getByRole('listitem').getByRole('checkbox');
  for (const at of [0, 1, 2]) await boxes.nth(at).check();
  await accounts.getByRole('button', { name: 'Mint chosen (3)' }).click();
  await expect(accounts.getByText('3 of 3 minted')).toBeVisible();
  await expect(accounts.getByText('token held')).toHaveCount(3);
  await expect(page.getByRole('treegrid', { name: 'Tokens' }).getByRole('row')).toHaveCount(5);
  await accounts.getByRole('searchbox').fill('Northside');
  await expect(accounts.getByRole('listitem')).toHaveCount(1);
  await accounts.getByRole('checkbox', { name: /INSTALL webhook/ }).check();
  await expect(accounts.getByRole('checkbox', { name: /INSTALL webhook/ })).toBeChecked();
  expect(await seriousFindings(page, 'tokens-minted')).toEqual([]);

  await page.getByRole('button', { name: /Uninstall from the agency/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Uninstall' }).click();
  await expect(page.getByRole('heading', { name: 'No token yet' })).toBeVisible();
});

test('a pasted code completes an install whose way back is blocked', async ({ page, companion }) => {
  expect(companion.dataDir).not.toBe('');
  await startSimulator(page);
  await open(page, 'Install');
  const address = await allowWithoutReturn(page, 'Northside Dental');
  expect(new URL(address).searchParams.get('code')).toMatch(/^\w{20,}$/);
  await page.getByRole('button', { name: 'QR code' }).click();
  await expect(page.getByRole('img', { name: 'QR code of the install link' })).toBeVisible();
  await page.getByText('Paste a code or the redirected address').click();
  expect(await seriousFindings(page, 'install-waiting')).toEqual([]);

  const field = page.getByRole('textbox', { name: /Code, or the whole address/ });
  await field.fill('not a code at all');
  await page.getByRole('button', { name: 'Exchange', exact: true }).click();
  await expect(page.getByText('This text is neither a code nor an address with one.')).toBeVisible();
  await field.fill(address);
  await page.getByRole('button', { name: 'Exchange', exact: true }).click();
  await expect(page.getByText(/^Installed/).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'What was sent' }).getByText('client_secret')).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'What came back' }).getByText('refresh_token', { exact: true }),
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What just happened' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText(new URL(address).searchParams.get('code') ?? '');
  expect(await seriousFindings(page, 'install-done')).toEqual([]);
});

test('a failed exchange is understood and recovered from', async ({ page, companion, request }) => {
  expect(companion.dataDir).not.toBe('');
  await startSimulator(page);
  const simulator = await simulatorUrl(page);
  const armed = await request.put(`${simulator}/_simulator/faults`, {
    data: { faults: ['/oauth/token:503x1'] },
  });
  expect(armed.status()).toBe(200);
  await open(page, 'Install');
  await install(page, (consent) => chooseLocation(consent, 'Harbor Fitness'));
  const known = page.getByRole('region', { name: 'What is known of this error' });
  await expect(known.getByText('The token endpoint failed on its side.')).toBeVisible();
  await expect(known.getByText('traceId')).toBeVisible();
  await expect(known.getByText('Raw body')).toBeVisible();
  expect(await seriousFindings(page, 'install-failed')).toEqual([]);
  await page.getByRole('button', { name: 'Try the same code again' }).click();
  await expect(page.getByText(/^Installed/).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What just happened' })).toBeVisible();
});

test('an install of a live app that did not begin here is exchanged only after a confirmation', async ({
  page,
}) => {
  const companion = await startCompanion();
  const simulatorProcess = spawnHlc(['simulator', '--port', '0', '--json']);
  const simulator = simulatorLine.parse(JSON.parse(await firstLine(simulatorProcess)));
  await hlc(['profiles', 'add', '--simulator', simulator.url, '--data-dir', companion.dataDir, '--json']);
  // The simulator's app, held to the rules of a live one.
  const settings = join(companion.dataDir, 'settings.json');
  const { ingress } = await companion.restart(async () => {
    const text = await readFile(settings, 'utf8');
    await writeFile(settings, text.replace(/("environment":\s*)"simulator"/, '$1"live"'));
  });
  const redirect = `${ingress}${companion.callbackPath}`;
  await page.request.put(`${simulator.url}/_simulator/app`, { data: { redirectUrls: [redirect] } });
  await page.goto(await companion.link());
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();

  const link = new URL('/v2/oauth/chooselocation', simulator.url);
  link.search = new URLSearchParams({
    response_type: 'code',
    redirect_uri: redirect,
    client_id: simulator.clientId,
    scope: 'contacts.readonly',
  }).toString();
  const consent = await page.context().newPage();
  await consent.goto(link.href);
  await chooseLocation(consent, 'Lakeview Spa');
  await consent.getByRole('button', { name: 'Allow & Install' }).click();
  await expect(consent.getByText('asks for your confirmation')).toBeVisible();
  await consent.close();

  await page.getByRole('button', { name: 'Show it' }).click();
  const question = page.getByRole('alert', { name: /Confirm an install of/ });
  await expect(question).toContainText(redirect);
  expect(await seriousFindings(page, 'install-confirm')).toEqual([]);
  await question.getByRole('button', { name: 'Accept and exchange the code' }).click();
  await expect(page.getByText(/^Installed/).first()).toBeVisible();
  await expect(question).toHaveCount(0);
  await end(simulatorProcess);
  await companion.stop();
});

test('a restarted companion still has the app, its tokens and its exchanges', async ({ page }) => {
  const companion = await startCompanion();
  await page.goto(companion.ui);
  await startSimulator(page);
  await install(page, (consent) => chooseLocation(consent, 'Northside Dental'));
  await expect(page.getByText('A token for the sub-account')).toBeVisible();
  await companion.restart();
  await page.goto(await companion.link());
  await open(page, 'Tokens');
  const row = page.getByRole('treegrid', { name: 'Tokens' }).getByRole('row').nth(1);
  await expect(row).toContainText('Simulated Booking');
  await row.click();
  await expect(
    page.getByRole('region', { name: 'Token', exact: true }).getByText('In the vault'),
  ).toBeVisible();
  await open(page, 'Webhooks');
  await expect(
    page.getByRole('grid', { name: 'Webhooks' }).getByRole('row').filter({ hasText: 'INSTALL' }).first(),
  ).toContainText('verified');
  await companion.stop();
});
