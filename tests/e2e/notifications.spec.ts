import { expect, type Page } from '@playwright/test';
import { test, type Companion } from './companion.ts';
import { open } from './journey.ts';
import { isAccessible, shoot } from './looks.ts';

async function deliver({ ingress, webhookPath }: Companion, type: string): Promise<void> {
  const response = await fetch(`${ingress}${webhookPath}`, {
    method: 'POST',
    body: JSON.stringify({ type }),
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
}

async function addRule(page: Page, events: string): Promise<void> {
  await open(page, 'Settings');
  const card = page.getByRole('region', { name: 'Notifications' });
  await card.getByRole('button', { name: 'Add rule' }).click();
  await card.getByLabel('Events').fill(events);
  await card.getByRole('button', { name: 'Add rule' }).click();
  await expect(card.getByRole('checkbox', { name: events, exact: true })).toBeChecked();
}

test('in view, a rule speaks in the window, and its button opens the exchange', async ({
  page,
  companion,
}) => {
  await addRule(page, 'ContactCreate');
  const card = page.getByRole('region', { name: 'Notifications' });
  await card.scrollIntoViewIfNeeded();
  await card.getByRole('button', { name: 'Add rule' }).click();
  await isAccessible(page);
  await shoot(page, 'notifications');
  await card.getByRole('button', { name: 'Cancel' }).click();
  await expect(
    card.getByRole('checkbox', { name: 'A webhook whose signature does not hold, at live apps' }),
  ).toBeChecked();
  await expect(card.getByRole('checkbox', { name: /token that died/ })).toBeChecked();
  await expect(card.getByRole('checkbox', { name: 'INSTALL, UNINSTALL' })).not.toBeChecked();

  await deliver(companion, 'ContactDelete');
  await deliver(companion, 'ContactCreate');
  await expect(page.getByText('ContactCreate. A webhook', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Show it' }).click();
  await expect(page.getByRole('heading', { name: 'ContactCreate' })).toBeVisible();
  expect(await page.title()).toBe('HighLevel Companion');

  await open(page, 'Settings');
  await card.getByRole('button', { name: 'Remove: ContactCreate' }).click();
  await expect(card.getByRole('checkbox', { name: 'ContactCreate' })).toBeHidden();
});

type Shown = EventTarget & { readonly title: string; readonly body: string };

/** A page cannot be sent to the back here, and a headless browser has no desktop: both ends are played. */
async function playDesktop(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shown: EventTarget[] = [];
    function show(title: string, { body }: NotificationOptions): EventTarget {
      const notification = Object.assign(new EventTarget(), { title, body, close: () => undefined });
      shown.push(notification);
      return notification;
    }
    Object.assign(globalThis, { Notification: Object.assign(show, { permission: 'granted' }), shown });
    document.hasFocus = () => false;
  });
}

test('out of view, the browser is asked to show it, the title counts, and a click opens the exchange', async ({
  page,
  companion,
}) => {
  await playDesktop(page);
  // A link that changes nothing but the fragment would not load the page anew.
  await page.goto('about:blank');
  await page.goto(await companion.link());
  await addRule(page, 'INSTALL');
  await open(page, 'Home');
  await deliver(companion, 'INSTALL');
  await expect(page).toHaveTitle('(1) HighLevel Companion');
  await page.waitForFunction(() => Reflect.get(globalThis, 'shown').length === 1);
  const told = await page.evaluateHandle((): Shown => Reflect.get(globalThis, 'shown')[0]);
  expect(await told.evaluate(({ title, body }) => [title, body])).toEqual(['INSTALL', 'A webhook']);
  await told.evaluate((notification) => notification.dispatchEvent(new Event('click')));
  await expect(page.getByRole('heading', { name: 'INSTALL' })).toBeVisible();
  await page.evaluate(() => {
    document.hasFocus = () => true;
    window.dispatchEvent(new Event('focus'));
  });
  await expect(page).toHaveTitle('HighLevel Companion');
});
