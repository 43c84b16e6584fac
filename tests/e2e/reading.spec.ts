import { expect } from '@playwright/test';
import * as z from 'zod';
import { hlc, spawnHlc, end, firstLine, test } from './companion.ts';
import { chooseLocation, install, open } from './journey.ts';

test('a body that is no text opens in hex, and Escape clears the search before it closes the delivery', async ({
  page,
  companion,
}) => {
  const url = new URL(companion.webhookPath, companion.ingress).href;
  await fetch(url, { method: 'POST', body: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff) });
  await fetch(url, { method: 'POST', body: '{"type":"ContactUpdate","webhookId":"w-1"}' });
  await open(page, 'Webhooks');
  const rows = page.getByRole('grid', { name: 'Webhooks' }).getByRole('row');
  await rows.nth(2).click();
  const pressed = page.getByRole('group', { name: 'Show as' }).getByRole('button', { pressed: true });
  await expect(pressed).toHaveText('Hex');
  await expect(page.getByText('89 50 4e 47 ff')).toHaveCount(1);
  await page.getByRole('button', { name: 'Raw', exact: true }).click();
  await expect(pressed).toHaveText('Raw');
  await rows.nth(1).click();
  await expect(pressed).toHaveText('Pretty');

  const search = page.getByRole('combobox', { name: 'Search webhooks' });
  await search.fill('ContactUpdate');
  await search.press('Escape');
  await expect(search).toHaveValue('');
  await expect(search).toBeFocused();
  await expect(pressed).toBeVisible();
  await search.press('Escape');
  await expect(search).not.toBeFocused();
});

test('a simulator that was started with hlc counts as on once its app is installed', async ({
  page,
  companion,
}) => {
  const redirect = new URL('/oauth/callback', companion.ingress).href.replace('127.0.0.1', 'localhost');
  const webhook = new URL(companion.webhookPath, companion.ingress).href;
  const where = ['--port', '0', '--redirect', redirect, '--webhook', webhook];
  const simulator = spawnHlc(['simulator', '--json', ...where]);
  try {
    const { url } = z.object({ url: z.url() }).parse(JSON.parse(await firstLine(simulator)));
    await hlc(['profiles', 'add', '--simulator', url, '--data-dir', companion.dataDir]);
    await open(page, 'Install');
    await install(page, (consent) => chooseLocation(consent, 'Harbor Fitness'));
    await open(page, 'Home');
    await expect(page.getByText(`belongs to the simulator at ${url}`)).toBeVisible();
  } finally {
    await end(simulator);
  }
});
