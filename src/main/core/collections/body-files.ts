/**
 * Files that requests send. Small ones stand in the request's own file; larger ones lie in `_files` of the
 * collection under a name made of their bytes, so that the request's file stays readable.
 */
import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';
import { itemPath, type SavedRequest } from '../../../shared/model/collection.ts';
import type { RequestFile } from '../../../shared/model/request.ts';
import { createDurably } from '../vault/durable-file.ts';
import { collectionError } from './file-errors.ts';
import { fileNameOf } from './item-names.ts';
import { insideFolder } from './item-place.ts';
import type { KeptFile, KeptRequest } from './request-file.ts';

const mostInline = 8192;
const mostBytes = 24_000_000;
const filesFolder = '_files';

/** With the bytes of its files. @throws AppError naming a file that is missing, too large or outside */
export async function withBytes(root: string, request: KeptRequest): Promise<SavedRequest> {
  const read = (file: KeptFile | null): Promise<RequestFile | null> => bytesOf(root, file);
  const parts = await Promise.all(
    request.parts.map(async (part) => ({ ...part, file: await read(part.file) })),
  );
  return { ...request, parts, file: await read(request.file) };
}

/** Its files put where they are kept. @param former the request this one takes the place of */
export async function withFilesKept(
  root: string,
  request: SavedRequest,
  former: KeptRequest | null,
): Promise<KeptRequest> {
  const before = former === null ? [] : [...former.parts.map(({ file }) => file), former.file];
  const placed = before.filter((file) => file !== null && 'path' in file);
  const keep = async (file: RequestFile | null): Promise<KeptFile | null> => {
    if (file === null) return null;
    for (const old of placed) {
      const bytes = await bytesOf(root, old).catch(() => null);
      if (bytes?.base64 === file.base64 && old.name === file.name) return old;
    }
    const bytes = Buffer.from(file.base64, 'base64');
    if (bytes.length <= mostInline) return file;
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const extension = /^\.[a-z\d]{1,8}$/i.exec(extname(file.name))?.[0] ?? '';
    const stem = fileNameOf(file.name.slice(0, file.name.length - extension.length));
    const path = `${filesFolder}/${hash}-${stem}${extension}`;
    await createDurably(await insideFolder(root, path), bytes).catch((error: unknown) => {
      throw collectionError(error, file.name);
    });
    return { name: file.name, type: file.type, path };
  };
  const parts: KeptRequest['parts'][number][] = [];
  for (const part of request.parts) parts.push({ ...part, file: await keep(part.file) });
  return { ...request, parts, file: await keep(request.file) };
}

async function bytesOf(root: string, file: KeptFile | null): Promise<RequestFile | null> {
  if (file === null || 'base64' in file) return file;
  const { name, type, path } = file;
  if (!itemPath.safeParse(path).success) {
    throw new AppError('bad_input', `The file “${path}” that the request sends lies outside the collection.`);
  }
  try {
    const place = await insideFolder(root, path);
    const found = await lstat(place);
    if (!found.isFile()) throw new AppError('bad_input', `“${path}”, which the request sends, is no file.`);
    if (found.size > mostBytes) {
      throw new AppError('bad_input', `The file “${path}” that the request sends is larger than 24 MB.`);
    }
    return { name, type, base64: (await readFile(join(place))).toString('base64') };
  } catch (error) {
    throw collectionError(error, path);
  }
}
