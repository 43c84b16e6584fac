import { expect, type Page } from '@playwright/test';
import { test, type Companion } from './companion.ts';
import { open } from './journey.ts';

/** A machine with other work takes its time. */
const patient = { timeout: 30_000 };

async function deliver(companion: Companion, body: object): Promise<void> {
  const url = new URL(companion.webhookPath, companion.ingress).href;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
}

/** Webhooks with four deliveries of three types. */
async function openStocked(page: Page, companion: Companion): Promise<void> {
  for (const [index, type] of ['ContactCreate', 'NoteCreate', 'ContactCreate', 'OpportunityCreate'].entries())
    await deliver(companion, {
      type,
      webhookId: index === 2 ? 'w0' : `w${index}`,
      locationId: index < 2 ? 'harbor' : 'north',
      note: `lorem ${index}`,
    });
  await open(page, 'Webhooks');
  await showsRows(page, 4);
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Webhooks' });
const box = (page: Page) => page.getByRole('combobox', { name: 'Search webhooks' });
const chip = (page: Page, text: string) => page.getByRole('button', { name: `Remove ${text}`, exact: true });

async function showsRows(page: Page, count: number): Promise<void> {
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(count + 1), patient);
}

test('a typed query, its chips and the menu stay in step while webhooks arrive', async ({
  page,
  companion,
}) => {
  await openStocked(page, companion);
  await box(page).fill('event:ContactCreate -is:duplicate');
  await showsRows(page, 1);
  await expect(chip(page, 'event:ContactCreate')).toBeVisible();
  // What arrives meanwhile is shown where it matches, and only there.
  await deliver(companion, { type: 'NoteCreate', webhookId: 'w8' });
  await deliver(companion, { type: 'ContactCreate', webhookId: 'w9' });
  await showsRows(page, 2);
  await chip(page, '-is:duplicate').click();
  await expect(box(page)).toHaveValue('event:ContactCreate');
  await showsRows(page, 3);

  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('menuitem', { name: 'Sub-account' }).hover();
  await page.getByRole('menuitemcheckbox', { name: 'north' }).click();
  await expect(box(page)).toHaveValue('event:ContactCreate location:north');
  await showsRows(page, 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear the query' }).click();
  await expect(box(page)).toHaveValue('');
  await showsRows(page, 6);
});

test('keys and values are completed, and what is not understood is said while the rest holds', async ({
  page,
  companion,
}) => {
  await openStocked(page, companion);
  await page.keyboard.press('/');
  await page.keyboard.type('ver');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue('verdict:');
  await expect(page.getByRole('option', { name: /^unsigned/ })).toBeVisible();
  await page.keyboard.type('unsi');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(box(page)).toHaveValue('verdict:unsigned ');
  await page.keyboard.type('=lorem verdict:vaild event:NoteCreate');
  await expect(page.getByText('"vaild" is no value of "verdict"; did you mean "valid"?')).toBeVisible();
  await showsRows(page, 1);
});

test('a query goes on in a link, is kept as a view, and comes back with the screen', async ({
  page,
  companion,
}) => {
  await openStocked(page, companion);
  await page.evaluate(() => (location.hash = '#/webhooks?q=event%3ANoteCreate%20%22lorem%201%22'));
  await expect(box(page)).toHaveValue('event:NoteCreate "lorem 1"');
  await showsRows(page, 1);
  expect(page.url()).toMatch(/#\/webhooks$/);
  await page.getByRole('button', { name: 'More about this list' }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  await open(page, 'Home');
  await open(page, 'Webhooks');
  await expect(box(page)).toHaveValue('event:NoteCreate "lorem 1"');
  await showsRows(page, 1);
  await box(page).fill('https://elsewhere.example/#/webhooks?q=location%3Anorth');
  await expect(box(page)).toHaveValue('location:north');
  await showsRows(page, 2);
  await page.getByRole('button', { name: 'More about this list' }).click();
  await page.getByRole('menuitem', { name: 'event:NoteCreate "lorem 1"' }).click();
  await showsRows(page, 1);
});

test('columns are chosen, ordered and kept; what is unread is counted and marked', async ({
  page,
  companion,
}) => {
  await openStocked(page, companion);
  await deliver(companion, { type: 'INSTALL', webhookId: 'w5' });
  await expect(page.getByRole('button', { name: '1 unread' })).toBeVisible(patient);
  await page.keyboard.press('u');
  await expect(page.getByRole('button', { name: '1 unread' })).toBeHidden();

  await page.getByRole('button', { name: 'More about this list' }).click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Columns' });
  await dialog.getByRole('checkbox', { name: 'Category' }).check();
  await dialog.getByRole('checkbox', { name: 'Size' }).uncheck();
  await dialog.getByRole('spinbutton', { name: 'Width of Category in px' }).fill('140');
  await dialog.getByRole('button', { name: 'Move Category up' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const heads = grid(page).getByRole('columnheader');
  const chosen = [
    'State',
    'Pin and note',
    'Received',
    'Event',
    'Sub-account',
    'Signature',
    'Category',
    'Answer',
  ];
  await expect(heads).toHaveText(chosen);
  await page.reload();
  await showsRows(page, 5);
  await expect(heads).toHaveText(chosen);
  expect((await heads.nth(6).boundingBox())?.width).toBe(140);
});
