/** Saved requests out of, and into, the files of other tools. */
import * as z from 'zod';
import { collectionId, folderPath, itemName } from './collection.ts';

export const savedImportKind = z.enum(['postman', 'har', 'curl', 'openapi']);
export type SavedImportKind = z.infer<typeof savedImportKind>;

/** Longer files are refused by name. */
export const mostImportedText = 30_000_000;

export const savedImportStart = z.object({
  fileName: z.string().max(500),
  content: z.string().max(mostImportedText, 'the file is larger than 30 MB'),
  /** Where the requests go; null: into a new collection. */
  into: z.object({ collection: collectionId, folder: folderPath }).nullable().default(null),
  /** Of the new collection; null: as the file says. */
  name: itemName.nullable().default(null),
  /** Only says what it would do. */
  dryRun: z.boolean(),
});
export type SavedImportStart = z.output<typeof savedImportStart>;

/** What was changed or left out, and where: the names that lead to it, or empty for the whole file. */
export const transferNote = z.object({ where: z.string(), note: z.string() });
export type TransferNote = z.infer<typeof transferNote>;

export const savedImportReport = z.object({
  kind: savedImportKind,
  /** As the file calls itself. */
  name: z.string(),
  requests: z.int(),
  folders: z.int(),
  /** The first thousand requests. */
  items: z.array(
    z.object({
      folder: z.string(),
      name: z.string(),
      method: z.string(),
      path: z.string(),
      linked: z.boolean(),
    }),
  ),
  /** Requests that are linked with their operation. */
  linked: z.int(),
  /** The first five hundred. */
  notes: z.array(transferNote),
  notesInAll: z.int(),
  /** Values that the file gives to variables, which are no part of a collection; those that look secret are left out. */
  variables: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Where they are now; null after a dry run. */
  collection: collectionId.nullable(),
});
export type SavedImportReport = z.infer<typeof savedImportReport>;

export const savedExportFormat = z.enum(['postman', 'har', 'curl']);
export type SavedExportFormat = z.infer<typeof savedExportFormat>;

export const savedExport = z.object({
  fileName: z.string(),
  content: z.string(),
  notes: z.array(transferNote),
});
export type SavedExport = z.infer<typeof savedExport>;
