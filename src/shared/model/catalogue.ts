import * as z from 'zod';

/** HighLevel's own. */
export const ownCatalogue = 'highlevel';

/** Made from the name a catalogue was imported under; it stays when the catalogue is renamed. */
export const catalogueId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a catalogue is named by small letters, digits and -');

export const catalogueName = z.string().trim().min(1, 'a catalogue needs a name').max(80);

export const catalogueSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), name: z.string().min(1).max(300) }),
  /** `again` is false where the address holds a secret, which is not kept. */
  z.object({ kind: z.literal('url'), url: z.string().max(4000), again: z.boolean() }),
]);
export type CatalogueSource = z.infer<typeof catalogueSource>;

/** What an import becomes: a catalogue of its own, or a newer state of HighLevel's. */
export const catalogueUse = z.enum(['further', 'refresh']);
export type CatalogueUse = z.infer<typeof catalogueUse>;

export const catalogueInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** `unreadable`: its file is damaged; it is left as it is until it is removed. */
  kind: z.enum(['own', 'further', 'refresh', 'unreadable']),
  source: catalogueSource.nullable(),
  /** Of the document. */
  version: z.string().nullable(),
  /** Those it brings; of HighLevel's own all there are now. */
  operations: z.int(),
  problems: z.int(),
  /** ms since the epoch; null for HighLevel's own. */
  importedAt: z.number().nullable(),
  /** Why it cannot be used, one sentence. */
  failure: z.string().nullable(),
});
export type CatalogueInfo = z.infer<typeof catalogueInfo>;

const comparedOperation = z.object({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  summary: z.string(),
  /** Calls of it among the newest ones of the history. */
  calls: z.int(),
  /** Names of the saved requests that call it. */
  saved: z.array(z.string()),
});

export const operationChange = z.object({
  /** `The query parameter "limit" is required now.` */
  what: z.string(),
  /** Whether a request that was right may be refused because of it. */
  breaks: z.boolean(),
});
export type OperationChange = z.infer<typeof operationChange>;

/** Two states of a catalogue, operation by operation; matched by method and path. */
export const catalogueDifference = z.object({
  added: z.array(comparedOperation),
  removed: z.array(comparedOperation),
  changed: z.array(comparedOperation.extend({ changes: z.array(operationChange) })),
  same: z.int(),
});
export type CatalogueDifference = z.infer<typeof catalogueDifference>;
export type ComparedOperation = z.infer<typeof comparedOperation>;

export const documentProblem = z.object({ where: z.string(), problem: z.string() });

/** A document that has been read and not been taken over yet. */
export const catalogueReading = z.object({
  id: z.uuid(),
  title: z.string(),
  version: z.string(),
  openapi: z.string(),
  source: catalogueSource,
  operations: z.int(),
  problems: z.array(documentProblem),
  /** Origins of its servers that no request leaves for. */
  elsewhere: z.array(z.string()),
  /** Against HighLevel's operations as they are now. */
  refresh: catalogueDifference,
  /** Against the catalogue it is a newer state of; null where it is of none. */
  update: catalogueDifference.nullable(),
  /** The further catalogue or the refresh it would take the place of. */
  replaces: z.string().nullable(),
  suggested: catalogueUse,
});
export type CatalogueReading = z.infer<typeof catalogueReading>;

/** 16 MiB: more than any published document, and read in a moment. */
export const largestDocument = 16 * 1024 * 1024;

export const documentInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    name: z.string().min(1).max(300),
    text: z.string().max(largestDocument, 'the document is larger than 16 MiB'),
  }),
  z.object({ kind: z.literal('url'), url: z.string().min(1).max(4000) }),
]);
export type DocumentInput = z.infer<typeof documentInput>;
