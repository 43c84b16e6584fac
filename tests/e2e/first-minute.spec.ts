import { expect } from '@playwright/test';
import { test } from './companion.ts';
import {
  chooseLocation,
  chooseOperation,
  install,
  open,
  startSimulator,
  webhookRow,
  writeBody,
} from './journey.ts';

test('a sub-account install ends with a verified INSTALL, a call and its webhook', async ({
  page,
  companion,
}) => {
  expect(companion.ingress).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await startSimulator(page);
  await install(page, (consent) => chooseLocation(consent, 'Northside Dental'));

  await expect(page.getByText('A token for the sub-account')).toBeVisible();
  await open(page, 'Tokens');
  await expect(page.getByText('Simulated Booking').first()).toBeVisible();

  await open(page, 'Webhooks');
  const installed = webhookRow(page, 'INSTALL');
  await expect(installed).toContainText('verified');
  await installed.click();
  await page.getByRole('tab', { name: 'Signature' }).click();
  await expect(page.getByText(/Ed25519/).first()).toBeVisible();
  await expect(page.getByText('X-GHL-Signature').first()).toBeVisible();

  await open(page, 'Requests');
  await chooseOperation(page, 'POST /contacts/', '/contacts/');
  await expect(page.getByRole('combobox', { name: 'Method' })).toHaveValue('POST');
  await writeBody(page, {
    firstName: 'Ada',
    lastName: 'Byron',
    email: 'ada@example.com',
    locationId: '{{locationId}}',
  });
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(
    page
      .getByRole('region', { name: 'Answer' })
      .getByText(/^20[01]/)
      .first(),
  ).toBeVisible();

  await open(page, 'Webhooks');
  const created = webhookRow(page, 'ContactCreate');
  await expect(created).toContainText('verified');
  await created.click();
  await expect(page.getByText('ada@example.com').first()).toBeVisible();
});

test('an agency install ends with a location token minted and used', async ({ page, companion }) => {
  expect(companion.webhookPath).toBe('/webhooks');
  await startSimulator(page);
  await install(page, (consent) => chooseLocation(consent, 'Acme Agency'));
  await expect(page.getByText('A token for the agency')).toBeVisible();

  await open(page, 'Tokens');
  await page.getByRole('treegrid', { name: 'Tokens' }).getByRole('row').nth(1).click();
  await page
    .getByRole('button', { name: /Mint location token/ })
    .first()
    .click();
  await expect(page.getByText('Minted from', { exact: true })).toBeVisible();

  await open(page, 'Webhooks');
  await expect(webhookRow(page, 'INSTALL')).toContainText('verified');

  await open(page, 'Requests');
  await chooseOperation(page, 'POST /contacts/', '/contacts/');
  await writeBody(page, { firstName: 'Grace', email: 'grace@example.com', locationId: '{{locationId}}' });
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(
    page
      .getByRole('region', { name: 'Answer' })
      .getByText(/^20[01]/)
      .first(),
  ).toBeVisible();
  await open(page, 'Webhooks');
  await expect(webhookRow(page, 'ContactCreate')).toContainText('verified');
});
