import { expect, type Page } from '@playwright/test';
import * as z from 'zod';
import { hlc, test, type Companion } from './companion.ts';
import { installed, open, webhookRow } from './journey.ts';
import { seriousFindings } from './looks.ts';

const line = z.object({
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.object({ text: z.string() }),
  event: z.object({ type: z.string().nullable() }),
});

/** The signed INSTALL that the simulator sent, as it arrived. */
async function signedInstall(page: Page, companion: Companion) {
  await installed(page, companion);
  await open(page, 'Webhooks');
  await expect(webhookRow(page, 'INSTALL')).toContainText('verified');
  const output = await hlc([
    'exchanges',
    '--purpose',
    'webhook',
    '--body',
    '--json',
    '--data-dir',
    companion.dataDir,
  ]);
  const { headers, body } = line.parse(JSON.parse(output.trim().split('\n')[0] ?? ''));
  const signature = headers.find(([name]) => name.toLowerCase() === 'x-ghl-signature')?.[1] ?? '';
  return { text: body.text, signature };
}

/** Delivers a body to the ingress with whatever signature, and opens it. */
async function deliver(
  page: Page,
  { ingress, webhookPath }: Companion,
  text: string,
  signature: string | null,
  type: string,
): Promise<void> {
  const list = page.getByRole('grid', { name: 'Webhooks' });
  const before = Number(await list.getAttribute('aria-rowcount'));
  const answer = await fetch(`${ingress}${webhookPath}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature === null ? {} : { 'x-ghl-signature': signature }),
    },
    body: text,
  });
  expect(answer.status).toBe(200);
  await expect(list).toHaveAttribute('aria-rowcount', String(before + 1));
  await expect(webhookRow(page, type)).toContainText(signature === null ? 'unsigned' : 'failed');
  // By key: the chosen row keeps its place, so that the newest one is above what is in sight.
  await list.focus();
  await page.keyboard.press('Home');
  await page.getByRole('tab', { name: 'Signature' }).click();
}

test('an altered delivery says what was done to it, and axe finds nothing', async ({ page, companion }) => {
  const { text, signature } = await signedInstall(page, companion);
  const conclusion = page.getByRole('region', { name: 'Conclusion' });

  const spaced = JSON.stringify(JSON.parse(text), null, 2);
  await deliver(page, companion, spaced, signature, 'INSTALL');
  await expect(conclusion).toContainText('what arrived was changed after it was signed');
  await expect(page.getByText('First differing byte: 1', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Official SDK' })).toContainText('accepts it');
  expect(await seriousFindings(page, 'signature')).toEqual([]);

  await deliver(page, companion, `${text}\n`, signature, 'INSTALL');
  await expect(conclusion).toContainText('without the newline at its end');

  await deliver(
    page,
    companion,
    text.replace('"type":"INSTALL"', '"type":"UNINSTALL"'),
    signature,
    'UNINSTALL',
  );
  await expect(conclusion).toContainText('the content itself was altered');

  await page.getByRole('tab', { name: 'Shape' }).click();
  await expect(page.getByRole('region', { name: 'Shape' })).toContainText('not documented');
  expect(await seriousFindings(page, 'shape')).toEqual([]);
  await page.getByRole('tab', { name: 'Types' }).click();
  await expect(page.getByRole('region', { name: /^TypeScript of/ })).toContainText(
    'export interface Uninstall',
  );
  await page.getByRole('button', { name: 'zod' }).click();
  await expect(page.getByRole('region', { name: /^zod of/ })).toContainText('UninstallSchema');
  expect(await seriousFindings(page, 'types')).toEqual([]);

  await page.getByRole('link', { name: 'Coverage' }).click();
  await expect(page.getByRole('heading', { name: 'Webhook coverage' })).toBeVisible();
  const events = page.getByRole('region', { name: 'Documented events' });
  await expect(events.getByRole('row', { name: /^INSTALL/ })).toContainText('arrives');
  await expect(events.getByRole('row')).toHaveCount(73);
  expect(await seriousFindings(page, 'coverage')).toEqual([]);
});

test('a 64-bit integer shows that the official SDK would reject the event, and where', async ({
  page,
  companion,
}) => {
  const { signature } = await signedInstall(page, companion);
  const body = '{"type":"OrderCreate","amount":1,"meta":{"ref":12345678901234567890}}';
  await deliver(page, companion, body, signature, 'OrderCreate');
  const sdk = page.getByRole('region', { name: 'Official SDK' });
  await expect(sdk).toContainText('The official SDK rejects it');
  await expect(sdk).toContainText('$.meta.ref');
  await expect(sdk).toContainText('beyond what JavaScript counts exactly');
  await expect(sdk).toContainText(`First differing byte: ${body.indexOf('890}')}`);
});
