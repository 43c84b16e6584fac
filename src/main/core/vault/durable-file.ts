/** Writing small files so that neither a kill nor a power cut leaves half of one. */
import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';

const temporarySuffix = '.tmp';

/**
 * Puts `content` at `path`: a temporary file with mode 0600 in the same folder, synced, renamed into place, folder synced.
 * Whoever reads `path` at any moment finds the old content or the new one, whole.
 *
 * @param keepPrevious where the content that was there before stays readable.
 * @throws AppError `disk_full` or `data_folder_unusable`; then `path` is as it was.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  keepPrevious?: string,
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeSynced(temporary, content);
    if (keepPrevious !== undefined) await keep(path, keepPrevious);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError(error, basename(path));
  }
}

/**
 * Creates `path` with `content`, synced, mode 0600, and never replaces what is there.
 *
 * @returns false when a file of that name existed already.
 */
export async function createDurably(path: string, content: string | Uint8Array): Promise<boolean> {
  const temporary = temporaryName(path);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeSynced(temporary, content);
    // A hard link refuses to replace; unlike an exclusive open it never shows a file that is only half written.
    await link(temporary, path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw storageError(error, basename(path));
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Removes what a killed write of `path` may have left beside it. Only the folder's owner may call this. */
export async function removeLeftovers(path: string): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  const ours = names.filter(
    (name) => name.startsWith(`${basename(path)}.`) && name.endsWith(temporarySuffix),
  );
  await Promise.all(
    ours.map((name) => rm(join(dirname(path), name), { force: true }).catch(() => undefined)),
  );
}

/** A failed file operation as an error with a sentence; `what` is the file's bare name. */
export function storageError(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'disk_full',
      `The disk is full: ${what} could not be written and is as it was before.`,
      {
        remedy: 'Free some space and try again.',
        retryable: true,
        cause: error,
      },
    );
  }
  return new AppError(
    'data_folder_unusable',
    `${what} in the data folder could not be read or written (${code ?? 'unknown reason'}).`,
    { remedy: 'Check that the data folder exists and belongs to you.', cause: error },
  );
}

/** The operating system's name for what went wrong, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const temporaryName = (path: string) => `${path}.${randomUUID()}${temporarySuffix}`;

async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** `previous` becomes a second name of the present content, so that `path` itself is never missing. */
async function keep(path: string, previous: string): Promise<void> {
  const second = temporaryName(previous);
  try {
    await link(path, second).catch(async (error: unknown) => {
      if (errorCode(error) === 'ENOENT') throw error;
      // Some file systems know no hard links.
      await copyFile(path, second);
    });
    await rename(second, previous);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; NTFS journals the rename by itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
