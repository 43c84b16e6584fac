/** What the companion makes of a webhook: its signature explained, its shape, types from what arrived, coverage. */
import * as z from 'zod';
import { keyOwner, signatureFacts, signatureScheme } from './exchange.ts';
import { exchangeId } from './ids.ts';

const snippet = z.object({
  /** Text up to the differing byte, invisible characters made visible. */
  before: z.string(),
  /** From that byte on; `[END]` where the body ends. */
  after: z.string(),
});

export const byteDifference = z.object({
  /** Of the first differing byte. */
  offset: z.int().nonnegative(),
  /** Where in the JSON: `$.customFields[0].value`; null where the body is not JSON. */
  path: z.string().nullable(),
  received: snippet,
  other: snippet,
});
export type ByteDifference = z.infer<typeof byteDifference>;

export const attemptIds = [
  'as-received',
  'other-key',
  'other-header',
  'other-scheme',
  'signature-text',
  'shared-secret',
  'json',
  'newline',
  'text-encoding',
] as const;

/** One thing that goes wrong in practice, tried. */
export const signatureAttempt = z.object({
  id: z.enum(attemptIds),
  /** `matches`: so it was signed. `skipped`: there was nothing to try it with. */
  outcome: z.enum(['matches', 'no-match', 'skipped']),
  /** What was tried, with what result. */
  sentence: z.string(),
  /** Where the bytes that were signed part from those that came. */
  difference: byteDifference.nullable(),
});
export type SignatureAttempt = z.infer<typeof signatureAttempt>;

export const rewriteReasons = [
  'whitespace',
  'escape',
  'slash',
  'number',
  'big-integer',
  'key-order',
  'duplicate-key',
  'byte-order-mark',
  'not-utf8',
] as const;

/** Whether checking `JSON.stringify(req.body)`, as the official SDK does without a raw body, comes to the same bytes. */
export const sdkCheck = z.object({
  /** `skipped`: it would not verify at all and pass the request on. `unreadable`: the body is not JSON. */
  verdict: z.enum(['accepts', 'rejects', 'skipped', 'unreadable']),
  sentence: z.string(),
  difference: byteDifference.nullable(),
  /** Everything that writing the JSON again changes, in the order of the body; at most twenty. */
  changes: z.array(
    z.object({
      reason: z.enum(rewriteReasons),
      path: z.string(),
      sentence: z.string(),
    }),
  ),
});
export type SdkCheck = z.infer<typeof sdkCheck>;

export const signatureExplanation = z.object({
  facts: signatureFacts,
  /** The signature headers as they came, `N/A` included. */
  headers: z.array(
    z.object({
      name: z.string(),
      scheme: signatureScheme,
      value: z.string().nullable(),
      state: z.enum(['checked', 'not-looked-at', 'absent']),
    }),
  ),
  /** Keys that count for this exchange. */
  keys: z.array(z.object({ owner: keyOwner, scheme: signatureScheme, fingerprint: z.string().nullable() })),
  /** Length and SHA-256 of exactly the bytes that were checked. */
  bytes: z.int().nonnegative(),
  sha256: z.string(),
  attempts: z.array(signatureAttempt),
  conclusion: z.string(),
  sdk: sdkCheck,
  /** The body's `timestamp` against the time of arrival; null where it names none. */
  age: z.object({ ms: z.number(), old: z.boolean(), sentence: z.string() }).nullable(),
  /** Deliveries with the same `webhookId`; null where this one is the first. */
  repetition: z.object({ firstId: exchangeId, sentence: z.string() }).nullable(),
});
export type SignatureExplanation = z.infer<typeof signatureExplanation>;

export const fieldStates = ['as-documented', 'missing', 'unknown', 'changed', 'empty'] as const;

export const shapeField = z.object({
  path: z.string(),
  /** `empty`: null came where something else is documented. */
  state: z.enum(fieldStates),
  documented: z.string().nullable(),
  came: z.string().nullable(),
  /** The earliest looked-at delivery in which the field was like this; null where that says nothing. */
  firstSeen: z.object({ at: z.number(), id: exchangeId }).nullable(),
  /** In how many of the looked-at deliveries of this type. */
  deliveries: z.int().nonnegative(),
});
export type ShapeField = z.infer<typeof shapeField>;

export const webhookShape = z.object({
  type: z.string().nullable(),
  /** False where HighLevel documents no such event; then nothing can be compared. */
  documented: z.boolean(),
  /** True where the body does not name its event and the family was told from its fields. */
  guessed: z.boolean(),
  fields: z.array(shapeField),
  /** How many deliveries of this type were looked at, this one included. */
  lookedAt: z.int().nonnegative(),
  /** Says why there is nothing to compare. */
  sentence: z.string().nullable(),
});
export type WebhookShape = z.infer<typeof webhookShape>;

export const generatedTypes = z.object({
  type: z.string(),
  /** Deliveries the types are a union of. */
  samples: z.int().nonnegative(),
  /** Left out: too large, incomplete, or not JSON. */
  skipped: z.int().nonnegative(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  typescript: z.string(),
  zod: z.string(),
  jsonSchema: z.string(),
});
export type GeneratedTypes = z.infer<typeof generatedTypes>;

export const coverageCheck = z.object({
  id: z.enum(['listening', 'address', 'webhook-url', 'code', 'subscriptions']),
  state: z.enum(['ok', 'open', 'unknown']),
  sentence: z.string(),
});
export type CoverageCheck = z.infer<typeof coverageCheck>;

export const eventCoverage = z.object({
  type: z.string(),
  subscription: z.string(),
  category: z.string(),
  scope: z.string().nullable(),
  /** Whether the docs name the scope, or it is taken from the event's siblings or developers' reports. */
  scopeSource: z.enum(['documented', 'inferred', 'reported']).nullable(),
  count: z.int().nonnegative(),
  /** Deliveries told by their fields alone, which name the family and not the event. */
  family: z.object({ name: z.string(), count: z.int().nonnegative() }).nullable(),
  last: z.object({ at: z.number(), id: exchangeId }).nullable(),
  /** Null where no scope is needed, or no token says. */
  scopeHeld: z.boolean().nullable(),
  /** Null where the profile does not say which events the app is subscribed to. */
  subscribed: z.boolean().nullable(),
  /** Why it may be silent, the likeliest first; empty where it has been seen. */
  reasons: z.array(z.string()),
});
export type EventCoverage = z.infer<typeof eventCoverage>;

export const webhookCoverage = z.object({
  checks: z.array(coverageCheck),
  events: z.array(eventCoverage),
  seen: z.int().nonnegative(),
});
export type WebhookCoverage = z.infer<typeof webhookCoverage>;
