/** The window in a real Chromium, with the list of webhooks open. */
import { chromium, type CDPSession, type Locator, type Page } from '@playwright/test';
import { findChromium } from '../scripts/chromium.mjs';

export type Window = {
  readonly page: Page;
  readonly session: CDPSession;
  /** The list of webhooks. */
  readonly grid: Locator;
  close(): Promise<void>;
};

const WIDTH = 1280;
const HEIGHT = 800;

export async function openBrowser(url: string): Promise<Omit<Window, 'grid'>> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    // Chromium refuses its sandbox to root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  const session = await page.context().newCDPSession(page);
  await page.goto(url);
  return { page, session, close: () => browser.close() };
}

/** Opens the one-time link to the window and goes to its webhooks. */
export async function openWebhooks(ui: string): Promise<Window> {
  const window = await openBrowser(ui);
  const { page } = window;
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Webhooks' }).click();
  const grid = page.getByRole('grid', { name: 'Webhooks' });
  await grid.waitFor();
  return { ...window, grid };
}

/** The value below which 95 % of them lie. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
}
