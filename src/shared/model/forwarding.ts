import * as z from 'zod';
import { exchangeSummary, headerPairs, verdicts } from './exchange.ts';
import { exchangeId, profileId } from './ids.ts';

/** Which webhooks a target gets. All given conditions must hold; an empty list asks for nothing. */
export const forwardFilter = z.object({
  eventTypes: z.array(z.string().min(1).max(100)).max(200).default([]),
  profileIds: z.array(profileId).max(100).default([]),
  locationIds: z.array(z.string().min(1).max(100)).max(200).default([]),
  verdicts: z.array(z.enum(verdicts)).default([]),
});
export type ForwardFilter = z.infer<typeof forwardFilter>;

/** An address of the developer's own server. */
export const forwardTarget = z.object({
  /** Absolute http or https URL. */
  url: z.string().min(1).max(2000),
  on: z.boolean().default(true),
  /** Said yes to an address outside this machine and its private networks. */
  allowRemote: z.boolean().default(false),
  filter: forwardFilter.prefault({}),
});
export type ForwardTarget = z.infer<typeof forwardTarget>;

/** What is kept across restarts. */
export const forwardingSettings = z.object({
  on: z.boolean(),
  targets: z.array(forwardTarget).max(20),
});
export type ForwardingSettings = z.infer<typeof forwardingSettings>;

export const forwardingState = forwardingSettings.extend({
  /** Webhooks that wait for a connection to their target. */
  waiting: z.int().nonnegative(),
});
export type ForwardingState = z.infer<typeof forwardingState>;

/** Where to send: the address, or null for the targets that are on. */
const destination = {
  to: z.string().min(1).max(2000).nullable().default(null),
  allowRemote: z.boolean().default(false),
};

/** Exchanges sent again, oldest first: one after the other, or with the pauses there were between them. */
export const replayRequest = z.object({
  ids: z.array(exchangeId).min(1).max(10_000),
  ...destination,
  pace: z.enum(['at-once', 'recorded']).default('at-once'),
});
export type ReplayRequest = z.infer<typeof replayRequest>;

export const replayProgress = z.object({
  total: z.int(),
  /** Deliveries so far, answered or not. */
  done: z.int(),
  failed: z.int(),
  /** The newest delivery, as it was recorded; null before the first. */
  last: exchangeSummary.nullable(),
});
export type ReplayProgress = z.infer<typeof replayProgress>;

/** An exchange sent again with another body or other headers. */
export const editedReplay = z.object({
  id: exchangeId,
  headers: headerPairs,
  body: z.string().max(10_000_000),
  /** Signs the body with the development key, in `X-GHL-Signature`. */
  sign: z.boolean(),
  ...destination,
});
export type EditedReplay = z.infer<typeof editedReplay>;

/** The public half of the key that signs what the developer has edited. */
export const developmentKey = z.object({
  pem: z.string(),
  /** SHA-256 of the SPKI, hex. */
  fingerprint: z.string(),
  /** The line of an `.env` file that makes HighLevel's SDK, and code like it, trust this key. */
  environmentLine: z.string(),
});
export type DevelopmentKey = z.infer<typeof developmentKey>;
