/** Runs of saved requests, one after the other. */
import * as z from 'zod';
import { collectionId, folderPath, itemPath } from './collection.ts';
import { headerPairs, timings } from './exchange.ts';
import { exchangeId, profileId } from './ids.ts';
import { capturedValue, checkResult, nameValue } from './request.ts';

export const collectionRunStart = z.object({
  collection: collectionId,
  /** A folder or one request of it; empty for all of it. */
  path: folderPath.default(''),
  profileId,
  /** The name of an environment; null: the active one. */
  environment: z.string().max(200).nullable().default(null),
  /** Variables of this run; one that an answer sets is the answer's from then on. */
  values: z.array(nameValue).max(1000).default([]),
  /** Ends it with the first request that fails. */
  bail: z.boolean().default(false),
});
export type CollectionRunStart = z.output<typeof collectionRunStart>;

const place = { path: itemPath, name: z.string() };

export const runRequestResult = z.object({
  ...place,
  method: z.string().nullable(),
  requestPath: z.string().nullable(),
  /** Answered, every check as it should be, every value taken. */
  ok: z.boolean(),
  /** Null where none came. */
  status: z.int().nullable(),
  statusText: z.string(),
  headers: headerPairs,
  timings: timings.nullable(),
  /** Null where it was never sent. */
  exchangeId: exchangeId.nullable(),
  /** Why there is no answer, or what the platform means by this one; one sentence. */
  sentence: z.string().nullable(),
  remedy: z.string().nullable(),
  checks: z.array(checkResult),
  captured: z.array(capturedValue),
});
export type RunRequestResult = z.infer<typeof runRequestResult>;

export const collectionRunStep = z.discriminatedUnion('kind', [
  /** What is going to be sent, in this order. */
  z.object({
    kind: z.literal('start'),
    requests: z.array(z.object({ ...place, method: z.string().nullable() })),
  }),
  z.object({ kind: z.literal('sending'), path: itemPath }),
  /** For the rate limit; ms since the epoch, null once it goes on. */
  z.object({ kind: z.literal('waiting'), path: itemPath, until: z.number().nullable() }),
  z.object({ kind: z.literal('answered'), result: runRequestResult }),
  z.object({ kind: z.literal('end'), passed: z.int(), failed: z.int(), left: z.int() }),
]);
export type CollectionRunStep = z.infer<typeof collectionRunStep>;
