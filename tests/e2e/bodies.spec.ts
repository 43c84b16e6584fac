import { gzipSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { test, type Companion } from './companion.ts';
import { open } from './journey.ts';

/** The deliveries, without the head and the row that says there are none. */
const rows = (page: Page) => page.getByRole('grid', { name: 'Webhooks' }).locator('[data-index]');
const pressed = (page: Page) =>
  page.getByRole('group', { name: 'Show as' }).getByRole('button', { pressed: true });
const body = (page: Page) => page.getByRole('textbox', { name: 'Payload body', exact: true });

/** Delivers a body and opens it. */
async function deliver(
  page: Page,
  { ingress, webhookPath }: Companion,
  sent: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<void> {
  const before = await rows(page).count();
  const answer = await fetch(new URL(webhookPath, ingress), { method: 'POST', body: sent, headers });
  expect(answer.status).toBe(200);
  await expect(rows(page)).toHaveCount(before + 1);
  await rows(page).first().click();
}

test.describe('a body is shown, whatever it is', () => {
  test.setTimeout(180_000);

  test('text in every encoding and form', async ({ page, companion }) => {
    await fetch(new URL(companion.webhookPath, companion.ingress), { method: 'POST' });
    await open(page, 'Webhooks');
    await rows(page).first().click();
    await expect(page.getByText('Sent without a body.')).toBeVisible();

    const json = { 'content-type': 'application/json' };
    const exact = String.raw`{"big":9007199254740993,"twice":1,"twice":2,"escape":"\u00e9"}`;
    await deliver(page, companion, exact, json);
    for (const text of ['"big": 9007199254740993', '"twice": 1', '"twice": 2', String.raw`"\u00e9"`])
      await expect(body(page)).toContainText(text);

    const zipped = new Uint8Array(gzipSync('{"zipped":"inside"}'));
    await deliver(page, companion, zipped, { ...json, 'content-encoding': 'gzip' });
    await expect(body(page)).toContainText('"zipped": "inside"');
    await expect(page.getByText('gzip undone; stored as sent')).toBeVisible();
    await page.getByRole('button', { name: 'Hex', exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'Payload body in hex' })).toContainText('1f 8b 08');
    await expect(page.getByText('gzip, as sent')).toBeVisible();

    await deliver(page, companion, 'not gzip', { 'content-encoding': 'gzip' });
    await page.getByRole('button', { name: 'Raw', exact: true }).click();
    await expect(page.getByText('The bytes do not fit gzip')).toBeVisible();
    await page.getByRole('button', { name: 'Pretty', exact: true }).click();

    const utf16 = new Uint8Array(Buffer.from('\uFEFF{"wide":"é😀"}', 'utf16le'));
    await deliver(page, companion, utf16, { 'content-type': 'application/json; charset=utf-16' });
    await expect(body(page)).toContainText('"wide": "é😀"');
    await expect(page.getByRole('combobox', { name: 'Text encoding' })).toHaveValue('utf-16le');

    const latin = new Uint8Array(Buffer.from('{"name":"Zoë"}', 'latin1'));
    await deliver(page, companion, latin, { 'content-type': 'application/json; charset=iso-8859-1' });
    await expect(body(page)).toContainText('"name": "Zoë"');

    await deliver(page, companion, latin, json);
    await expect(pressed(page)).toHaveText('Hex');
    await page.getByRole('button', { name: 'Pretty', exact: true }).click();
    await expect(body(page)).toContainText('Zo\uFFFD');
    await page.getByRole('combobox', { name: 'Text encoding' }).selectOption('windows-1252');
    await expect(body(page)).toContainText('"name": "Zoë"');

    await deliver(page, companion, 'a=1&name=Zo%C3%AB', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    await expect(body(page)).toContainText('name = Zoë');
    const multipart = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nvalue\r\n--x--\r\n';
    await deliver(page, companion, multipart, { 'content-type': 'multipart/form-data; boundary=x' });
    await expect(body(page)).toContainText('form-data; name="a"');
    await deliver(page, companion, '<a><b>1</b><c/></a>', { 'content-type': 'application/xml' });
    await expect(body(page).locator('.cm-line')).toHaveText(['<a>', '  <b>1</b>', '  <c/>', '</a>']);
    await deliver(page, companion, `{"nul":"${'text '.repeat(20)}\0"}`, json);
    await expect(body(page).locator('.cm-specialChar')).toHaveCount(1);
  });

  test('twenty megabytes, one long line, ten thousand levels, and 25 million bytes in hex', async ({
    page,
    companion,
  }) => {
    await open(page, 'Webhooks');
    const json = { 'content-type': 'application/json' };
    const entry = JSON.stringify({
      id: 'c1',
      name: 'Ada Lovelace',
      tags: ['a', 'b'],
      n: 12345678901234567890n.toString(),
    });
    const many = `[${Array.from({ length: Math.ceil(20_000_000 / entry.length) }, () => entry).join(',')},{"last":"one"}]`;
    await deliver(page, companion, many, json);
    await expect(body(page)).toContainText('Ada Lovelace');
    await page.getByRole('button', { name: 'Load all' }).click();
    await expect(page.getByRole('button', { name: 'Load all' })).toBeHidden();
    await expect(page.getByRole('progressbar', { name: 'Loaded' })).toBeHidden({ timeout: 90_000 });
    await body(page).press('ControlOrMeta+End');

    await deliver(page, companion, `{"line":"${'x'.repeat(5_000_000)}"}`, json);
    await expect(body(page)).toContainText('"line": "xxx');
    await deliver(page, companion, '['.repeat(10_000) + ']'.repeat(10_000), json);
    await expect(body(page)).toContainText('[');

    const binary = new Uint8Array(25_000_000).map((_, at) => (at * 31) & 0xff);
    await deliver(page, companion, binary, { 'content-type': 'application/octet-stream' });
    await expect(pressed(page)).toHaveText('Hex');
    const hex = page.getByRole('textbox', { name: 'Payload body in hex' });
    await expect(hex).toContainText('00000000  00 1f 3e');
    await page.getByRole('textbox', { name: 'Byte' }).fill('24999999');
    await page.getByRole('button', { name: 'Go' }).click();
    await expect(hex).toContainText('017d7830');
    expect((await hex.innerText()).split('\n').length).toBeLessThan(200);
  });
});
