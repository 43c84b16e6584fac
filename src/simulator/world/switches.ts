import { z } from 'zod';
import { RETRY_POLICIES } from '../webhooks/retry-policy.ts';

/** How the token endpoint words what HighLevel has published no wording for. */
export const GRANT_REFUSALS = ['phrases', 'rfc6749', 'plain'] as const;
export type GrantRefusals = (typeof GRANT_REFUSALS)[number];

const flag = z.union([z.boolean(), z.stringbool()]);
const milliseconds = z.coerce.number().int().min(1).max(86_400_000);

export const switchesBody = z.strictObject({
  echoState: flag.optional(),
  grantRefusals: z.enum(GRANT_REFUSALS).optional(),
  codeLifetimeMs: milliseconds.optional(),
  retryPolicy: z.enum(RETRY_POLICIES).optional(),
  webhookTimeoutMs: milliseconds.optional(),
  followRedirects: flag.optional(),
  typeInEveryBody: flag.optional(),
  rsaSignature: flag.optional(),
  oldPathsUnderV3: flag.optional(),
  inferredScopes: flag.optional(),
  breakerThreshold: z.coerce.number().int().min(1).optional(),
});

/** What HighLevel's sources leave open or disagree on: each can be had either way, also while the simulator runs. */
export type Switches = {
  -readonly [Name in keyof z.infer<typeof switchesBody>]-?: NonNullable<z.infer<typeof switchesBody>[Name]>;
};

export const DEFAULT_SWITCHES: Switches = {
  echoState: true,
  grantRefusals: 'phrases',
  codeLifetimeMs: 600_000,
  retryPolicy: 'any-failure',
  webhookTimeoutMs: 10_000,
  followRedirects: false,
  typeInEveryBody: true,
  rsaSignature: true,
  oldPathsUnderV3: false,
  inferredScopes: true,
  breakerThreshold: 10_000,
};

/** What a person reads beside each switch, with the choices of those that are no numbers. */
export const SWITCH_TEXTS: Readonly<Record<keyof Switches, { text: string; choices?: readonly string[] }>> = {
  echoState: { text: 'The callback brings state back', choices: ['true', 'false'] },
  grantRefusals: { text: 'Bodies for a wrong code, secret or redirect URL', choices: GRANT_REFUSALS },
  codeLifetimeMs: { text: 'Lifetime of a code in ms' },
  retryPolicy: { text: 'Which failed webhooks are tried again', choices: RETRY_POLICIES },
  webhookTimeoutMs: { text: 'Time a receiver of webhooks has, in ms' },
  followRedirects: { text: 'Webhooks follow redirects', choices: ['true', 'false'] },
  typeInEveryBody: {
    text: 'Bodies carry type where the documented sample has none (invoices, products, records, associations)',
    choices: ['true', 'false'],
  },
  rsaSignature: { text: 'X-WH-Signature is sent beside X-GHL-Signature', choices: ['true', 'false'] },
  oldPathsUnderV3: { text: 'Paths that v3 renamed answer under Version: v3', choices: ['true', 'false'] },
  inferredScopes: {
    text: 'Events need the scope that is only inferred for them',
    choices: ['true', 'false'],
  },
  breakerThreshold: { text: 'Webhooks in three days above which the breaker looks' },
};
