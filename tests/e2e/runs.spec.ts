import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { test } from './companion.ts';
import { chooseOperation, installed, open } from './journey.ts';
import { isAccessible, shoot } from './looks.ts';

const contacts = 5000;

/** Gives every sub-account 5,000 contacts, and a limit that they cannot be read within. */
async function fill(page: Page, simulator: string): Promise<void> {
  const state = await page.request.get(`${simulator}/_simulator/state`);
  const { locations } = (await state.json()) as { locations: unknown[] };
  const seeded = await page.request.post(`${simulator}/_simulator/seed`, {
    data: { contacts: contacts * locations.length },
  });
  expect(seeded.ok()).toBe(true);
  const limited = await page.request.put(`${simulator}/_simulator/rate-limits`, {
    data: { burst: 20, intervalMs: 4000 },
  });
  expect(limited.ok()).toBe(true);
}

test('5,000 contacts are read page by page, paused and resumed, below the rate limit, and exported', async ({
  page,
  companion,
}) => {
  await installed(page, companion);
  const said = await page.getByText('It plays HighLevel at').first().textContent();
  const simulator = /http:\/\/[\w.]+:\d+/.exec(said ?? '')?.[0] ?? '';
  await fill(page, simulator);

  await open(page, 'Requests');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await expect(page.getByText('No run yet')).toBeVisible();
  await isAccessible(page);
  await page.getByRole('tab', { name: 'Operations' }).click();
  await chooseOperation(page, 'get contacts', '/contacts/');
  await page.getByRole('button', { name: 'Run it many times' }).click();
  await page.getByRole('menuitem', { name: 'All pages…' }).click();
  const dialog = page.getByRole('dialog', { name: 'All pages' });
  await expect(dialog.getByText('The operation takes “startAfterId”')).toBeVisible();
  await dialog.getByRole('button', { name: 'Look at the first page' }).click();
  await expect(dialog.getByRole('button', { name: /^contacts 100 rows/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(dialog.getByText('5,000 rows in all.')).toBeVisible();
  await isAccessible(page);
  await shoot(page, 'all-pages');
  await dialog.getByRole('button', { name: 'Read all pages' }).click();

  const run = page.getByRole('region', { name: 'Run', exact: true });
  await expect(run.getByText('The rate limit is used up for now')).toBeVisible();
  await isAccessible(page);
  await shoot(page, 'run-waiting');
  await run.getByRole('button', { name: 'Pause' }).click();
  await expect(run.getByRole('heading', { name: 'Paused' })).toBeVisible();
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(run.getByRole('heading', { name: 'Done' })).toBeVisible({ timeout: 60_000 });
  await expect(run.getByText('5,000 rows', { exact: true })).toBeVisible();
  await expect(run.getByText('1–100 of 5,000')).toBeVisible();
  await run.getByRole('button', { name: 'Further rows' }).click();
  await expect(run.getByText('101–200 of 5,000')).toBeVisible();
  await run.locator('summary').first().click();
  await expect(run.locator('pre').first()).toContainText('"locationId"');
  await isAccessible(page);
  await shoot(page, 'run-done');

  await run.getByRole('button', { name: 'Export' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'NDJSON' }).click();
  const file = await (await saving).path();
  const rows = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const ids = rows.map((row) => (JSON.parse(row) as { id: string }).id);
  expect(new Set(ids).size).toBe(contacts);
  expect(rows).toHaveLength(contacts);

  // Nothing of it was refused: what stands in the history are answers of 200.
  await page.getByRole('tab', { name: 'History' }).click();
  const calls = page.getByRole('grid', { name: 'Calls' });
  await expect(calls.getByText('200').first()).toBeVisible();
  await expect(calls.getByText('429')).toHaveCount(0);

  // A call that is refused waits in sight, is cancelled, and is answered once the limit allows it.
  await page.request.put(`${simulator}/_simulator/rate-limits`, { data: { burst: 1, intervalMs: 4000 } });
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByLabel('Send again after 429').check();
  await expect(async () => {
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByText('Attempt 2 of 5 follows')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await shoot(page, 'retry-wait');
  await expect(page.getByText('sent 2 times')).toBeVisible();
  await expect(page.getByRole('button', { name: 'of 1 left per 4 s' })).toBeVisible();
  await shoot(page, 'answer-meter');

  // The same request for each row of a file.
  await page.request.put(`${simulator}/_simulator/rate-limits`, { data: { burst: 20, intervalMs: 4000 } });
  await page.getByLabel('Path', { exact: true }).fill('/contacts/{{kind}}');
  await page.getByRole('button', { name: 'Run it many times' }).click();
  await page.getByRole('menuitem', { name: 'Run over a file…' }).click();
  const over = page.getByRole('dialog', { name: 'Run over a file' });
  const rowsOf = (text: string) => ({ name: 'kinds.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await over.getByLabel('File of rows').setInputFiles(rowsOf('name\na\n'));
  await expect(over.getByText('asks for {{kind}}')).toBeVisible();
  const kinds = 'kind,note\n?limit=1,first\nno-such-contact,second\n';
  await over.getByLabel('File of rows').setInputFiles(rowsOf(kinds));
  await expect(over.getByText('2 rows with 2 columns, 1 of them used')).toBeVisible();
  await shoot(page, 'over-a-file');
  await over.getByRole('button', { name: 'Send 2 rows' }).click();
  const report = page.getByRole('region', { name: 'Run over a file' });
  await expect(report.getByRole('heading', { name: 'Done' })).toBeVisible();
  await expect(report.getByText('1 failed', { exact: true })).toBeVisible();
  await report.getByRole('button', { name: 'Failed 1' }).click();
  await expect(report.getByRole('list', { name: 'Report' }).getByRole('listitem')).toHaveCount(1);
  await isAccessible(page);
  await shoot(page, 'data-run');
  await report.getByRole('button', { name: 'Send 1 failed again' }).click();
  await expect(report.getByText('sent 2 times')).toBeVisible();

  await page.getByRole('list', { name: 'Runs' }).getByRole('button', { pressed: true }).click();
  const limits = page.getByRole('region', { name: 'Rate limits' });
  await expect(limits.getByText('of 20 left per 4 s')).toBeVisible();
  await isAccessible(page);
  await shoot(page, 'rate-limits');
});
