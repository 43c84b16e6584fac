/** What deliveries are answered on purpose, so that retries can be seen. Without a rule a route's own answer holds. */
import * as z from 'zod';
import { headerPairs } from './exchange.ts';
import { profileId } from './ids.ts';
import { routeKinds } from './profile.ts';

/** The longest an answer is held back, or a sender left waiting. */
export const longestHoldMs = 120_000;

/** So many senders may wait at one time; whoever comes beyond is not held. */
export const mostHeld = 64;

/** RFC 9110, 5.6.2. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What Node puts on a wire as it is: no control characters but the tab, and Latin-1 at most. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;
/** They say how the answer is sent, which its bytes decide. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const answerHeaders = headerPairs.max(20).superRefine((pairs, context) => {
  for (const [index, [name, value]] of pairs.entries()) {
    if (!headerName.test(name))
      context.addIssue({ code: 'custom', path: [index, 0], message: 'it is no name of a header' });
    else if (ownHeaders.has(name.toLowerCase()))
      context.addIssue({ code: 'custom', path: [index, 0], message: 'this header is set by the companion' });
    else if (value.length > 2000 || !headerValue.test(value))
      context.addIssue({
        code: 'custom',
        path: [index, 1],
        message: 'the value of a header is one line of at most 2000 Latin letters, digits and signs',
      });
  }
});

const delayMs = z.int().min(0).max(longestHoldMs);

export const deliveryAction = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    status: z.int().min(200).max(599),
    headers: answerHeaders.default([['Content-Type', 'application/json']]),
    body: z.string().max(65_536).default(''),
    /** Held back for this long, in ms. */
    delayMs: delayMs.default(0),
  }),
  /** No answer; ends when the sender gives up, at the latest after `forMs`. */
  z.object({ kind: z.literal('hang'), forMs: delayMs.min(1).default(longestHoldMs) }),
  /** The connection is reset, after `delayMs`. */
  z.object({ kind: z.literal('reset'), delayMs: delayMs.default(0) }),
]);
export type DeliveryAction = z.infer<typeof deliveryAction>;

const times = z.int().min(1).max(1000);

/** Which of the deliveries that match are meant. They are counted while the companion runs and the rule is on. */
export const deliveryTurn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('first'), times }),
  /** The third, the sixth, …: every `times`-th. */
  z.object({ kind: z.literal('every'), times: times.min(2) }),
  /** The first deliveries of each `webhookId`; where a body has none, of the same bytes. */
  z.object({ kind: z.literal('first-of-each'), times }),
]);
export type DeliveryTurn = z.infer<typeof deliveryTurn>;

export const deliveryRule = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/, 'an id has 1 to 64 letters, digits, _ and -'),
  on: z.boolean().default(true),
  /** Null: any app, and deliveries that are no app's. */
  profileId: profileId.nullable().default(null),
  routeKind: z.enum(routeKinds).exclude(['callback']).default('webhook'),
  /** Empty: any. */
  eventTypes: z.array(z.string().min(1).max(100)).max(200).default([]),
  locationIds: z.array(z.string().min(1).max(100)).max(200).default([]),
  turn: deliveryTurn.default({ kind: 'all' }),
  action: deliveryAction,
});
export type DeliveryRule = z.infer<typeof deliveryRule>;
export type DeliveryRuleInput = z.input<typeof deliveryRule>;

/** Looked at from the first to the last; the first that is on, matches and has its turn decides. */
export const deliveryRules = z
  .array(deliveryRule)
  .max(50)
  .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'two rules have the same id');

export const deliveryRuleState = z.object({
  rule: deliveryRule,
  /** Deliveries it was asked about and that match, and those it decided, since it was switched on. */
  matched: z.int().nonnegative(),
  decided: z.int().nonnegative(),
  /** It will decide nothing more: its number is used up. */
  spent: z.boolean(),
});
export type DeliveryRuleState = z.infer<typeof deliveryRuleState>;

export const answersState = z.object({
  rules: z.array(deliveryRuleState),
  /** Senders kept waiting at this moment. */
  held: z.int().nonnegative(),
});
export type AnswersState = z.infer<typeof answersState>;
