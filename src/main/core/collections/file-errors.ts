import { AppError } from '../../../shared/model/app-error.ts';
import { errorCode } from '../vault/durable-file.ts';

/** A failed operation on a collection's files as a sentence. @param what the file's or folder's bare name */
export function collectionError(error: unknown, what: string): AppError {
  if (error instanceof AppError && error.code !== 'data_folder_unusable') return error;
  const cause = error instanceof AppError ? error.cause : error;
  const code = errorCode(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError('not_found', `“${what}” is not there any more.`, { cause });
  }
  return new AppError(
    'data_folder_unusable',
    `“${what}” of the collection could not be read or written (${code ?? 'unknown reason'}).`,
    { remedy: 'Check that the folder exists and belongs to you.', cause },
  );
}
