import * as z from 'zod';

export const userContextFailures = [
  'empty',
  'not-encrypted',
  'not-base64',
  'not-salted',
  'wrong-length',
  'bad-decrypt',
  'not-json',
] as const;

/** A custom page's payload, decrypted or refused. The secret and the payload are in neither. */
export const userContextReading = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    /** The decrypted JSON, as text, for display. */
    json: z.string(),
    /** Whose page it was opened from: `activeLocation` tells, since `type` is not reliable. */
    context: z.enum(['agency', 'sub-account']),
    fields: z.array(
      z.object({
        /** Dotted for the fields of an object: `whitelabelDetails.domain`. */
        name: z.string(),
        /** As JSON; null where a documented field is absent. */
        value: z.string().nullable(),
        explanation: z.string(),
        documented: z.boolean(),
      }),
    ),
    /** What was put right before decrypting, and what is odd about the content. */
    notes: z.array(z.string()),
  }),
  z.object({
    ok: z.literal(false),
    reason: z.enum(userContextFailures),
    sentence: z.string(),
    remedy: z.string(),
  }),
]);
export type UserContextReading = z.infer<typeof userContextReading>;
