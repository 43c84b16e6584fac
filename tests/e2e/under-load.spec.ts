/** Everything one does with webhooks, in one go, while fifty of them arrive every second. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { hlc, test, type Companion } from './companion.ts';
import { installed, open, webhookRow } from './journey.ts';

const perSecond = 50;
const patient = { timeout: 60_000 };

async function post({ ingress, webhookPath }: Companion, body: string, signature?: string): Promise<void> {
  const answer = await fetch(new URL(webhookPath, ingress), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature !== undefined && { 'x-ghl-signature': signature }),
    },
    body,
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
}

/** Sends at that pace until it is stopped; answers how many were sent. */
function rain(companion: Companion): () => Promise<number> {
  const sent: Promise<void>[] = [];
  const timer = setInterval(() => {
    const body = {
      type: 'ContactUpdate',
      webhookId: crypto.randomUUID(),
      locationId: 'rain',
      n: sent.length,
    };
    sent.push(post(companion, JSON.stringify(body)));
  }, 1000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(sent);
    return sent.length;
  };
}

/** The developer's own server: it takes everything and checks nothing. */
async function startServer() {
  const received: { body: string; signature: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = String(request.headers['x-ghl-signature'] ?? '');
      received.push({ body: Buffer.concat(chunks).toString(), signature });
      response.writeHead(202).end('taken');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const query = (page: Page) => page.getByRole('combobox', { name: 'Search webhooks' });
const grid = (page: Page) => page.getByRole('grid', { name: 'Webhooks' });

test('webhooks are filtered, searched, explained, forwarded, replayed, tried against a server, exported and imported while 50 a second arrive', async ({
  page,
  companion,
}) => {
  test.setTimeout(240_000);
  await installed(page, companion);
  await open(page, 'Webhooks');
  await expect(webhookRow(page, 'INSTALL')).toContainText('verified');
  const server = await startServer();
  const stopRain = rain(companion);
  try {
    await expect(webhookRow(page, 'ContactUpdate')).toBeVisible(patient);

    // Filter.
    await query(page).fill('event:INSTALL');
    await expect(grid(page)).toHaveAttribute('aria-rowcount', '2', patient);
    await webhookRow(page, 'INSTALL').click();
    await expect(page.getByText('Signature holds').first()).toBeVisible();
    await page.getByRole('tab', { name: 'Headers' }).click();
    const signature = await page
      .getByRole('row')
      .filter({ hasText: 'X-GHL-Signature' })
      .getByRole('cell')
      .last()
      .textContent();

    // Search, and a failure explained.
    await post(companion, '{"type":"UNINSTALL","note":"the needle"}', signature?.trim() ?? '');
    await query(page).fill('"the needle"');
    await expect(grid(page)).toHaveAttribute('aria-rowcount', '2', patient);
    await webhookRow(page, 'UNINSTALL').click();
    await page.getByRole('tab', { name: 'Signature' }).click();
    await expect(page.getByRole('region', { name: 'Conclusion' })).toContainText(
      'the content itself was altered',
      patient,
    );

    // Forward.
    await grid(page).focus();
    await page.keyboard.press('f');
    const forward = page.getByRole('dialog', { name: 'Forward webhooks' });
    await forward.getByLabel('Address of your server').fill(server.url);
    await forward.getByRole('button', { name: 'Save and forward' }).click();
    const forwards = page.getByRole('button', { name: 'Forward webhooks' });
    await expect(forwards).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => server.received.length, patient).toBeGreaterThan(perSecond);
    await grid(page).focus();
    await page.keyboard.press('f');
    await expect(forwards).toHaveAttribute('aria-pressed', 'false');

    // Edit, sign anew, replay.
    await page.keyboard.press('e');
    const edit = page.getByRole('dialog', { name: 'Edit and replay' });
    await edit.getByLabel('Body').fill('{"type":"UNINSTALL","note":"edited"}');
    await edit.getByLabel('Address of your server').fill(server.url);
    await edit.getByRole('button', { name: 'Sign and send' }).click();
    await expect(edit).toBeHidden(patient);
    const edited = () => server.received.find(({ body }) => body.includes('"edited"'));
    await expect.poll(() => edited()?.signature ?? '', patient).toMatch(/^[\w+/]{86}==$/);

    // Export what the query finds, and read it again.
    await page.getByRole('button', { name: 'More about this list' }).click();
    await page.getByRole('menuitem', { name: 'Export what matches…' }).click();
    const exporting = page.getByRole('dialog', { name: 'Export' });
    const download = page.waitForEvent('download');
    await exporting.getByRole('button', { name: 'Export', exact: true }).click();
    const content = await readFile(await (await download).path());
    expect(content.toString()).toContain('the needle');
    await expect(exporting).toBeHidden(patient);
    await page.getByRole('button', { name: 'More about this list' }).click();
    await page.getByRole('menuitem', { name: /^Import/ }).click();
    const importing = page.getByRole('dialog', { name: 'Import' });
    const file = { name: 'again.ndjson', mimeType: 'application/x-ndjson', buffer: content };
    await importing.getByLabel('Choose a file…').setInputFiles(file);
    await expect(importing.getByText('they stay as they are')).toBeVisible(patient);
    await page.keyboard.press('Escape');
    await expect(importing).toBeHidden();

    // The tamper bench tells that the server checks nothing.
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Search commands' }).fill('tamper bench');
    await page.keyboard.press('Enter');
    await page.getByLabel('Address of the endpoint').fill(server.url);
    await page.getByRole('button', { name: 'Run the bench' }).click();
    const report = page.getByRole('region', { name: 'Report' });
    const altered = report.getByRole('row').filter({ hasText: 'Body altered after signing' });
    await expect(altered).toContainText('too lax', patient);

    // Nothing was lost on the way.
    const sent = await stopRain();
    expect(sent).toBeGreaterThan(perSecond);
    const args = ['exchanges', '--purpose', 'webhook', '--search', 'location:rain', '--json'];
    const kept = (await hlc([...args, '--data-dir', companion.dataDir])).trim().split('\n');
    expect(kept).toHaveLength(sent);
  } finally {
    await stopRain();
    server.close();
  }
});
