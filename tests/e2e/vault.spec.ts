import { expect as expectSoon, type Locator, type Page } from '@playwright/test';
import { test } from './companion.ts';
import { open } from './journey.ts';
import { seriousFindings } from './looks.ts';

const expect = expectSoon.configure({ timeout: 20_000 });
const passphrase = 'correct horse battery';
const backupPassphrase = 'another battery staple';

const vaultOf = (page: Page): Locator => page.getByRole('region', { name: 'Vault' });

test('the vault is sealed with a passphrase, locked, unlocked, backed up and restored', async ({
  page,
  companion,
}, testInfo) => {
  expect(companion.ui).toContain('#code=');
  const findings: string[] = [];
  const look = async (name: string): Promise<void> => {
    // A button on its way from one colour to another has neither's contrast.
    await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
    findings.push(...(await seriousFindings(page, name)));
  };
  await open(page, 'Settings');
  const vault = vaultOf(page);
  await vault.scrollIntoViewIfNeeded();
  await expect(vault).toContainText('anyone who can read your files can open the secrets');
  await look('key-file');

  await vault.getByRole('button', { name: 'Change mode…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New passphrase').fill(passphrase);
  await dialog.getByLabel('Once more').fill('not the same');
  await expect(dialog.getByRole('button', { name: 'Seal anew' })).toBeDisabled();
  await look('change-mode');
  await dialog.getByLabel('Once more').fill(passphrase);
  await dialog.getByRole('button', { name: 'Seal anew' }).click();
  await expect(dialog).toBeHidden();
  await expect(vault).toContainText('Sealed with: Passphrase');

  const downloading = page.waitForEvent('download');
  await vault.getByRole('button', { name: 'Back up…' }).click();
  await dialog.getByLabel('Passphrase of the backup').fill(backupPassphrase);
  await dialog.getByLabel('Once more').fill(backupPassphrase);
  await dialog.getByRole('button', { name: 'Save backup' }).click();
  const file = testInfo.outputPath('backup.json');
  await (await downloading).saveAs(file);
  await expect(dialog.getByRole('status')).toContainText('saved in highlevel-companion-');
  await look('backed-up');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await vault.getByRole('button', { name: 'Lock now' }).click();
  await expect(vault).toContainText('The vault is locked: enter its passphrase.');
  await look('locked');
  await vault.getByLabel('Passphrase').fill('not the passphrase');
  await vault.getByRole('button', { name: 'Unlock' }).click();
  await expect(vault.getByRole('alert')).toContainText('This is not the passphrase of this vault.');
  await vault.getByLabel('Passphrase').fill(passphrase);
  await vault.getByRole('button', { name: 'Unlock' }).click();
  await expect(vault).toContainText('open');

  await vault.getByRole('button', { name: 'Restore…' }).click();
  await dialog.getByLabel('Backup file').setInputFiles(file);
  await dialog.getByLabel('Passphrase of the backup').fill('not it either');
  await dialog.getByRole('button', { name: 'See what would change' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not the passphrase of this backup');
  await dialog.getByLabel('Passphrase of the backup').fill(backupPassphrase);
  await dialog.getByRole('button', { name: 'See what would change' }).click();
  await expect(dialog.getByRole('status')).toContainText('nothing would change');
  await look('restore');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(findings).toEqual([]);
});
