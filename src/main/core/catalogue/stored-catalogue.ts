/** An imported catalogue as its file holds it. */
import * as z from 'zod';
import {
  catalogueId,
  catalogueName,
  catalogueSource,
  catalogueUse,
  documentProblem,
} from '../../../shared/model/catalogue.ts';
import type { KeptSchema, ReadDocument } from './import/types.ts';

/** Written by the companion itself, so that only its outermost form is checked. */
const schema = z.custom<KeptSchema>((value) => typeof value === 'object' && value !== null);

const readOperation = z.object({
  slug: z.string(),
  service: z.string(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string(),
  summary: z.string(),
  access: z.array(z.enum(['Sub-Account', 'Agency'])),
  accessSource: z.enum(['declared', 'by service']),
  oauthTokenOnly: z.boolean(),
  version: z.string().nullable(),
  scopes: z.array(z.string()),
  deprecated: z.boolean(),
  params: z.array(
    z.object({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      type: z.string().nullable(),
      values: z.array(z.string()).nullable(),
      example: z.string().nullable(),
    }),
  ),
  body: z
    .object({ contentType: z.string(), required: z.boolean(), schema, example: z.string().nullable() })
    .nullable(),
});

const readDocument: z.ZodType<ReadDocument> = z.object({
  title: z.string(),
  version: z.string(),
  openapi: z.string(),
  operations: z.array(readOperation),
  schemas: z.custom<ReadDocument['schemas']>((value) => typeof value === 'object' && value !== null),
  problems: z.array(documentProblem),
});

export const storedCatalogue = z.object({
  format: z.literal(1),
  id: catalogueId,
  name: catalogueName,
  use: catalogueUse,
  source: catalogueSource,
  /** ms since the epoch. */
  importedAt: z.number(),
  document: readDocument,
});
export type StoredCatalogue = z.infer<typeof storedCatalogue>;
