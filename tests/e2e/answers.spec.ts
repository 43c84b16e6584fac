import { expect } from '@playwright/test';
import { test, type Companion } from './companion.ts';
import { open, webhookRow } from './journey.ts';
import { isAccessible, shoot } from './looks.ts';

async function deliver({ ingress, webhookPath }: Companion, webhookId: string): Promise<number> {
  const response = await fetch(`${ingress}${webhookPath}`, {
    method: 'POST',
    body: JSON.stringify({ type: 'ContactCreate', locationId: 'loc1', webhookId }),
  });
  await response.arrayBuffer();
  return response.status;
}

test('a rule is set, answers, is never out of sight, and one key switches it off', async ({
  page,
  companion,
}) => {
  await open(page, 'Webhooks');
  await page.getByRole('link', { name: 'Answer rules' }).click();
  await isAccessible(page);
  await shoot(page, 'answers-empty');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('menuitem', { name: '429 twice, then as usual' }).click();
  const dialog = page.getByRole('dialog', { name: 'New answer rule' });
  await dialog.getByLabel('Only these events').fill('ContactCreate');
  await dialog.getByLabel('Status').fill('42');
  await dialog.getByRole('button', { name: 'Add and switch on' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('“42” is no status: it is a number from 200 to 599.');
  await dialog.getByLabel('Status').fill('429');
  await dialog.getByLabel('Headers').fill('Retry After: 1');
  await dialog.getByRole('button', { name: 'Add and switch on' }).click();
  await expect(dialog.getByRole('alert')).toContainText('it is no name of a header');
  await dialog.getByLabel('Headers').fill('Retry-After: 1');
  await isAccessible(page);
  await shoot(page, 'answers-dialog');
  await dialog.getByRole('button', { name: 'Add and switch on' }).click();
  await expect(dialog).toBeHidden();

  const status = page.getByRole('contentinfo', { name: 'Status' });
  await expect(status.getByRole('link', { name: 'Answer rule on' })).toBeVisible();
  expect(await deliver(companion, 'w-1')).toBe(429);
  await expect(page.getByRole('cell', { name: '1 of 1' })).toBeVisible();
  await isAccessible(page);
  await shoot(page, 'answers-rules');

  await page.getByRole('link', { name: 'Deliveries' }).click();
  const notice = page.getByText('An answer rule is on.');
  await expect(notice).toBeVisible();
  expect(await deliver(companion, 'w-1')).toBe(429);
  expect(await deliver(companion, 'w-1')).toBe(200);
  const list = page.getByRole('grid', { name: 'Webhooks' });
  await expect(list).toHaveAttribute('aria-rowcount', '4');
  await expect(list.getByText('429')).toHaveCount(2);
  await webhookRow(page, 'ContactCreate').click();
  await page.getByRole('tab', { name: 'Retries' }).click();
  const deliveries = page.getByRole('table', { name: 'Deliveries of this webhook' }).getByRole('row');
  await expect(deliveries).toHaveCount(4);
  await expect(deliveries.nth(1)).toContainText('answered 429');
  await expect(deliveries.nth(3)).toContainText('answered 200');
  await expect(page.getByText('200 says it has been delivered')).toHaveCount(2);
  await isAccessible(page);
  await shoot(page, 'retries-delivered');

  expect(await deliver(companion, 'w-2')).toBe(429);
  await expect(list).toHaveAttribute('aria-rowcount', '5');
  // By key: the chosen row keeps its place, so that the newest one is above what is in sight.
  await list.focus();
  await page.keyboard.press('Home');
  await expect(page.getByText(/429 is tried again: retry 1 of 12/)).toBeVisible();
  await expect(page.getByText(/429 is tried again: retry 1 of 6/)).toBeVisible();
  await isAccessible(page);
  await shoot(page, 'retries-waiting');

  await page.keyboard.press('x');
  await expect(notice).toBeHidden();
  await expect(status.getByRole('link', { name: 'Answer rule on' })).toBeHidden();
  expect(await deliver(companion, 'w-2')).toBe(200);

  await companion.restart();
  await page.goto(await companion.link());
  await page.goto(`${new URL(page.url()).origin}/#/webhooks/answers`);
  await expect(page.getByRole('checkbox', { name: 'Rule 1 is on' })).not.toBeChecked();
});
