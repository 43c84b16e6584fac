import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type ElectronApplication, type Page } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..');

/** The built desktop app in a data folder of its own. Needs an Electron binary and a display. */
const test = base.extend<{ desktop: { app: ElectronApplication; page: Page } }>({
  desktop: async ({ playwright }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hlc-desktop-'));
    const app = await playwright._electron.launch({
      args: [join(root, 'out/main/electron.js'), '--data-dir', dataDir, '--ingress-port', '0'],
      chromiumSandbox: process.getuid?.() !== 0,
    });
    await use({ app, page: await app.firstWindow() });
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  },
});

test('the window opens on Home from the app scheme', async ({ desktop: { page } }) => {
  await expect(page).toHaveURL(/^app:\/\/companion\//);
  await expect(page.getByRole('link', { name: 'Home' })).toBeVisible();
});

test('pages are sandboxed, isolated and without Node', async ({ desktop: { app, page } }) => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
  expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false);
});

test('the policy header forbids inline scripts and foreign hosts', async ({ desktop: { page } }) => {
  const policy = await page.evaluate(async () =>
    (await fetch('/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
});

test('the page cannot navigate away or open a window', async ({ desktop: { app, page } }) => {
  await page.evaluate(() => {
    location.href = 'https://example.invalid/';
  });
  await page.evaluate(() => void window.open('about:blank'));
  await expect(page).toHaveURL(/^app:\/\/companion\//);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('permissions are refused', async ({ desktop: { page } }) => {
  const state = await page.evaluate(
    async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
  );
  expect(state).toBe('denied');
});

test('the bridge shows nothing but its name', async ({ desktop: { page } }) => {
  expect(await page.evaluate(() => Reflect.get(globalThis, 'companion'))).toEqual({
    transport: 'message-port',
  });
});
