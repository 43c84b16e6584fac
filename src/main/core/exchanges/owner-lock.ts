/** One owner per data folder, held by the operating system. */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import { dataFolder } from './data-folder.ts';
import { storeFailure } from './database-errors.ts';

const ownerFile = z.object({ pid: z.int().positive() });

/**
 * Takes the folder with an exclusive transaction on a tiny SQLite file, which is the one operating-system file lock
 * that Node offers on every platform. The system releases it when the process ends, `kill -9` included. Nobody else in
 * this process may open `owner.lock`: on POSIX, closing any descriptor of a file gives up all its locks.
 *
 * Returns the way to release it. Throws `owner_exists`, or what the file system reports.
 */
export function takeOwnerLock(dataDir: string): () => void {
  const folder = dataFolder(dataDir);
  const db = new DatabaseSync(folder.ownerLock, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (storeFailure(error).code !== 'database_locked') throw error;
    const pid = ownerPid(folder.ownerFile);
    throw new AppError(
      'owner_exists',
      `Another companion${pid === null ? '' : ` (process ${pid})`} has this data folder open.`,
      { remedy: 'Use that one, close it first, or choose another data folder.', cause: error },
    );
  }
  return () => {
    db.close();
  };
}

/** The owner's process, if it has written so; null where the file is missing or unreadable, which is no fault here. */
function ownerPid(path: string): number | null {
  try {
    return ownerFile.parse(JSON.parse(readFileSync(path, 'utf8'))).pid;
  } catch {
    return null;
  }
}
