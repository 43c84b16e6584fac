import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { open, startSimulator, webhookRow } from './journey.ts';
import { isAccessible, shoot } from './looks.ts';

/** An endpoint that verifies what it writes itself, with the key it has been given. */
async function startEndpoint(): Promise<{ url: string; trust(pem: string): void; close(): void }> {
  let pem = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const written = Buffer.from(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString())));
      const signature = Buffer.from(String(request.headers['x-ghl-signature']), 'base64');
      const holds = verify(null, written, createPublicKey(pem), signature);
      response.writeHead(holds ? 200 : 401).end(createHash('sha256').update(written).digest('hex'));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    trust(key) {
      pem = key;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

// axe looks in both themes, several times.
/** For what waits on a new key, or on the seventeen requests of a run. */
const patient = { timeout: 30_000 };

const keyIn = (line: string | null): string =>
  /"(.*)"/.exec(line ?? '')?.[1]?.replaceAll(String.raw`\n`, '\n') ?? '';

test('an event is triggered from the window, arrives verified, and goes to another server too', async ({
  page,
  companion,
}) => {
  expect(companion.ingress).not.toBe('');
  const endpoint = await startEndpoint();
  try {
    await open(page, 'Home');
    await startSimulator(page);
    await open(page, 'Webhooks');
    // Keys work once what they belong to has been drawn.
    await expect(page.getByRole('button', { name: 'Forward webhooks' })).toBeEnabled();
    await page.keyboard.press('t');
    await expect(page.getByRole('heading', { name: 'Trigger an event' })).toBeVisible();
    await expect(page.getByLabel('firstName', { exact: true })).not.toHaveValue('', patient);
    await page.keyboard.press('/');
    await page.keyboard.type('invoicepaid');
    await page.getByRole('option', { name: 'InvoicePaid' }).click();
    await expect(page.getByLabel('invoiceNumber', { exact: true })).toBeVisible();
    await page.getByLabel('amountPaid', { exact: true }).fill('99.5');
    await isAccessible(page);
    await shoot(page, 'trigger-fields');

    await page.getByRole('button', { name: 'Sign and send' }).click();
    const result = page.getByRole('status', { name: 'Result' });
    await expect(result).toContainText('Arrived as Invoice, verified', patient);
    await expect(result).toContainText('guessed to speak of: Invoices');
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(result).toContainText('A repeated webhookId.');
    await expect(page.getByRole('button', { name: 'Sign and send' })).toBeEnabled();
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(result).not.toContainText('A repeated webhookId.');
    await isAccessible(page);
    await shoot(page, 'trigger-arrived');

    const sent = await page.getByLabel('altId', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Fill anew' }).click();
    await page.getByRole('button', { name: 'Known ids for altId' }).click();
    await shoot(page, 'trigger-ids');
    await page.getByRole('menuitem', { name: sent }).click();
    await expect(page.getByLabel('altId', { exact: true })).toHaveValue(sent);
    await page.getByLabel('amountPaid', { exact: true }).fill('99.5');

    await page.getByRole('tab', { name: 'JSON' }).click();
    await expect(page.getByRole('textbox', { name: 'Webhook body' })).toContainText('99.5');
    await isAccessible(page);
    await shoot(page, 'trigger-json');

    await page.getByRole('button', { name: 'Another server' }).click();
    endpoint.trust(keyIn(await page.getByText('WEBHOOK_SIGNATURE_PUBLIC_KEY').first().textContent()));
    await page.getByLabel('Address of the server').fill('https://example.com/hook');
    await page.getByRole('button', { name: 'Sign and send' }).click();
    await expect(page.getByRole('alert')).toContainText('not on this machine or a private network');
    await page.getByLabel('Address of the server').fill(endpoint.url);
    await page.getByRole('button', { name: 'Sign and send' }).click();
    await expect(result).toContainText('Answered 200', patient);
    await shoot(page, 'trigger-elsewhere');

    await page.getByRole('link', { name: 'Deliveries' }).click();
    await page.getByRole('link', { name: 'Coverage' }).click();
    await page.getByRole('button', { name: 'Trigger NoteCreate' }).click();
    await expect(page.getByRole('heading', { name: 'NoteCreate' })).toBeVisible();
    await expect(page.getByLabel('body', { exact: true })).not.toHaveValue('');
    await page.getByRole('link', { name: 'Deliveries' }).click();
    await webhookRow(page, 'Invoice').click();
    await page.getByRole('tab', { name: 'Signature' }).click();
    await expect(page.getByText('a development key', { exact: true })).toBeVisible();
  } finally {
    endpoint.close();
  }
});

test('the tamper bench reports what an endpoint answered and what it should have', async ({
  page,
  companion,
}) => {
  expect(companion.ingress).not.toBe('');
  const endpoint = await startEndpoint();
  try {
    await open(page, 'Home');
    await startSimulator(page);
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.type('tamper');
    await page.getByRole('option', { name: /Tamper bench/ }).click();
    await expect(page.getByText('No report yet')).toBeVisible();
    const line = page.getByText('WEBHOOK_SIGNATURE_PUBLIC_KEY').first();
    endpoint.trust(keyIn(await line.textContent()));
    await isAccessible(page);
    await shoot(page, 'tamper-empty');

    await page.getByLabel('Address of the endpoint').fill(endpoint.url);
    await page.getByRole('button', { name: 'Run the bench' }).click();
    const report = page.getByRole('region', { name: 'Report' });
    await expect(report).toContainText('not the bytes that came', patient);
    const row = (name: string) =>
      report.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
    await expect(row('Valid')).toContainText('as it should');
    await expect(row('Body altered after signing')).toContainText('as it should');
    await expect(row('An hour old')).toContainText('too lax');
    await expect(row('Same value, with escaped slashes')).toContainText('too strict');
    await expect(row('Same value, with escaped slashes')).toContainText('Verify the raw bytes');
    await isAccessible(page);
    await shoot(page, 'tamper-report');

    await row('An hour old').getByRole('link').click();
    await expect(
      page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Exchanges' }),
    ).toHaveAttribute('aria-current', 'page');
    await page.reload();
    await page.goBack();
    await expect(page.getByRole('region', { name: 'Report' })).toContainText(
      'not the bytes that came',
      patient,
    );
  } finally {
    endpoint.close();
  }
});
