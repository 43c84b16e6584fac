import * as z from 'zod';
import type { JsonSchema } from '../highlevel/operations/shapes/json-schema.ts';
import { variableName, variableValue } from './environment.ts';
import { ownCatalogue } from './catalogue.ts';
import { exchangeId, profileId, tokenId } from './ids.ts';
import { headerPairs, timings } from './exchange.ts';

export const nameValue = z.object({ name: z.string().max(1000), value: z.string().max(100_000) });

/** A file chosen for a body. It travels with the draft; 24 MB and more do not. */
export const requestFile = z.object({
  name: z.string().min(1).max(500),
  /** Its media type; empty where nobody knows. */
  type: z.string().max(200),
  base64: z.base64().max(32_000_000, 'the file is larger than 24 MB'),
});
export type RequestFile = z.infer<typeof requestFile>;

/** How a body is written down; `none` sends none, whatever is typed. */
export const bodyKind = z.enum(['json', 'form', 'multipart', 'binary', 'none']);
export type BodyKind = z.infer<typeof bodyKind>;

/** A value taken from the answer into a variable, for the requests that follow. */
export const requestCapture = z.object({
  variable: variableName,
  /** JSON path (RFC 9535) in the answer's body; the first match is taken. */
  path: z.string().min(1).max(1000),
});
export type RequestCapture = z.infer<typeof requestCapture>;

/** What an answer is expected to be. */
export const requestCheck = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    /** `200`, or `2xx` for a whole class. */
    value: z.string().regex(/^[1-5](?:\d\d|xx)$/, 'a status is written as 200 or 2xx'),
  }),
  z.object({
    kind: z.literal('json'),
    /** JSON path (RFC 9535) in the answer's body. */
    path: z.string().min(1).max(1000),
    test: z.enum(['exists', 'absent', 'equals', 'contains', 'matches', 'less', 'greater', 'count']),
    /** What the test compares with, as text; unused by `exists` and `absent`. */
    value: z.string().max(10_000).default(''),
  }),
  /** Answered whole within so many ms. */
  z.object({ kind: z.literal('time'), withinMs: z.int().positive() }),
]);
export type RequestCheck = z.infer<typeof requestCheck>;

export const requestSettings = z.object({
  /** For the whole answer of one hop. */
  timeoutMs: z.int().min(100).max(600_000).default(60_000),
  followRedirects: z.boolean().default(true),
  /** Sent again, after the time HighLevel asks for, when it is answered 429. */
  retryOn429: z.boolean().default(false),
});
export type RequestSettings = z.infer<typeof requestSettings>;

/** Of parameters, headers, fields, captures and checks, each. */
export const mostPairs = 1000;

/** A request as the developer filled it in. `{{locationId}}` and the like are resolved before it is sent. */
export const requestDraft = z.object({
  profileId,
  /** The catalogue's operation, where it came from one: it settles Version, access and scopes. */
  operationId: z.string().nullable().default(null),
  method: z.string().regex(/^[A-Z]{3,10}$/, 'a method is written in capitals'),
  /** A path such as `/contacts/{contactId}`, or a full URL on the profile's API host. */
  path: z.string().min(1).max(4000),
  pathParams: z.record(z.string(), z.string()).default({}),
  query: z.array(nameValue).max(mostPairs).default([]),
  headers: z.array(nameValue).max(mostPairs).default([]),
  /** Text as typed; null sends no body. */
  body: z.string().nullable().default(null),
  /** Null: `body` is sent as it was typed, as the operation's content type. */
  bodyKind: bodyKind.nullable().default(null),
  /** Fields of a form, parts of a multipart body. */
  parts: z
    .array(nameValue.extend({ file: requestFile.nullable().default(null) }))
    .max(mostPairs)
    .default([]),
  /** The whole body where `bodyKind` is `binary`. */
  file: requestFile.nullable().default(null),
  /** Which token to use; null lets the companion choose by operation and locationId. */
  tokenId: tokenId.nullable().default(null),
  locationId: z.string().nullable().default(null),
  settings: requestSettings.prefault({}),
  captures: z.array(requestCapture).max(mostPairs).default([]),
  checks: z.array(requestCheck).max(mostPairs).default([]),
});
export type RequestDraft = z.input<typeof requestDraft>;
export type ResolvedRequestDraft = z.output<typeof requestDraft>;

/** A draft as it is sent: with what holds for this call alone. */
export const requestToSend = requestDraft.extend({
  /** Variables that count before all others. */
  values: z.record(variableName, variableValue).optional(),
  /** The name of an environment; left out, the active one. */
  environment: z.string().max(200).optional(),
});

/** What would be sent, before it is: the token chosen and why, and what stands in the way. */
export const requestPreview = z.object({
  method: z.string(),
  url: z.string(),
  headers: headerPairs,
  tokenId: tokenId.nullable(),
  tokenReason: z.string(),
  warnings: z.array(z.string()),
  /** What the operation needs and the token was not given: a new install with them mends it. */
  missingScopes: z.array(z.string()),
  /** The body as text, its secrets masked; null where there is none, and for one that is no text. */
  body: z.string().nullable(),
});
export type RequestPreview = z.infer<typeof requestPreview>;

/** The platform's own rate-limit headers of an answer; null where a header was not sent. */
export const rateLimit = z.object({
  max: z.number().nullable(),
  remaining: z.number().nullable(),
  intervalMs: z.number().nullable(),
  dailyLimit: z.number().nullable(),
  dailyRemaining: z.number().nullable(),
});
export type RateLimit = z.infer<typeof rateLimit>;

/** How a check came out. */
export const checkResult = z.object({
  check: requestCheck,
  ok: z.boolean(),
  /** What the answer had there, in short; secrets are cut out of it. */
  saw: z.string(),
});
export type CheckResult = z.infer<typeof checkResult>;

/** What a capture put into its variable. */
export const capturedValue = requestCapture.extend({
  /** `********` for a secret; null where nothing was taken. */
  value: z.string().nullable(),
  /** Why nothing was taken. */
  problem: z.string().nullable(),
});
export type CapturedValue = z.infer<typeof capturedValue>;

export const requestFailure = z.enum([
  'unreachable',
  'timeout',
  'reset',
  'cut-off',
  'cancelled',
  'too-large',
  'failed',
]);
export type RequestFailure = z.infer<typeof requestFailure>;

export const requestResult = z.object({
  exchangeId,
  status: z.int().nullable(),
  statusText: z.string(),
  headers: headerPairs,
  timings: timings.nullable(),
  bodyBytes: z.int(),
  rateLimit: rateLimit.nullable(),
  /** Whose limits it counted against: the names of their meter. */
  spender: z.object({ client: z.string(), resource: z.string() }),
  /** How often it was sent: more than once where the rate limit refused it and `retryOn429` is set. */
  attempts: z.int().positive(),
  /** Why no whole answer came; null where one did. Only of what was `unreachable` nothing was sent. */
  failure: requestFailure.nullable(),
  /** For failures: what the platform means by it and what to do. */
  explanation: z.object({ sentence: z.string(), remedy: z.string().nullable() }).nullable(),
  /** One for each check of the draft, in its order. */
  checks: z.array(checkResult).default([]),
  /** One for each capture of the draft, in its order. */
  captured: z.array(capturedValue).default([]),
});
export type RequestResult = z.infer<typeof requestResult>;

/** A call that the rate limit refused and that waits to be sent again. */
export const requestWait = z.object({
  /** As its sender named it. */
  callId: z.uuid(),
  /** ms since the epoch. */
  until: z.number(),
  /** The attempt that follows, of at most so many. */
  attempt: z.int(),
  attempts: z.int(),
  /** The answer of 429. */
  exchangeId,
});
export type RequestWait = z.infer<typeof requestWait>;

export const operationSummary = z.object({
  id: z.string(),
  set: z.enum(['v2', 'v3']),
  service: z.string(),
  method: z.string(),
  path: z.string(),
  summary: z.string(),
  deprecated: z.boolean(),
  access: z.array(z.enum(['Sub-Account', 'Agency'])),
  /** Id of the catalogue it is listed under. */
  catalogue: z.string().default(ownCatalogue),
});
export type OperationSummary = z.infer<typeof operationSummary>;

/** Made by the companion itself, so that only its outermost form is checked. */
const jsonSchema = z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null);

export const operationDetail = operationSummary.extend({
  useCases: z.array(z.string()),
  params: z.array(
    z.object({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      type: z.string().nullable(),
      /** The values it may have, where HighLevel publishes them. */
      values: z.array(z.string()).nullable(),
    }),
  ),
  body: z
    .object({
      contentType: z.string(),
      fields: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean() })).nullable(),
      /** Of the whole body; of a form and a multipart body its fields. */
      schema: jsonSchema,
    })
    .nullable(),
  oauthTokenOnly: z.boolean(),
  version: z.string().nullable(),
  scopes: z.array(z.string()),
  example: z.object({
    pathParams: z.record(z.string(), z.string()),
    query: z.array(nameValue),
    headers: z.array(nameValue).default([]),
    body: z.string().nullable(),
  }),
});
export type OperationDetail = z.infer<typeof operationDetail>;
