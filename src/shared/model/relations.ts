/** How exchanges hang together: what they name, repeat, cause and change. */
import * as z from 'zod';
import { entityKinds } from '../highlevel/events.ts';
import { bodyPart, exchangeSummary } from './exchange.ts';
import { exchangeId } from './ids.ts';
import { byteDifference } from './webhook.ts';

/** A contact, an opportunity, a sub-account, …: what webhooks speak of and calls are made for. */
export const entityRef = z.object({
  kind: z.enum(entityKinds),
  id: z.string().min(1).max(200),
});
export type EntityRef = z.infer<typeof entityRef>;

export const mention = entityRef.extend({
  /** True where the exchange holds the entity itself, false where it only names its id. */
  subject: z.boolean(),
});
export type Mention = z.infer<typeof mention>;

const exchangeList = z.object({
  items: z.array(exchangeSummary),
  /** There are more than are listed. */
  more: z.boolean(),
});

/** The webhooks that followed a call and speak of what it names, oldest first. */
export const consequences = exchangeList.extend({
  /** Looked for from the call until this long after its answer, in ms. */
  withinMs: z.number(),
  /** Says why there can be none: a call that only reads, or that was refused. */
  sentence: z.string().nullable(),
});
export type Consequences = z.infer<typeof consequences>;

export const consequencesQuery = z.object({
  id: exchangeId,
  withinMs: z.int().min(0).max(3_600_000).default(60_000),
});
export type ConsequencesQuery = z.input<typeof consequencesQuery>;

/** Everything that hangs together with one exchange. */
export const related = z.object({
  /** What it names, the entity it holds first. */
  entities: z.array(mention),
  /** Other deliveries with the same `webhookId`, oldest first. */
  duplicates: exchangeList.extend({ webhookId: z.string().nullable() }),
  /** Deliveries about the same entity with at most `gapMs` between one and the next, this one among them, oldest first. */
  group: exchangeList.extend({
    gapMs: z.number(),
    /** Several events tell of what may be one change. */
    noisy: z.boolean(),
    sentence: z.string().nullable(),
  }),
  /** The exchange it follows from, then that one's cause, and so on. */
  causes: z.array(exchangeSummary),
  /** What names it as its cause: deliveries, redirects. Newest first. */
  caused: exchangeList,
  /** Calls shortly before a webhook that changed its entity, newest first. */
  triggers: exchangeList.extend({ withinMs: z.number() }),
  /** Of an API call; null for everything else. */
  consequences: consequences.nullable(),
});
export type Related = z.infer<typeof related>;

export const timelineQuery = z.object({
  entity: entityRef,
  /** ms since the epoch, inclusive. */
  from: z.number().optional(),
  to: z.number().optional(),
  /** Steps before this one; left out: the newest. */
  before: z.object({ at: z.number(), seq: z.int().positive() }).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type TimelineQuery = z.input<typeof timelineQuery>;

export const timelineStep = z.object({
  exchange: exchangeSummary,
  /** The one entity whose payload it holds; null where it holds none, or several. */
  holds: entityRef.nullable(),
  /** The step before that holds a payload of the same entity in the same form (webhook, or API answer). */
  previous: z.object({ id: exchangeId, at: z.number() }).nullable(),
});
export type TimelineStep = z.infer<typeof timelineStep>;

/** Newest first. */
export const timelinePage = z.object({
  items: z.array(timelineStep),
  /** Everything that names the entity, whatever the page. */
  total: z.int().nonnegative(),
  more: z.boolean(),
});
export type TimelinePage = z.infer<typeof timelinePage>;

/** `rewritten`: the same value in another spelling, such as `1.0` for `1`. */
export const changeKinds = ['added', 'removed', 'changed', 'moved', 'rewritten'] as const;

export const jsonChange = z.object({
  /** `$.customFields[0].value`: of the second text, of the first where it was removed. */
  path: z.string(),
  change: z.enum(changeKinds),
  /** As written, every digit and escape of it; cut where it is long. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type JsonChange = z.infer<typeof jsonChange>;

export const lineChange = z.object({
  change: z.enum(['same', 'added', 'removed']),
  /** Numbered from 1; null where the line is not in that text. */
  beforeLine: z.int().nullable(),
  afterLine: z.int().nullable(),
  text: z.string(),
});
export type LineChange = z.infer<typeof lineChange>;

/** How two bodies differ: by field where both are JSON, by line where both are text, by byte otherwise. */
export const bodyDifference = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('same'), bytes: z.int() }),
  /** One side has no such body. */
  z.object({ kind: z.literal('one-sided'), before: z.int().nullable(), after: z.int().nullable() }),
  z.object({
    kind: z.literal('json'),
    changes: z.array(jsonChange),
    /** Changes beyond those listed. */
    more: z.int().nonnegative(),
    note: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('text'),
    lines: z.array(lineChange),
    /** Lines beyond those listed. */
    more: z.int().nonnegative(),
    note: z.string().nullable(),
  }),
  z.object({ kind: z.literal('bytes'), difference: byteDifference, note: z.string().nullable() }),
]);
export type BodyDifference = z.infer<typeof bodyDifference>;

/** A fact or a header that is not the same; null: not there. */
export const namedDifference = z.object({
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type NamedDifference = z.infer<typeof namedDifference>;

export const differenceQuery = z.object({
  a: exchangeId,
  b: exchangeId,
  /** Left out: request and answer. */
  part: bodyPart.optional(),
  /** Only the object of this entity in each body, headers and the rest left out. */
  entity: entityRef.optional(),
});
export type DifferenceQuery = z.infer<typeof differenceQuery>;

export const exchangeDifference = z.object({
  a: exchangeSummary,
  b: exchangeSummary,
  /** Method, URL, status. */
  facts: z.array(namedDifference),
  parts: z.array(
    z.object({
      part: bodyPart,
      headers: z.array(namedDifference),
      body: bodyDifference,
    }),
  ),
});
export type ExchangeDifference = z.infer<typeof exchangeDifference>;
