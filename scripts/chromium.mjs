// Finds a Chromium for the end-to-end tests, or installs one: Playwright's own where it can be downloaded, the
// system's, Debian's package when root.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from './build-if-needed.mjs';
import { debianPackage } from './debian-package.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env.PROGRAMFILES ?? 'C:\\Program Files', 'Google', 'Chrome', 'Application', 'chrome.exe'),
];

function systemChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places];
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);

function downloadOwn() {
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { cwd: root, stdio: 'ignore', timeout: 240_000 });
  return own();
}

const installDebian = () => (debianPackage('chromium', 'chromium') ? systemChromium() : undefined);

/**
 * @returns {string} the path of an executable Chromium
 * @throws {Error} with one sentence when none can be had
 */
export function findChromium() {
  const found = own() ?? systemChromium() ?? downloadOwn() ?? installDebian();
  if (found === undefined) {
    throw new Error(
      'No Chromium was found and none could be installed: install Chromium or Google Chrome, or run "npx playwright install chromium" where downloads are allowed.',
    );
  }
  return found;
}
