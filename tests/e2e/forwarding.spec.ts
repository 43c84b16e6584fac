import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseLocation, install, open, startSimulator, webhookRow } from './journey.ts';
import { isAccessible, shoot } from './looks.ts';

type Received = {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** The developer's own server. */
async function startServer(): Promise<{ url: string; received: Received[]; close(): void }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ body: Buffer.concat(chunks), headers: request.headers });
      response.writeHead(207, { 'Content-Type': 'text/plain' }).end('seen');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('webhooks go on to a local server, are replayed, and are edited and signed anew', async ({
  page,
  companion,
}) => {
  expect(companion.ingress).not.toBe('');
  const server = await startServer();
  try {
    await open(page, 'Home');
    await startSimulator(page);
    await open(page, 'Webhooks');
    await expect(page.getByRole('button', { name: 'Forward webhooks' })).toBeEnabled();
    await page.keyboard.press('f');
    const dialog = page.getByRole('dialog', { name: 'Forward webhooks' });
    await dialog.getByLabel('Address of your server').fill('https://example.com/hook');
    await dialog.getByRole('button', { name: 'Save and forward' }).click();
    await expect(dialog.getByRole('alert')).toContainText('not on this machine or a private network');
    await dialog.getByLabel('Address of your server').fill(server.url);
    await isAccessible(page);
    await shoot(page, 'forward-dialog');
    await dialog.getByRole('button', { name: 'Save and forward' }).click();
    await expect(page.getByRole('button', { name: 'Forward webhooks' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );

    await open(page, 'Install');
    await install(page, (consent) => chooseLocation(consent, 'Northside Dental'));
    await open(page, 'Webhooks');
    await webhookRow(page, 'INSTALL').click();
    await expect.poll(() => server.received.length).toBe(1);
    await page.getByRole('tab', { name: 'Deliveries' }).click();
    const deliveries = page.getByRole('table', { name: 'Deliveries' }).getByRole('row');
    await expect(deliveries).toHaveCount(2);
    await expect(deliveries.nth(1)).toContainText('→ 207');

    await page.keyboard.press('r');
    await expect.poll(() => server.received.length).toBe(2);
    expect(server.received[1]?.body.equals(server.received[0]?.body ?? Buffer.alloc(0))).toBe(true);
    await expect(deliveries).toHaveCount(3);
    await isAccessible(page);
    await shoot(page, 'deliveries');

    await page.keyboard.press('e');
    const edit = page.getByRole('dialog', { name: 'Edit and replay' });
    const body = '{"type":"INSTALL","edited":"Zoë"}';
    await edit.getByLabel('Body').fill(body);
    const line = await edit.getByText('WEBHOOK_SIGNATURE_PUBLIC_KEY').textContent();
    await isAccessible(page);
    await shoot(page, 'edit-and-replay');
    await edit.getByRole('button', { name: 'Sign and send' }).click();
    await expect(edit).toBeHidden();
    await expect.poll(() => server.received.length).toBe(3);
    const edited = server.received[2];
    expect(edited?.body.toString()).toBe(body);
    const pem = /"(.*)"/.exec(line ?? '')?.[1]?.replaceAll(String.raw`\n`, '\n') ?? '';
    const signature = Buffer.from(String(edited?.headers['x-ghl-signature']), 'base64');
    expect(verify(null, edited?.body ?? Buffer.alloc(0), createPublicKey(pem), signature)).toBe(true);
    await expect(deliveries).toHaveCount(4);

    await page.keyboard.press('f');
    await expect(page.getByRole('button', { name: 'Forward webhooks' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
  } finally {
    server.close();
  }
});
