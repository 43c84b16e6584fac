import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseOperation, installed, open } from './journey.ts';
import { shoot } from './looks.ts';

const newerLinks = join(import.meta.dirname, '..', 'catalogue', 'documents', 'links-newer.yaml');

test('an OpenAPI document becomes a catalogue whose operations are sent, then refreshes HighLevel’s with a report, and is undone', async ({
  page,
  companion,
}) => {
  await installed(page, companion);
  await open(page, 'Requests');

  await page.getByRole('button', { name: 'Catalogues' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('built in')).toBeVisible();
  await shoot(page, 'catalogues-first');
  await dialog.getByRole('button', { name: 'Import OpenAPI…' }).click();
  await dialog.getByLabel('Choose a file…').setInputFiles(newerLinks);
  await expect(dialog.getByText('Trigger Links API, version 1.1')).toBeVisible();
  // Most of it is known already, so that it is taken for a newer state of HighLevel's.
  const report = dialog.getByRole('list', { name: 'Operations that change' });
  await expect(report.getByText('The field "campaign" is new and required.')).toBeVisible();
  await shoot(page, 'catalogue-difference');
  await dialog.getByRole('radio', { name: 'A further catalogue' }).check();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('My links');
  await shoot(page, 'catalogue-further');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByText('My links')).toBeVisible();
  await shoot(page, 'catalogues');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('combobox', { name: 'Group' }).selectOption({ label: 'My links (6)' });
  await expect(page.getByText('6 operations', { exact: true })).toBeVisible();
  await chooseOperation(page, 'Get Links', '/links/');
  await expect(page).toHaveURL(/my-links:get-links|my-links%3Aget-links/);
  await shoot(page, 'catalogue-chosen');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Answer' }).getByText('200').first()).toBeVisible();

  await page.getByRole('button', { name: 'Catalogues' }).click();
  await dialog.getByRole('button', { name: 'Import OpenAPI…' }).click();
  await dialog.getByLabel('Choose a file…').setInputFiles(newerLinks);
  await dialog.getByRole('radio', { name: 'A newer state of HighLevel’s operations' }).check();
  await dialog.getByRole('button', { name: 'May break requests 3' }).click();
  await expect(report.getByText('DELETE', { exact: true })).toBeVisible();
  await expect(report.getByText('/links/{linkId}/clicks')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Refresh' }).click();
  await dialog.getByRole('button', { name: 'Undo Trigger Links API' }).click();
  await page
    .getByRole('dialog', { name: 'Undo Trigger Links API?' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(dialog.getByText('Trigger Links API')).toHaveCount(0);
});
