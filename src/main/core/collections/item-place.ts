import { lstat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';
import { folderPath } from '../../../shared/model/collection.ts';
import { errorCode } from '../vault/durable-file.ts';

/**
 * The absolute place of a path in a collection.
 *
 * @throws AppError `bad_input` for one that leads out of it, or over a link
 */
export async function insideFolder(root: string, path: string): Promise<string> {
  if (!folderPath.safeParse(path).success) {
    throw new AppError('bad_input', `“${path}” is no path inside the collection.`);
  }
  const names = path === '' ? [] : path.split('/');
  for (let count = 1; count <= names.length; count += 1) {
    const place = join(root, ...names.slice(0, count));
    const found = await lstat(place).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (found === null) break;
    if (found.isSymbolicLink()) {
      throw new AppError(
        'bad_input',
        `“${names.slice(0, count).join('/')}” is a link, and links are not followed.`,
      );
    }
  }
  return names.length === 0 ? root : `${root}${sep}${names.join(sep)}`;
}

/** The folder that a path lies in, and its name there. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const at = path.lastIndexOf('/');
  return { folder: at === -1 ? '' : path.slice(0, at), name: path.slice(at + 1) };
}

export const joinPath = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;
