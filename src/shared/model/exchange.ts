import * as z from 'zod';
import { exchangeId, profileId } from './ids.ts';

/** Why an exchange took place. */
export const purposes = ['webhook', 'callback', 'inbound', 'token', 'api', 'forward'] as const;
export const purpose = z.enum(purposes);
export type Purpose = z.infer<typeof purpose>;

export const direction = z.enum(['inbound', 'outbound']);
export type Direction = z.infer<typeof direction>;

export const verdicts = ['valid', 'invalid', 'unsigned', 'unverifiable'] as const;
export const signatureScheme = z.enum(['ed25519', 'rsa']);
export type SignatureScheme = z.infer<typeof signatureScheme>;
export const keyOwner = z.enum(['highlevel', 'profile', 'simulator', 'development']);
export type KeyOwner = z.infer<typeof keyOwner>;

/** What a look at the signature headers found, and why, in words. */
export const signatureFacts = z.object({
  verdict: z.enum(verdicts),
  scheme: signatureScheme.nullable(),
  keyOwner: keyOwner.nullable(),
  /** SHA-256 of the key's SPKI, hex. */
  keyFingerprint: z.string().nullable(),
  /** The header the verdict rests on, as the platform spells it. */
  header: z.string().nullable(),
  reason: z.string(),
});
export type SignatureFacts = z.infer<typeof signatureFacts>;

/** Facts derived from an inbound exchange. They live beside it and can be recomputed at any time. */
export const eventFacts = z.object({
  /** `ContactCreate`, `INSTALL`, …; null where the body names none and none can be told from its shape. */
  type: z.string().nullable(),
  category: z.string().nullable(),
  webhookId: z.string().nullable(),
  locationId: z.string().nullable(),
  companyId: z.string().nullable(),
  appId: z.string().nullable(),
  /** The body's own `timestamp`, as sent. */
  timestamp: z.string().nullable(),
  /** The entity the event speaks of (contact, opportunity, …). */
  entityId: z.string().nullable(),
  signature: signatureFacts,
  /** The first exchange that carried the same webhookId. */
  duplicateOf: exchangeId.nullable(),
  /** Things worth flagging, in words: an old timestamp, an unknown event, a body that is not JSON. */
  flags: z.array(z.string()),
});
export type EventFacts = z.infer<typeof eventFacts>;

/** Header pairs in the order and with the spelling they had on the wire. */
export const headerPairs = z.array(z.tuple([z.string(), z.string()]));
export type HeaderPairs = z.infer<typeof headerPairs>;

/** One place where a secret was cut out of a stored body or URL. */
export const secretMark = z.object({
  /** Byte offset of the placeholder in the stored body. */
  offset: z.int().nonnegative(),
  /** Length in bytes of the secret that was cut. */
  length: z.int().nonnegative(),
  /** `access_token`, `refresh_token`, `client_secret`, `code`, … */
  kind: z.string(),
  /** Where the vault keeps it, if it does. */
  reference: z.string().nullable(),
});
export type SecretMark = z.infer<typeof secretMark>;

/** A stored body without its bytes. */
export const bodyInfo = z.object({
  bytes: z.int().nonnegative(),
  /** SHA-256 of the stored bytes, hex. */
  sha256: z.string(),
  /** False when more was announced or sent than could be kept; what arrived is stored. */
  complete: z.boolean(),
  marks: z.array(secretMark),
});
export type BodyInfo = z.infer<typeof bodyInfo>;

/** Durations in ms; null where the phase did not take place (a reused connection has no connect). */
export const timings = z.object({
  dns: z.number().nullable(),
  connect: z.number().nullable(),
  tls: z.number().nullable(),
  /** From the request sent to the first byte of the answer. */
  wait: z.number().nullable(),
  receive: z.number().nullable(),
  total: z.number(),
});
export type Timings = z.infer<typeof timings>;

/** The certificate a server showed; names as `CN=…, O=…`. */
export const certificateFacts = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** Host names and addresses it is for. */
  names: z.array(z.string()),
  /** ms since the epoch. */
  validFrom: z.number(),
  validTo: z.number(),
  /** SHA-256 of its DER form, hex in pairs. */
  fingerprint: z.string(),
});
export type CertificateFacts = z.infer<typeof certificateFacts>;

/** The connection that carried an outgoing request. */
export const connection = z.object({
  /** `address:port` of this machine's end. */
  local: z.string().nullable(),
  /** `address:port` of the other end: the proxy's where there is one. */
  remote: z.string().nullable(),
  /** True where an earlier request had opened it. */
  reused: z.boolean(),
  /** The proxy it went through, as `http://host:port`. */
  proxy: z.string().nullable(),
  /** Null for a connection that is not encrypted. */
  tls: z
    .object({ protocol: z.string(), cipher: z.string(), certificate: certificateFacts.nullable() })
    .nullable(),
});
export type Connection = z.infer<typeof connection>;

/** How an exchange ended. `pending`: captured, its answer not yet known. */
export const outcome = z.enum(['pending', 'answered', 'failed', 'cancelled', 'too-large']);
export type Outcome = z.infer<typeof outcome>;

/** Where an exchange comes from that crossed no wire here. */
export const importMark = z.object({
  /** Name of the file, without its folder. */
  file: z.string(),
  /** When it was read, ms since the epoch. */
  at: z.number(),
});
export type ImportMark = z.infer<typeof importMark>;

/** A few hundred bytes a row: what lists show. */
export const exchangeSummary = z.object({
  seq: z.int().positive(),
  id: exchangeId,
  purpose,
  direction,
  /** ms since the epoch. */
  receivedAt: z.number(),
  method: z.string(),
  /** Full URL for outbound, request target for inbound; secret parameters masked. */
  url: z.string(),
  status: z.int().nullable(),
  outcome,
  /** One sentence where `outcome` is `failed` or `too-large`. */
  error: z.string().nullable(),
  durationMs: z.number().nullable(),
  requestBytes: z.int(),
  responseBytes: z.int().nullable(),
  profileId: profileId.nullable(),
  causeId: exchangeId.nullable(),
  /** How many times it was passed on or sent again to the developer's own server. */
  deliveries: z.int().nonnegative(),
  event: eventFacts.nullable(),
  /** Null for what crossed the wire here. */
  imported: importMark.nullable(),
  /** Kept by the developer: no retention rule deletes it. */
  pinned: z.boolean().default(false),
  /** The developer's own words on it. */
  note: z.string().nullable().default(null),
});
export type ExchangeSummary = z.infer<typeof exchangeSummary>;

export const exchangeDetail = exchangeSummary.extend({
  httpVersion: z.string().nullable(),
  remoteAddress: z.string().nullable(),
  requestHeaders: headerPairs,
  requestBody: bodyInfo,
  responseHeaders: headerPairs.nullable(),
  responseBody: bodyInfo.nullable(),
  timings: timings.nullable(),
  /** Null for what came in, and where nobody has noted it. */
  connection: connection.nullable().default(null),
  finishedAt: z.number().nullable(),
});
export type ExchangeDetail = z.infer<typeof exchangeDetail>;

/** How an exchange was answered: a status (`404`), a class of them (`5xx`), or the way it ended without one. */
export const answerKind = z.union([
  z.string().regex(/^[1-5](\d\d|xx)$/, 'a status such as 404, or a class such as 5xx'),
  outcome.exclude(['answered']),
]);
export type AnswerKind = z.infer<typeof answerKind>;

/** What is looked for in URL, headers and bodies, upper and lower case alike. */
export const searchTerm = z.object({
  text: z.string().min(1).max(500),
  /** `part`: anywhere. `word`: whole words. `start`: words, the last of which begins like this. */
  match: z.enum(['part', 'word', 'start']),
});
export type SearchTerm = z.infer<typeof searchTerm>;

const several = <T extends z.ZodType>(one: T) => z.array(one).max(200).optional();

/** The conditions that can be asked for and excluded alike. Each holds when one of its values does. */
export const exchangeConditions = z.object({
  eventTypes: several(z.string()),
  /** Of events, with their sub-categories: `Contacts` means `Contacts / Notes` too. */
  categories: several(z.string()),
  verdicts: several(z.enum(verdicts)),
  profileIds: several(profileId),
  /** The `appId` that the body names. */
  appIds: several(z.string()),
  locationIds: several(z.string()),
  companyIds: several(z.string()),
  entityIds: several(z.string()),
  answers: several(answerKind),
  methods: several(z.string()),
  /** Parts of the URL. */
  paths: several(z.string().min(1).max(500)),
  purposes: several(purpose),
  terms: several(searchTerm),
});
export type ExchangeConditions = z.infer<typeof exchangeConditions>;

/** Which exchanges a list shows. All given conditions must hold. */
export const exchangeFilter = exchangeConditions.omit({ terms: true }).extend({
  profileId: profileId.optional(),
  /** Words, prefixes or any substring of three or more characters, over URL, headers, bodies and notes. */
  search: z.string().max(500).optional(),
  /** All of these must occur. */
  terms: z.array(searchTerm).max(50).optional(),
  /** Nothing of this may hold. */
  except: exchangeConditions.optional(),
  /** Whether its webhook id came before. */
  duplicate: z.boolean().optional(),
  /** Whether it was passed on or sent again to the developer's own server. */
  forwarded: z.boolean().optional(),
  /** Those that one of these exchanges caused. */
  causeIds: z.array(exchangeId).max(1000).optional(),
  /** Whether it was read from a file. */
  imported: z.boolean().optional(),
  pinned: z.boolean().optional(),
  /** Whether it has a note. */
  noted: z.boolean().optional(),
  /** ms since the epoch, inclusive. */
  from: z.number().optional(),
  to: z.number().optional(),
});
export type ExchangeFilter = z.infer<typeof exchangeFilter>;

/**
 * A page by cursor. With `after`, rows ascend from there; with `before` (or neither) they descend, newest first.
 */
export const exchangePageQuery = exchangeFilter.extend({
  after: z.int().nonnegative().optional(),
  before: z.int().positive().optional(),
  limit: z.int().min(1).max(1000).default(200),
});
export type ExchangePageQuery = z.input<typeof exchangePageQuery>;

export const exchangePage = z.object({
  items: z.array(exchangeSummary),
  /** The log ends here, whatever the filter. */
  endSeq: z.int().nonnegative(),
  /** More rows match beyond this page. */
  more: z.boolean(),
});
export type ExchangePage = z.infer<typeof exchangePage>;

/**
 * Rows are pulled, ticks are pushed: the log now ends at `endSeq`, and rows from `touchedFrom` on may have changed or be
 * gone; up to `touchedTo` where that is given, else to the end.
 */
export const exchangeTick = z.object({
  endSeq: z.int().nonnegative(),
  touchedFrom: z.int().positive().nullable(),
  touchedTo: z.int().positive().optional(),
});
export type ExchangeTick = z.infer<typeof exchangeTick>;

export const bodyPart = z.enum(['request', 'response']);
export type BodyPart = z.infer<typeof bodyPart>;
