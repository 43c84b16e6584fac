/** `collection.yaml` and `folder.yaml`: names and order of what lies around requests. */
import { lstat, readFile } from 'node:fs/promises';
import * as z from 'zod';
import { errorCode, writeDurably } from '../vault/durable-file.ts';
import { collectionError } from './file-errors.ts';
import { parseYaml, rewriteYaml, writeYaml, type PlainMap } from './yaml-text.ts';

export const collectionFile = 'collection.yaml';
export const folderFile = 'folder.yaml';

const collectionFields = z.object({
  name: z.string().min(1).max(200).nullable().default(null),
  description: z.string().max(10_000).default(''),
});
const folderFields = z.object({
  name: z.string().min(1).max(200).nullable().default(null),
  order: z.number().nullable().default(null),
});

export type CollectionFacts = z.output<typeof collectionFields> & { readonly problem: string | null };
export type FolderFacts = z.output<typeof folderFields> & { readonly problem: string | null };

/** What is not there has no name; what cannot be read has a problem. */
export function readCollectionFile(file: string): Promise<CollectionFacts> {
  return readFields(file, collectionFile, collectionFields);
}

export function readFolderFile(file: string): Promise<FolderFacts> {
  return readFields(file, folderFile, folderFields);
}

/** Puts these fields into the file, and leaves what else stands in it. @throws AppError where the file is broken */
export async function changeFields(file: string, what: string, fields: PlainMap): Promise<void> {
  const content = await contentOf(file).catch((error: unknown) => {
    throw collectionError(error, what);
  });
  let next: string;
  try {
    next =
      content === null
        ? writeYaml(fields)
        : rewriteYaml(parseYaml(content), fields, {
            top: new Set(),
            nested: new Set(),
            open: new Set(),
          });
  } catch (error) {
    throw collectionError(error, what);
  }
  await writeDurably(file, next).catch((error: unknown) => {
    throw collectionError(error, what);
  });
}

async function readFields<T extends z.ZodType<object>>(
  file: string,
  what: string,
  schema: T,
): Promise<z.output<T> & { readonly problem: string | null }> {
  const usual = schema.parse({});
  try {
    const content = await contentOf(file);
    if (content === null) return { ...usual, problem: null };
    const result = schema.safeParse(parseYaml(content).document.toJS() ?? {});
    if (result.success) return { ...result.data, problem: null };
    const [issue] = result.error.issues;
    return {
      ...usual,
      problem: `${what}: its field ${issue?.path.join('.') ?? ''} is wrong: ${issue?.message ?? ''}.`,
    };
  } catch (error) {
    return { ...usual, problem: `${what}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Null where there is none. A link counts as none. */
async function contentOf(file: string): Promise<string | null> {
  try {
    if (!(await lstat(file)).isFile()) return null;
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
