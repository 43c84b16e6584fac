import { expect, type Page } from '@playwright/test';
import { test, type Companion } from './companion.ts';
import { chooseOperation, installed, open, webhookRow, writeBody } from './journey.ts';
import { seriousFindings } from './looks.ts';

/** Makes a contact over the API; its ContactCreate has come when this ends. */
async function makeContact(page: Page, companion: Companion): Promise<void> {
  await installed(page, companion);
  await open(page, 'Requests');
  await chooseOperation(page, 'create contact', '/contacts/');
  await writeBody(page, { locationId: '{{locationId}}', firstName: 'Ada', email: 'ada@example.com' });
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('heading', { name: /^20[01] / })).toBeVisible();
  await open(page, 'Webhooks');
  await expect(webhookRow(page, 'ContactCreate')).toContainText('verified');
}

/** The id of the contact whose ContactCreate is open. */
async function contactId(page: Page): Promise<string> {
  const link = page.getByRole('link', { name: /^contact / }).first();
  await expect(link).toBeVisible();
  return ((await link.getAttribute('href')) ?? '').split('/').at(-1) ?? '';
}

test('a call and its webhook are linked, share a timeline and can be compared', async ({
  page,
  companion,
}) => {
  await makeContact(page, companion);
  await webhookRow(page, 'ContactCreate').click();
  const contact = await contactId(page);
  await page.getByRole('tab', { name: 'Related' }).click();
  const before = page.getByRole('region', { name: 'Calls before it' });
  await expect(before.getByRole('link', { name: 'POST /contacts/', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Repetitions' })).toContainText('The only delivery');

  // The same change told twice, and once more: it arrives while the tab is open.
  const deliver = async (type: string, webhookId: string, firstName: string): Promise<void> => {
    const body = JSON.stringify({ type, webhookId, id: contact, firstName, big: 1 });
    const sent = body.replace('"big":1', '"big":9007199254740993');
    const answer = await fetch(`${companion.ingress}${companion.webhookPath}`, {
      method: 'POST',
      body: sent,
    });
    expect(answer.status).toBe(200);
  };
  await deliver('ContactUpdate', 'w-1', 'Augusta');
  await deliver('ContactTagUpdate', 'w-2', 'Augusta');
  await deliver('ContactUpdate', 'w-1', 'Augusta');
  await expect(page.getByRole('grid', { name: 'Webhooks' }).getByRole('row')).toHaveCount(6);
  await page.getByRole('grid', { name: 'Webhooks' }).getByText('ContactTagUpdate').click();
  await page.getByRole('tab', { name: 'Related' }).click();
  const change = page.getByRole('region', { name: 'Events of one change' });
  await expect(change).toContainText('code that acts on each acts twice');
  await expect(change.getByText('this one')).toBeVisible();
  expect(await seriousFindings(page, 'a call')).toEqual([]);

  await page
    .getByRole('link', { name: `contact ${contact}` })
    .first()
    .click();
  const steps = page.getByRole('list', { name: 'Steps, newest first' });
  await expect(steps.getByRole('link', { name: 'POST /contacts/', exact: true })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '5 exchanges' })).toBeVisible();
  await deliver('ContactUpdate', 'w-3', 'Countess');
  await expect(page.getByRole('status').filter({ hasText: '6 exchanges' })).toBeVisible();
  await page.getByRole('button', { name: 'What changed: ContactUpdate' }).first().click();
  const differences = page.getByRole('table', { name: 'Differences from the step before' });
  await expect(differences.getByRole('row', { name: /^firstName/ })).toContainText('"Countess"');
  await expect(differences.getByRole('row')).toHaveCount(2);
  expect(await seriousFindings(page, 'a change')).toEqual([]);

  await page.getByRole('link', { name: 'compare everything' }).click();
  const compared = page.getByRole('table', { name: 'Payload differences' });
  await expect(compared.getByRole('row', { name: /^firstName/ })).toContainText('"Augusta"');
  await page.getByRole('tab', { name: /^Headers and facts/ }).click();
  await expect(page.getByRole('table', { name: 'Payload headers that differ' })).toBeVisible();
  expect(await seriousFindings(page, 'a comparison')).toEqual([]);
});

test('any two exchanges are compared from wherever they are found', async ({ page, companion }) => {
  const send = (body: string) =>
    fetch(new URL(companion.webhookPath, companion.ingress), { method: 'POST', body });
  await send('{"type":"OrderCreate","total":9007199254740993,"total":1}');
  await send('{"type":"OrderCreate","total":9007199254740992,"total":1}');
  await open(page, 'Exchanges');
  const rows = page.getByRole('grid', { name: 'Exchanges' }).getByRole('row');
  await rows.nth(2).click();
  await page.getByRole('button', { name: 'Compare with another exchange' }).click();
  await rows.nth(1).click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const row = page.getByRole('table', { name: 'Payload differences' }).getByRole('row', { name: /^total/ });
  await expect(row).toContainText('9007199254740993');
  await expect(row).toContainText('9007199254740992');

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByRole('combobox').fill('Timeline of an entity');
  await page.getByRole('option', { name: 'Timeline of an entity' }).click();
  await page.getByRole('textbox', { name: 'Id', exact: true }).fill('nobody');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing has touched it so far' })).toBeVisible();
});
