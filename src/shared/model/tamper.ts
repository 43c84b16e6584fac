/** The tamper bench: one run of good and bad webhooks against a developer's endpoint, and what it made of each. */
import * as z from 'zod';
import { developmentKey } from './forwarding.ts';
import { exchangeId, profileId } from './ids.ts';

export const tamperCaseIds = [
  'valid',
  'unsigned',
  'wrong-signature',
  'altered-body',
  'old-timestamp',
  'repeated-id',
  'out-of-order',
  'legacy-only',
  'legacy-forged',
  'spelling-whitespace',
  'spelling-escape',
  'spelling-slash',
  'spelling-number',
  'spelling-key-order',
  'spelling-newline',
] as const;
export type TamperCaseId = (typeof tamperCaseIds)[number];

/** `either`: both answers are right, and which one came is said. */
export const tamperExpectations = ['accept', 'reject', 'accept-once', 'either'] as const;
export type TamperExpectation = (typeof tamperExpectations)[number];

/** `failed`: an answer that neither accepts nor refuses, such as a 500. */
export const tamperVerdicts = ['as-it-should', 'too-lax', 'too-strict', 'failed', 'no-answer'] as const;
export type TamperVerdict = (typeof tamperVerdicts)[number];

export const tamperDelivery = z.object({
  exchangeId,
  /** Null where nothing answered. */
  status: z.int().nullable(),
  /** Why nothing answered. */
  error: z.string().nullable(),
  durationMs: z.number().nullable(),
  /** The beginning of the answer's body, as text. */
  answer: z.string(),
});
export type TamperDelivery = z.infer<typeof tamperDelivery>;

export const tamperCase = z.object({
  id: z.enum(tamperCaseIds),
  title: z.string(),
  expected: z.enum(tamperExpectations),
  verdict: z.enum(tamperVerdicts),
  /** In the order they were sent: two of a repetition, one of most. */
  deliveries: z.array(tamperDelivery),
  /** What came of it, and why that is right or wrong. */
  sentence: z.string(),
  /** What to do in code; null where nothing is to be done. */
  advice: z.string().nullable(),
});
export type TamperCase = z.infer<typeof tamperCase>;

export const tamperReport = z.object({
  /** As it is shown: secret parameters masked. */
  url: z.string(),
  profileId,
  /** Times in ms since the epoch. */
  startedAt: z.number(),
  /** Null while the run goes on. */
  finishedAt: z.number().nullable(),
  cases: z.array(tamperCase),
  conclusion: z.string().nullable(),
});
export type TamperReport = z.infer<typeof tamperReport>;

export const tamperRun = z.object({
  profileId,
  /** Absolute http or https URL. */
  to: z.string().min(1).max(2000),
  allowRemote: z.boolean().default(false),
});
export type TamperRun = z.infer<typeof tamperRun>;

export const tamperProgress = z.object({ total: z.int(), report: tamperReport });
export type TamperProgress = z.infer<typeof tamperProgress>;

/** What the endpoint must trust for the run: `X-GHL-Signature` is checked with one, the older `X-WH-Signature` with the other. */
export const tamperKeys = z.object({ current: developmentKey, legacy: developmentKey });
export type TamperKeys = z.infer<typeof tamperKeys>;
