import { createCipheriv, createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { test } from './companion.ts';
import { open } from './journey.ts';
import { seriousFindings } from './looks.ts';

const clientId = '665c6bb13d4e5364bdec0e2f-mawqjyjd';
const clientSecret = 'b9e3c1d2-7f60-4c1b-9a52-0d8e5f6a7b1c';
const sharedSecret = '6f4d1f0e-2f55-4e0a-9a57-3a3b6d1f5c11';
/** Everything a pasted link can have wrong: the old path, %2B, a misspelt scope and one for agencies only. */
const brokenLink =
  'https://marketplace.gohighlevel.com/oauth/chooselocation?response_type=code' +
  `&redirect_uri=https%3A%2F%2Fdev.example%2Foauth%2Fcallback&client_id=${clientId}` +
  '&scope=contact.readonly%2Bsnapshots.readonly';

async function addApp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add app…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add app' });
  await dialog.getByLabel('Install link').fill(brokenLink);
  await expect(dialog.getByText('The link names app')).toBeVisible();
  await dialog.getByLabel('Client secret').fill(clientSecret);
  await dialog.getByLabel('Name').fill('Acme Booking');
  await dialog.getByRole('button', { name: 'Add app' }).click();
  await expect(dialog).toBeHidden();
  await open(page, 'App');
}

/** What a custom page gets from HighLevel. */
function payloadOf(context: object): string {
  const salt = Buffer.from('saltsalt');
  const blocks: Buffer[] = [];
  while (blocks.length < 3) {
    const before = blocks.at(-1) ?? Buffer.alloc(0);
    blocks.push(
      createHash('md5')
        .update(Buffer.concat([before, Buffer.from(sharedSecret), salt]))
        .digest(),
    );
  }
  const key = Buffer.concat(blocks);
  const cipher = createCipheriv('aes-256-cbc', key.subarray(0, 32), key.subarray(32));
  return Buffer.concat([
    Buffer.from('Salted__'),
    salt,
    cipher.update(JSON.stringify(context)),
    cipher.final(),
  ]).toString('base64');
}

test('a broken install link is explained and put right finding by finding', async ({ page, companion }) => {
  await addApp(page);
  await page.getByRole('tab', { name: /Install link/ }).click();
  const findings = page.getByRole('list', { name: 'Findings' });
  await expect(findings).toContainText('joined by %2B');
  await expect(findings).toContainText('probably a misspelt "contacts.readonly"');
  await expect(findings).toContainText('sub-account (location) users cannot install');
  await findings.getByRole('button', { name: 'Fix scope: Use contacts.readonly' }).click();
  await expect(findings).not.toContainText('probably a misspelt');
  await expect(page.getByText('not saved yet')).toBeVisible();
  await expect(findings).not.toContainText('%2B');
  await findings.getByRole('button', { name: 'Fix scope: Leave it out' }).click();
  await expect(findings).not.toContainText('sub-account (location) users');
  await page.getByRole('button', { name: 'Save link' }).click();
  await expect(page.getByText('as pasted from the portal')).toBeVisible();
  await expect(page.getByLabel('Link', { exact: true })).toHaveValue(/scope=contacts\.readonly$/);
  expect(companion.dataDir).not.toBe('');
});

test('scopes are chosen from what is known, or typed freely', async ({ page, companion }) => {
  await addApp(page);
  await page.getByRole('tab', { name: 'Scopes' }).click();
  await page.getByRole('searchbox', { name: 'Search scopes' }).fill('AppointmentCreate');
  await page.getByRole('checkbox', { name: 'calendars/events.readonly' }).check();
  await page.getByRole('button', { name: /endpoints of calendars\/events\.readonly/ }).click();
  await expect(page.getByText('GET /calendars/events', { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Add scopes by name' }).fill('telepathy.write');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Remove snapshots.readonly' }).click();
  await page.getByRole('button', { name: 'Save scopes' }).click();
  const compared = page.getByRole('region', { name: 'Scopes compared' });
  await expect(compared.getByRole('rowheader')).toHaveText([
    'calendars/events.readonly',
    'contact.readonly',
    'telepathy.write',
  ]);
  expect(companion.dataDir).not.toBe('');
});

test('an app is duplicated, exported without secrets, removed with what depends on it said, and brought back', async ({
  page,
  companion,
}) => {
  await addApp(page);
  const more = page.getByRole('button', { name: 'More actions on this app' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByRole('heading', { name: 'Acme Booking copy' })).toBeVisible();

  await more.click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export without secrets' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('acme-booking-copy.profile.json');
  const file = await readFile(await download.path(), 'utf8');
  expect(file).toContain(clientId);
  expect(file).not.toContain(clientSecret);

  await more.click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Acme Booking copy?' });
  await expect(dialog).toContainText('The client secret will be deleted');
  await expect(dialog).toContainText('/webhooks/acme-booking-copy');
  await dialog.getByRole('button', { name: 'Remove app' }).click();
  await expect(page.getByRole('heading', { name: 'Acme Booking', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { name: 'Acme Booking copy' })).toBeVisible();
  expect(companion.dataDir).not.toBe('');
});

test('a payload of a custom page is opened, or says why not', async ({ page, companion }) => {
  await addApp(page);
  await page.getByRole('tab', { name: 'SSO' }).click();
  await page.getByLabel('Shared secret', { exact: true }).fill(sharedSecret);
  await page.getByRole('button', { name: 'Save secret' }).click();
  await expect(page.getByText('in the vault', { exact: true })).toBeVisible();
  await page
    .getByLabel('Payload')
    .fill(payloadOf({ userId: 'u1', companyId: 'c1', type: 'agency', activeLocation: 'l1' }));
  await page.getByRole('button', { name: 'Decrypt' }).click();
  await expect(page.getByText('Decrypted: opened in a sub-account (location).')).toBeVisible();
  await page.getByLabel('Payload').fill('hello');
  await page.getByRole('button', { name: 'Decrypt' }).click();
  await expect(page.getByRole('alert')).toContainText('The payload is not base64');
  expect(companion.dataDir).not.toBe('');
});

test('axe finds nothing serious on any part of an app', async ({ page, companion }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await addApp(page);
  const findings: string[] = [];
  for (const part of ['Settings', 'Install link', 'Scopes', 'Addresses and routes', 'SSO']) {
    await page.getByRole('tab', { name: new RegExp(part) }).click();
    await expect(page.getByRole('tabpanel').getByRole('heading').first()).toBeVisible();
    findings.push(...(await seriousFindings(page, part)));
  }
  expect(findings).toEqual([]);
  expect(companion.dataDir).not.toBe('');
});
