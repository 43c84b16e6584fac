import * as z from 'zod';
import { scopeStates } from '../highlevel/scope-diff.ts';

export const scopeRow = z.object({
  name: z.string(),
  access: z.array(z.enum(['Sub-Account', 'Agency'])),
  agencyOnly: z.boolean(),
  sensitive: z.boolean(),
  note: z.string().nullable(),
  /** How many operations declare it. */
  endpoints: z.int(),
  webhooks: z.array(z.string()),
});

export const scopeEndpoint = z.object({
  operationId: z.string(),
  method: z.string(),
  path: z.string(),
  summary: z.string(),
});

/** One scope as the link asks for it, the tokens have it and recorded calls needed it. */
export const scopeUseRow = z.object({
  name: z.string(),
  inLink: z.boolean(),
  /** Null where there is no token. */
  onToken: z.boolean().nullable(),
  /** Null where no call is known. */
  needed: z.boolean().nullable(),
  state: z.enum(scopeStates),
  sentence: z.string(),
  /** Recorded calls that needed it, and those of them answered 401 or 403. */
  calls: z.int(),
  refused: z.int(),
  /** The last such call, ms since the epoch. */
  lastAt: z.number().nullable(),
});

export const scopeUse = z.object({
  rows: z.array(scopeUseRow),
  tokens: z.int(),
  /** Calls looked at, newest first, and how many of them belong to no known operation. */
  calls: z.int(),
  unknownCalls: z.int(),
  /** True where older calls were not looked at. */
  more: z.boolean(),
});
export type ScopeUse = z.infer<typeof scopeUse>;
