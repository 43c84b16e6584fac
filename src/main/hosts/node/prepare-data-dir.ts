import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';

const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'unknown';
};

/**
 * One level at a time: Node's own `recursive` never returns below `/proc`, where a folder cannot be made although its
 * parent exists.
 */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in the same moment.
    if (codeOf(error) !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of its path is a file',
  EROFS: 'it lies on a read-only file system',
  EACCES: 'this user may not read and write there',
  EPERM: 'this user may not read and write there',
  ENOSPC: 'the disk is full',
};

/** Makes the data folder where there is none. Throws `data_folder_unusable` where it cannot be made, read or written. */
export function prepareDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new AppError(
      'data_folder_unusable',
      `The data folder cannot be used: ${reasons[codeOf(cause)] ?? codeOf(cause)}.`,
      {
        remedy: 'Choose a folder that belongs to you with --data-dir or HLC_DATA_DIR.',
        cause,
      },
    );
  }
}
