import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseLocation, install, open, startSimulator } from './journey.ts';
import { isAccessible, shoot } from './looks.ts';

test('the simulator is moved, broken, kept and brought back by click', async ({ page, companion }) => {
  expect(companion.webhookPath).toBe('/webhooks');
  await startSimulator(page);
  await open(page, 'Simulator');
  await install(page, (consent) => chooseLocation(consent, 'Northside Dental'));
  const card = (name: string) => page.getByRole('region', { name, exact: true });

  const deliveries = card('Deliveries');
  await expect(deliveries.getByText('delivered, 200').first()).toBeVisible();
  await deliveries
    .getByRole('button', { name: /^Resend INSTALL/ })
    .first()
    .click();
  await expect(deliveries.getByRole('cell', { name: '2', exact: true }).first()).toBeVisible();

  await card('Its data').getByLabel('Snapshot').fill('before');
  await card('Its data').getByRole('button', { name: 'Keep snapshot' }).click();
  await expect(card('Its data').getByRole('button', { name: 'Restore before' })).toBeVisible();

  await card('Faults').getByRole('button', { name: 'Token endpoint down' }).click();
  await expect(card('Faults').getByRole('listitem').filter({ hasText: '/oauth/token:500' })).toBeVisible();
  await card('Faults').getByLabel('Fault', { exact: true }).fill('/x:explode');
  await card('Faults').getByRole('button', { name: 'Add fault' }).click();
  await expect(page.getByRole('alert')).toContainText('/x:explode');

  await card('Its time').getByRole('button', { name: '1 day' }).click();
  const events = card('Subscribed events');
  await events.getByRole('checkbox', { name: 'ContactCreate' }).click();
  await expect(events.getByRole('checkbox', { name: 'ContactCreate' })).not.toBeChecked();
  await card('Open questions').getByLabel('The callback brings state back').selectOption('No');
  await expect(card('Open questions').getByLabel('The callback brings state back')).toHaveValue('false');

  const accounts = card('Its accounts');
  await accounts.getByRole('button', { name: 'Make token' }).click();
  await expect(accounts.getByText(/^pit-/)).toBeVisible();
  await isAccessible(page);
  await shoot(page, 'simulator');
  await accounts.getByRole('button', { name: 'Uninstall everywhere' }).click();
  await expect(accounts.getByText('Installed', { exact: true })).toHaveCount(0);

  await card('Its data').getByRole('button', { name: 'Restore before' }).click();
  await expect(accounts.getByText('Installed', { exact: true }).first()).toBeVisible();
  await expect(events.getByRole('checkbox', { name: 'ContactCreate' })).toBeChecked();
  await expect(card('Faults').getByText('None: everything works.')).toBeVisible();
});
