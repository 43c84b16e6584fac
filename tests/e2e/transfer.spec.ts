import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { test, type Companion } from './companion.ts';
import { open } from './journey.ts';
import { seriousFindings } from './looks.ts';

const people = ['Ada', 'Grace', 'Edsger', 'Barbara'];

async function deliver({ webhookPath, ingress }: Companion, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const answer = await fetch(new URL(webhookPath, ingress), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'ContactCreate',
        id: `c${index}`,
        firstName: people[index % people.length],
        email: `${people[index % people.length]}@example.com`,
      }),
    });
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  }
}

const har = JSON.stringify({
  log: {
    version: '1.2',
    entries: [
      {
        startedDateTime: '2026-01-02T03:04:05.678Z',
        time: 12,
        request: {
          method: 'GET',
          url: 'https://services.leadconnectorhq.com/contacts/from-a-file',
          headers: [],
        },
        response: { status: 200, headers: [], content: { text: '{"contact":{}}' } },
      },
      { startedDateTime: 'yesterday', request: { method: 'GET', url: 'https://example.com/', headers: [] } },
    ],
  },
});

const grid = (page: Page, name: string) => page.getByRole('grid', { name });

test('what is listed is exported, while more arrives, and imported elsewhere', async ({
  page,
  companion,
}) => {
  await deliver(companion, 40);
  await open(page, 'Webhooks');
  await expect(grid(page, 'Webhooks')).toHaveAttribute('aria-rowcount', '41');
  await page.getByRole('button', { name: 'More about this list' }).click();
  await page.getByRole('menuitem', { name: 'Export all…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByText('40 exchanges: all in this list')).toBeVisible();
  const arriving = deliver(companion, 20);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^exchanges-\d{8}-\d{4}\.ndjson$/);
  const content = await readFile(await file.path(), 'utf8');
  const lines = content.trim().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(40);
  await expect(dialog).toBeHidden();
  await arriving;
  await expect(grid(page, 'Webhooks')).toHaveAttribute('aria-rowcount', '61');

  // Read again where they are already: nothing to import, and nothing doubled.
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('import exch');
  await page.keyboard.press('Enter');
  const importing = page.getByRole('dialog', { name: 'Import' });
  await importing
    .getByLabel('Choose a file…')
    .setInputFiles({ name: 'again.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(content) });
  await expect(importing.getByText(`${lines.length}; they stay as they are`)).toBeVisible();
  await expect(importing.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(importing).toBeHidden();
});

test('personal data is shown before it is replaced, and is not in the file', async ({ page, companion }) => {
  await deliver(companion, 8);
  await open(page, 'Webhooks');
  await page.getByRole('button', { name: 'More about this list' }).click();
  await page.getByRole('menuitem', { name: 'Export all…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'HAR' });
  await dialog.getByRole('checkbox', { name: 'Replace personal data' }).check();
  const samples = dialog.getByRole('table', { name: 'What is replaced' });
  await expect(samples.getByRole('row', { name: /^Names 8 / })).toBeVisible();
  await expect(samples.getByRole('cell', { name: 'Grace@example.com' })).toBeVisible();
  expect(await seriousFindings(page, 'the dialog')).toEqual([]);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const content = await readFile(await (await download).path(), 'utf8');
  expect(content).toContain('ContactCreate');
  for (const name of people) expect(content).not.toContain(name);
});

test('a HAR dropped on the list is read, its bad entry told, and the good one marked as imported', async ({
  page,
  companion,
}) => {
  await open(page, 'Exchanges');
  const list = page.getByRole('region', { name: 'Exchanges list' });
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'recorded.har'));
    return transfer;
  }, har);
  await list.dispatchEvent('dragover', { dataTransfer: data });
  await expect(page.getByText('Drop it to see what is in it')).toBeVisible();
  await list.dispatchEvent('drop', { dataTransfer: data });
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await expect(dialog.getByText('Entry 2: Its startedDateTime "yesterday" is not a time.')).toBeVisible();
  expect(await seriousFindings(page, 'the dialog')).toEqual([]);
  await deliver(companion, 3);
  await dialog.getByRole('button', { name: 'Import 1' }).click();
  await expect(dialog).toBeHidden();
  const row = grid(page, 'Exchanges').getByRole('row').filter({ hasText: '/contacts/from-a-file' });
  await row.click();
  await expect(
    page.getByRole('region', { name: 'Exchange', exact: true }).getByText('imported'),
  ).toHaveAttribute('title', /^Read from recorded\.har, /);
});

test('one key copies the exchange on screen as a cURL command', async ({ page, companion, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await deliver(companion, 1);
  await open(page, 'Webhooks');
  await grid(page, 'Webhooks').getByRole('row').nth(1).click();
  await expect(page.getByRole('button', { name: 'Copy as cURL' })).toBeVisible();
  await page.keyboard.press('y');
  await expect(page.getByText('cURL command copied').first()).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(
    /^curl --globoff --path-as-is --request 'POST' 'http:\/\/127\.0\.0\.1:\d+\/webhooks' \\\n/,
  );
  expect(command).toContain('"firstName":"Ada"');
});
