/** Turns what SQLite and the file system report into failures with a sentence. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { StoreFailure } from './messages.ts';

const FAILURES = {
  disk_full: {
    code: 'disk_full',
    message: 'The disk that holds the data folder is full, so nothing more can be stored.',
    remedy: 'Free some space; captures go on by themselves.',
  },
  database_corrupt: {
    code: 'database_corrupt',
    message:
      'The exchange log (exchanges.db) is damaged or is not a database of the companion. It was left as it is.',
    remedy: 'Move exchanges.db out of the data folder to begin a new log, or restore it from a copy.',
  },
  database_locked: {
    code: 'database_locked',
    message: 'The exchange log (exchanges.db) is locked by another program.',
    remedy: 'Close the program that has exchanges.db open, then try again.',
  },
  data_folder_unusable: {
    code: 'data_folder_unusable',
    message: 'The data folder cannot be written to.',
    remedy: 'Check that the folder exists, is a folder and belongs to you, or choose another one.',
  },
} as const satisfies Record<string, StoreFailure>;

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, keyof typeof FAILURES>> = {
  3: 'data_folder_unusable',
  5: 'database_locked',
  6: 'database_locked',
  8: 'data_folder_unusable',
  10: 'data_folder_unusable',
  11: 'database_corrupt',
  13: 'disk_full',
  14: 'data_folder_unusable',
  23: 'data_folder_unusable',
  26: 'database_corrupt',
};

const SQLITE_CONSTRAINT = 19;

const FILE_SYSTEM: Readonly<Record<string, keyof typeof FAILURES>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EACCES: 'data_folder_unusable',
  EPERM: 'data_folder_unusable',
  EROFS: 'data_folder_unusable',
  ENOTDIR: 'data_folder_unusable',
  EEXIST: 'data_folder_unusable',
  ENOENT: 'data_folder_unusable',
  EIO: 'data_folder_unusable',
  EMFILE: 'data_folder_unusable',
};

/** SQLite's primary result code, or null for an error that is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

/** A row was refused by a constraint; the transaction it stands in goes on. */
export function isConstraint(error: unknown): boolean {
  return sqliteCode(error) === SQLITE_CONSTRAINT;
}

/** A failure with a sentence for whatever was thrown; `internal` when it is none that a user can act on. */
export function storeFailure(error: unknown): StoreFailure {
  if (error instanceof AppError) return { code: error.code, message: error.message, remedy: error.remedy };
  const sqlite = sqliteCode(error);
  const kind =
    sqlite === null
      ? error instanceof Error && 'code' in error && typeof error.code === 'string'
        ? FILE_SYSTEM[error.code]
        : undefined
      : SQLITE[sqlite];
  if (kind !== undefined) return FAILURES[kind];
  return { code: 'internal', message: 'The exchange log failed in a way that was not foreseen.' };
}

/** The same failure as an error to throw. */
export function failureError(failure: StoreFailure, cause?: unknown): AppError {
  return new AppError(failure.code, failure.message, {
    ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
    retryable: failure.code === 'disk_full' || failure.code === 'database_locked',
    ...(cause === undefined ? {} : { cause }),
  });
}
