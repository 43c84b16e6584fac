import { expect, type Page } from '@playwright/test';
import { hlc, test, type Companion } from './companion.ts';
import { open } from './journey.ts';

async function deliver(companion: Companion, ...types: readonly string[]): Promise<void> {
  const url = new URL(companion.webhookPath, companion.ingress).href;
  for (const type of types) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type, webhookId: crypto.randomUUID(), locationId: 'loc' }),
    });
    expect(answer.status).toBe(200);
  }
}

const rowsOf = (page: Page) =>
  page.getByRole('grid', { name: 'Webhooks' }).getByRole('rowgroup').getByRole('row');
const rowOf = (page: Page, type: string) => rowsOf(page).filter({ hasText: type });

test('a webhook is pinned, noted, found by its note, deleted and brought back', async ({
  page,
  companion,
}) => {
  await deliver(companion, 'ContactCreate', 'ContactUpdate', 'NoteCreate');
  await open(page, 'Webhooks');
  await rowOf(page, 'ContactUpdate').click();
  const pin = page.getByRole('button', { name: 'Pin', exact: true });
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('s');
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(rowOf(page, 'ContactUpdate')).toContainText('pinned');

  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('zebra: the one with the wrong address');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('region', { name: 'Note' })).toContainText('wrong address');
  await expect(rowOf(page, 'ContactUpdate')).toContainText('noted');
  const search = page.getByRole('combobox', { name: 'Search webhooks' });
  await search.fill('zebra');
  await expect(rowsOf(page)).toHaveCount(1);
  await search.fill('');
  await expect(rowsOf(page)).toHaveCount(3);

  await rowOf(page, 'ContactUpdate').click();
  await page.keyboard.press('Delete');
  await expect(rowsOf(page)).toHaveCount(2);
  // The viewer goes on with the row below.
  await expect(page.getByRole('heading', { name: 'ContactCreate' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'ContactUpdate')).toContainText('pinned');

  const line = await hlc(['exchanges', '--search', 'zebra', '--data-dir', companion.dataDir, '--json']);
  expect(JSON.parse(line)).toMatchObject({ pinned: true, note: 'zebra: the one with the wrong address' });
});

test('rows are chosen together with the keyboard and the mouse, deleted, and brought back with Ctrl+Z', async ({
  page,
  companion,
}) => {
  await deliver(companion, 'AAA', 'BBB', 'CCC', 'DDD', 'EEE');
  await open(page, 'Webhooks');
  const toolbar = page.getByRole('toolbar', { name: 'With the chosen rows' });
  await rowOf(page, 'EEE').click();
  await expect(toolbar).toBeHidden();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(toolbar).toContainText('3 chosen');
  await rowOf(page, 'AAA').click({ modifiers: ['ControlOrMeta'] });
  await expect(toolbar).toContainText('4 chosen');
  await page.keyboard.press('Delete');
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText('BBB');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(rowsOf(page)).toHaveCount(5);

  await rowOf(page, 'DDD').click();
  await rowOf(page, 'BBB').click({ modifiers: ['Shift'] });
  await expect(toolbar).toContainText('3 chosen');
  await page.keyboard.press('Escape');
  await expect(toolbar).toBeHidden();

  await rowOf(page, 'CCC').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin' }).click();
  await expect(rowOf(page, 'CCC')).toContainText('pinned');
  await page.keyboard.press('ControlOrMeta+a');
  await expect(toolbar).toContainText('5 chosen, all that match');
  await toolbar.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 4 exchanges?' });
  await expect(dialog).toContainText('1 exchange with a pin or a note is kept');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText('CCC');
});

test('the settings show what a rule deletes before it is saved, and what was deleted by hand', async ({
  page,
  companion,
}) => {
  await deliver(companion, 'AAA', 'BBB', 'CCC', 'DDD', 'EEE');
  await open(page, 'Webhooks');
  await rowOf(page, 'AAA').click();
  await page.keyboard.press('s');
  await expect(rowOf(page, 'AAA')).toContainText('pinned');
  await rowOf(page, 'EEE').click();
  await page.keyboard.press('Delete');
  await expect(rowsOf(page)).toHaveCount(4);

  await open(page, 'Settings');
  const card = page.getByRole('region', { name: 'Kept exchanges' });
  await expect(card).toContainText('No rule is set: everything is kept.');
  const newest = card.getByRole('textbox', { name: 'Webhook: Newest' });
  await newest.fill('x');
  await expect(card).toContainText('“x” is no number from 0 to 100,000,000.');
  await newest.fill('1');
  await expect(card).toContainText('Saving deletes 2 exchanges');
  await expect(card).toContainText('1 exchange with a pin or a note is kept');
  await card.getByRole('button', { name: 'Save and delete 2' }).click();
  await expect(card).toContainText('Last deleted by a rule');
  await expect(newest).toHaveValue('1');

  await card.getByRole('button', { name: 'Bring back' }).click();
  await expect(card.getByRole('button', { name: 'Bring back' })).toBeHidden();
  await open(page, 'Webhooks');
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(rowOf(page, 'AAA')).toContainText('pinned');
  await expect(rowOf(page, 'DDD')).toBeVisible();
  await expect(rowOf(page, 'EEE')).toBeVisible();
});
