/** What the companion and the agent's process say to each other. Both sides check what they hear. */
import * as z from 'zod';

export const toAgent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    /** By message only: arguments and environment can be read by other programs. */
    authtoken: z.string().min(1),
    domain: z.string().nullable(),
    /** The ingress' port on 127.0.0.1. */
    port: z.int().min(1).max(65_535),
    version: z.string(),
    /** Whole seconds; the agent takes nothing finer, and not 0. */
    heartbeatSeconds: z.int().min(1),
    /** An edge other than ngrok's own: `host:port`, and the PEM of the certificate to trust. */
    edge: z.object({ address: z.string(), ca: z.string() }).nullable(),
    /** Through which proxy (a URL) the edge is reached, and a file of further authorities (PEM) it is checked against. */
    way: z.object({ proxy: z.string().nullable(), caFile: z.string().nullable() }),
  }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('ping') }),
]);
export type ToAgent = z.infer<typeof toAgent>;

export const agentPhases = ['load', 'connect', 'bind'] as const;

export const fromAgent = z.discriminatedUnion('type', [
  /** It listens for `start`. */
  z.object({ type: z.literal('ready') }),
  /** Connected, accepted and bound. */
  z.object({ type: z.literal('bound'), url: z.url({ protocol: /^https?$/ }) }),
  z.object({
    type: z.literal('failed'),
    phase: z.enum(agentPhases),
    /** What stood in the way before the agent, as a sentence for the user. */
    sentence: z.string().optional(),
    /** `ERR_NGROK_105` */
    code: z.string().nullable(),
    /** The agent's own text, without the authtoken. */
    text: z.string(),
  }),
  z.object({
    type: z.literal('lost'),
    reason: z.enum(['heartbeat', 'disconnected', 'closed']),
    code: z.string().nullable(),
  }),
  z.object({ type: z.literal('pong') }),
]);
export type FromAgent = z.infer<typeof fromAgent>;
export type AgentFailure = Extract<FromAgent, { type: 'failed' }>;
export type AgentLoss = Extract<FromAgent, { type: 'lost' }>;
