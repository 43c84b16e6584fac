import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './companion.ts';
import { chooseLocation, install, open, screens, startSimulator } from './journey.ts';
import { seriousFindings } from './looks.ts';

const newerLinks = join(import.meta.dirname, '..', 'catalogue', 'documents', 'links-newer.yaml');

async function everyScreen(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const screen of screens) {
    await open(page, screen);
    findings.push(...(await seriousFindings(page, screen)));
  }
  return findings;
}

test('axe finds nothing serious in either theme on any screen before there is anything to show', async ({
  page,
  companion,
}) => {
  expect(companion.ui).toContain('#code=');
  expect(await everyScreen(page)).toEqual([]);
});

test('axe finds nothing serious in either theme on any screen after an install, with a delivery open and in the palette', async ({
  page,
  companion,
}) => {
  expect(companion.ui).toContain('#code=');
  await startSimulator(page);
  await install(page, (consent) => chooseLocation(consent, 'Lakeview Spa'));
  await expect(page.getByText('A token for the sub-account')).toBeVisible();
  const findings = await everyScreen(page);
  await open(page, 'Requests');
  await page.getByRole('tab', { name: 'Tests' }).click();
  await page.getByRole('button', { name: 'Environments and variables' }).click();
  findings.push(...(await seriousFindings(page, 'Environments')));
  await page.keyboard.press('Escape');
  await open(page, 'Webhooks');
  await page.getByRole('grid', { name: 'Webhooks' }).getByRole('row').nth(1).click();
  findings.push(...(await seriousFindings(page, 'Webhooks with a delivery open')));
  await page.getByRole('button', { name: 'Tree', exact: true }).click();
  await expect(page.getByRole('tree')).toBeVisible();
  findings.push(...(await seriousFindings(page, 'A payload as a tree')));
  await page.getByRole('button', { name: 'Pretty', exact: true }).click();
  await open(page, 'Requests');
  await page.getByRole('button', { name: 'Catalogues' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Import OpenAPI…' }).click();
  await page.getByLabel('Choose a file…').setInputFiles(newerLinks);
  await expect(page.getByRole('list', { name: 'Operations that change' })).toBeVisible();
  findings.push(...(await seriousFindings(page, 'A document that changes operations')));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await expect(page.getByRole('textbox', { name: /^Request in / })).toHaveValue(/HIGHLEVEL_TOKEN/);
  findings.push(...(await seriousFindings(page, 'A request as code')));
  await page.getByRole('button', { name: 'Done' }).click();
  await open(page, 'Help');
  await page.getByRole('region', { name: 'Third-party notices' }).getByRole('button').click();
  await expect(page.getByRole('list', { name: 'Packages' })).toBeVisible();
  findings.push(...(await seriousFindings(page, 'Third-party notices')));
  await page.getByRole('button', { name: 'Done' }).click();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  findings.push(...(await seriousFindings(page, 'Palette')));
  await page.keyboard.press('Escape');
  await open(page, 'Requests');
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('tab', { name: 'Collections' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('1 of 1')).toBeVisible();
  findings.push(...(await seriousFindings(page, 'Saved requests and a run of them')));
  await page.getByRole('button', { name: 'Import requests' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill('curl https://example.com/x');
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page.getByText('It goes to example.com')).toBeVisible();
  findings.push(...(await seriousFindings(page, 'Import of requests')));
  expect(findings).toEqual([]);
});
