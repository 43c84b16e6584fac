import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** macOS takes 103 bytes and a terminator, Linux 107. */
const longestPath = 103;

export type SocketPlace = { readonly path: string; release(): void };

/**
 * Where the owner's socket may stand: in the data folder, or in a folder of its own, closed to other users, where that
 * path would be longer than the system takes. A named pipe of a random name on Windows. What an earlier owner left
 * there is removed: the caller holds the folder's lock.
 */
export function takeSocketPlace(dataDir: string): SocketPlace {
  if (process.platform === 'win32') {
    return { path: `\\\\.\\pipe\\highlevel-companion-${randomBytes(16).toString('hex')}`, release() {} };
  }
  const path = join(dataDir, 'run', 'owner.sock');
  if (Buffer.byteLength(path) <= longestPath) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    chmodSync(dirname(path), 0o700);
    rmSync(path, { force: true });
    return { path, release: () => rmSync(path, { force: true }) };
  }
  const folder = mkdtempSync(join(tmpdir(), 'hlc-'));
  return {
    path: join(folder, 'owner.sock'),
    release: () => rmSync(folder, { recursive: true, force: true }),
  };
}
