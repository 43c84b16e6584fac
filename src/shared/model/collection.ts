/** Saved requests: collections, which are folders on disk, and what stands in them. */
import * as z from 'zod';
import { mostPairs, nameValue, requestDraft, requestFile } from './request.ts';

/** Made of the folder's place on this machine. */
export const collectionId = z
  .string()
  .regex(/^[\da-f]{16}$/, 'a collection id has 16 hexadecimal digits')
  .brand<'CollectionId'>();
export type CollectionId = z.infer<typeof collectionId>;

/** True for a name that can stand in a path on every system; such names lead nowhere else. */
export function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\:\0]/.test(name);
}

/** Where a request or a folder lies in its collection: names with `/` between them. */
export const itemPath = z
  .string()
  .max(1000)
  .refine((path) => path.split('/').every(isPlainName), 'it must be a path inside the collection');

/** A folder; the collection itself is empty. */
export const folderPath = z.union([z.literal(''), itemPath]);

export const itemName = z.string().trim().min(1, 'a name is needed').max(200);

const on = z.boolean().default(true);
const savedPair = nameValue.extend({ on });

/** A draft as it is kept: without app and token, with the pairs that are switched off. */
export const savedRequest = requestDraft.omit({ profileId: true, tokenId: true }).extend({
  query: z.array(savedPair).max(mostPairs).default([]),
  headers: z.array(savedPair).max(mostPairs).default([]),
  parts: z
    .array(savedPair.extend({ file: requestFile.nullable().default(null) }))
    .max(mostPairs)
    .default([]),
});
export type SavedRequest = z.output<typeof savedRequest>;

export const collectionItem = z.object({
  kind: z.enum(['folder', 'request']),
  path: itemPath,
  /** The folder it lies in. */
  folder: folderPath,
  name: z.string(),
  /** Of a request; stays the same when it is renamed or moved. Null where its file names none or cannot be read. */
  id: z.string().nullable(),
  /** Of a request: null where its file cannot be read. */
  method: z.string().nullable(),
  requestPath: z.string().nullable(),
  checks: z.int(),
  /** Of the file's text; another one means that the file has changed. */
  revision: z.string().nullable(),
  /** Why it cannot be used, one sentence; the file is left as it is. */
  problem: z.string().nullable(),
});
export type CollectionItem = z.infer<typeof collectionItem>;

export const collection = z.object({
  id: collectionId,
  name: z.string(),
  description: z.string(),
  /** Lies in the data folder; others are folders that the developer opened. */
  own: z.boolean(),
  /** Where it lies on this machine. */
  location: z.string(),
  problem: z.string().nullable(),
  /** Each folder before what lies in it, in the order they are shown and run. */
  items: z.array(collectionItem),
});
export type Collection = z.infer<typeof collection>;

/** A request that was read: with the revision it is saved on top of. */
export const openedRequest = z.object({
  collection: collectionId,
  path: itemPath,
  id: z.string(),
  name: z.string(),
  revision: z.string(),
  request: savedRequest,
});
export type OpenedRequest = z.infer<typeof openedRequest>;
