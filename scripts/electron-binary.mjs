// Where the Electron binary is, and how to fetch it. Importing the package "electron" itself would start a download.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build-if-needed.mjs';

const folder = join(root, 'node_modules', 'electron');

/** Path of the Electron executable, or null while it has not been fetched. */
export function electronBinary() {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/**
 * Fetches the binary with Electron's own installer. After `patienceMs` the caller goes on without it, while the
 * download continues by itself, so that the next start finds the binary.
 * @returns {Promise<'fetched' | 'failed' | 'slow'>}
 */
export function fetchElectron(node, patienceMs) {
  return new Promise((resolve) => {
    const child = spawn(node, [join(folder, 'install.js')], { cwd: root, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => {
      child.unref();
      resolve('slow');
    }, patienceMs);
    child.once('error', () => {
      clearTimeout(timer);
      resolve('failed');
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0 && electronBinary() !== null ? 'fetched' : 'failed');
    });
  });
}
