/** Webhooks the developer has the companion send: built from the documented fields, signed with the development key. */
import * as z from 'zod';
import { profileId } from './ids.ts';

/** An id in use, and where it was found. */
export const knownId = z.object({
  value: z.string(),
  /** `profile`: of the app. `token`: an install's. `exchange`: seen in a stored webhook or answer. */
  source: z.enum(['profile', 'token', 'exchange']),
  /** What it stands for, where that is known: a sub-account's name. */
  label: z.string().nullable(),
});
export type KnownId = z.infer<typeof knownId>;

export const triggerDraftQuery = z.object({
  /** Null: nobody's, for where there is no app yet. */
  profileId: profileId.nullable(),
  /** Type of a documented event, its name in the portal's list, or `SMS` or `Email` of a conversation provider. */
  event: z.string().min(1).max(100),
  /** Names the event in `type` where the documented body does not. */
  withType: z.boolean().default(false),
});
export type TriggerDraftQuery = z.infer<typeof triggerDraftQuery>;

export const triggerDraft = z.object({
  /** As the platform spells it. */
  event: z.string(),
  /** False where the documented body has no `type`, or another's. */
  namesItself: z.boolean(),
  /** Every documented field filled, as a JSON object. */
  body: z.record(z.string(), z.unknown()),
  /** Ids in use by the name of a field that holds one (`contactId`), the likeliest first. */
  ids: z.record(z.string(), z.array(knownId)),
  /** Names the list of `ids` for top-level fields that are called otherwise: `assignedTo` is a `userId`. */
  idOf: z.record(z.string(), z.string()),
  /** Where the companion receives it; null while it does not listen. */
  ownUrl: z.string().nullable(),
});
export type TriggerDraft = z.infer<typeof triggerDraft>;

export const triggerRequest = z.object({
  profileId: profileId.nullable(),
  event: z.string().min(1).max(100),
  /** Sent and signed as it stands, byte for byte. */
  body: z.string().min(1).max(10_000_000),
  /** Null: the companion's own webhook route of the profile. */
  to: z.string().min(1).max(2000).nullable().default(null),
  /** Said yes to an address outside this machine and its private networks. */
  allowRemote: z.boolean().default(false),
});
export type TriggerRequest = z.infer<typeof triggerRequest>;
