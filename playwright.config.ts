import { defineConfig } from '@playwright/test';
import { electronBinary } from './scripts/electron-binary.mjs';

/** `COMPANION_CHROMIUM` is set by scripts/test.mjs, which finds or installs one. */
const executablePath = process.env['COMPANION_CHROMIUM'];
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  // A test that passes only now is named as such at the end of npm test, and is a defect of its own.
  retries: 1,
  forbidOnly: true,
  // Much of a test is waiting, for a page or a process: one more than the two cores we count on.
  workers: 3,
  // How long a busy machine may take says nothing about the product; the figures come from the bench.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium refuses its sandbox to root. Never given to the product itself, only to the browser that tests it.
      args: isRoot ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'web', testDir: 'tests/e2e' },
    // The desktop's own specs need the Electron binary; without one they are not collected, and the summary says so.
    ...(electronBinary() === null ? [] : [{ name: 'desktop', testDir: 'tests/desktop' }]),
  ],
});
