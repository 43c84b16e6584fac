import * as z from 'zod';

/** What the built-in simulator's control API says, as far as the window shows it. */
const attempt = z.object({ status: z.int().nullable(), error: z.string().nullable() });

export const simulatorDelivery = z.object({
  webhookId: z.string(),
  type: z.string(),
  locationId: z.string().nullable(),
  url: z.string(),
  createdAt: z.string(),
  attempts: z.array(attempt),
  state: z.enum(['sending', 'delivered', 'retrying', 'failed']),
  nextAttemptAt: z.string().nullable(),
});
export type SimulatorDelivery = z.infer<typeof simulatorDelivery>;

export const simulatorLocation = z.object({
  id: z.string(),
  name: z.string(),
  /** An inactive one refuses refreshes. */
  active: z.boolean(),
  installedAt: z.string().nullable(),
  contacts: z.int(),
});
export type SimulatorLocation = z.infer<typeof simulatorLocation>;

export const simulatorSwitch = z.object({
  name: z.string(),
  text: z.string(),
  /** null: a number. */
  choices: z.array(z.string()).nullable(),
  value: z.union([z.string(), z.number(), z.boolean()]),
});
export type SimulatorSwitch = z.infer<typeof simulatorSwitch>;

export const simulatorView = z.object({
  /** Its own time, ISO 8601. */
  now: z.string(),
  company: z.object({ id: z.string(), name: z.string() }),
  locations: z.array(simulatorLocation),
  agencyInstalled: z.boolean(),
  contacts: z.int(),
  accessTokens: z.int(),
  breaker: z.object({
    state: z.enum(['closed', 'warned', 'paused']),
    settled: z.int(),
    failed: z.int(),
    windowEndsAt: z.string(),
  }),
  scopes: z.array(z.string()),
  versionId: z.string(),
  /** The events the app is subscribed to; null: all that its scopes unlock. */
  events: z.array(z.string()).nullable(),
  faults: z.array(z.string()),
  switches: z.array(simulatorSwitch),
  snapshots: z.array(z.object({ name: z.string(), at: z.string(), bytes: z.int() })),
  /** The newest, first. */
  deliveries: z.array(simulatorDelivery),
});
export type SimulatorView = z.infer<typeof simulatorView>;

const text = z.string().min(1).max(200);

/** What a developer does to the running simulator, each with one click. */
export const simulatorAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('advance'), ms: z.int().min(1) }),
  z.object({ do: z.literal('faults'), faults: z.array(text).max(50) }),
  z.object({ do: z.literal('seed'), size: z.enum(['small', 'large']), seed: z.int().min(0).optional() }),
  z.object({ do: z.literal('reset') }),
  z.object({ do: z.literal('keep'), name: text.max(60) }),
  z.object({ do: z.literal('restore'), name: text }),
  z.object({ do: z.literal('forget'), name: text }),
  z.object({ do: z.literal('resend'), webhookId: text }),
  z.object({ do: z.literal('resume') }),
  z.object({ do: z.literal('switch'), name: text, value: z.union([text, z.number(), z.boolean()]) }),
  z.object({ do: z.literal('events'), events: z.array(text).max(200).nullable() }),
  z.object({ do: z.literal('pause'), locationId: text, active: z.boolean() }),
  z.object({ do: z.literal('uninstall'), locationId: text.optional() }),
  z.object({ do: z.literal('version') }),
  z.object({ do: z.literal('plan'), locationId: text, planId: text }),
]);
export type SimulatorAction = z.infer<typeof simulatorAction>;
