/** Files that come in pieces, written as they come. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { AppError } from '../../../shared/model/app-error.ts';

type Piece = { readonly text: string };

/** To standard output, waiting for a slow reader. @returns the last piece */
export async function printPieces<T extends Piece>(pieces: AsyncIterable<T>): Promise<T | null> {
  let last: T | null = null;
  for await (const piece of pieces) {
    if (!process.stdout.write(piece.text)) await once(process.stdout, 'drain');
    last = piece;
  }
  return last;
}

/** To a new file: nothing that is there is overwritten. Rejects with `conflict`, `disk_full` and the like. @returns the last piece */
export async function savePieces<T extends Piece>(pieces: AsyncIterable<T>, path: string): Promise<T | null> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  let last: T | null = null;
  try {
    await once(file, 'open');
    for await (const piece of pieces) {
      if (!file.write(piece.text)) await once(file, 'drain');
      last = piece;
    }
    file.end();
    await finished(file);
    return last;
  } catch (error) {
    file.destroy();
    throw fileError(error, path);
  }
}

export function fileError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'EEXIST')
    return new AppError('conflict', `The file ${path} is there already.`, {
      remedy: 'Give another name with --out.',
    });
  if (code === 'ENOSPC')
    return new AppError('disk_full', `There is no room for the file ${path}.`, { cause: error });
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
    return new AppError('bad_input', `The file ${path} cannot be written (${code}).`, { cause: error });
  return error;
}
