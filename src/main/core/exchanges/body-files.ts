/** Bodies too large for a row: one file each, written and synced before the row that names it. */
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Bodies up to this size stay in the database. 256 KiB. */
export const INLINE_BODY_BYTES = 256 * 1024;

/**
 * Writes the body, syncs it and moves it to its name, so that a file that has its name is whole. The folder must be
 * synced (`syncFolder`) before the row is committed. Throws what the file system reports.
 */
export function writeBodyFile(folder: string, name: string, bytes: Uint8Array): void {
  const path = join(folder, name);
  const partial = partialName(path);
  const file = openSync(partial, 'w', 0o600);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
}

/** The name a body has while it is being written. What is left of one that ended is removed at the next start. */
export const partialName = (name: string): string => `${name}.part`;

/** Gives a spooled body, synced by whoever wrote it, its name. */
export function takeSpooled(folder: string, spooled: string, name: string): void {
  renameSync(join(folder, partialName(spooled)), join(folder, name));
}

/** Makes the names in a folder durable. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Up to `length` bytes from `offset`; fewer at the end of the file. */
export function readBodyFile(folder: string, name: string, offset: number, length: number): Uint8Array {
  const file = openSync(join(folder, name), 'r');
  try {
    const bytes = new Uint8Array(length);
    let read = 0;
    while (read < length) {
      const count = readSync(file, bytes, read, length - read, offset + read);
      if (count === 0) break;
      read += count;
    }
    return bytes.subarray(0, read);
  } finally {
    closeSync(file);
  }
}
