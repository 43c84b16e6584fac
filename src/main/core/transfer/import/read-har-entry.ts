/** Entries of HAR files: our own with their facts, and those of browsers and proxies. */
import { hash } from 'node:crypto';
import * as z from 'zod';
import { eventOfType } from '../../../../shared/highlevel/events.ts';
import { headerValue } from '../../../../shared/highlevel/headers.ts';
import { signatureOf } from '../../../../shared/highlevel/webhook-headers.ts';
import type { HeaderPairs, Purpose, Timings } from '../../../../shared/model/exchange.ts';
import type { CapturedAnswer, CapturedBody } from '../../exchanges/types.ts';
import { classify } from '../../webhooks/classify.ts';
import { exchangeRecord } from '../record.ts';
import { fullUrl } from '../full-url.ts';
import { problemOf, UnusableEntry, type ReadEntry } from './entry.ts';
import { entryId } from './entry-id.ts';
import { captureOf } from './read-record.ts';

const headers = z.array(z.object({ name: z.string(), value: z.string() })).default([]);
const encoding = z.string().nullish();
const duration = z.number().nullish();

/** Only what is needed is asked for: tools leave out, and add, what they like. */
const harEntry = z.object({
  startedDateTime: z.string(),
  time: duration,
  request: z.object({
    method: z.string().min(1),
    url: z.string().min(1),
    httpVersion: z.string().nullish(),
    headers,
    postData: z
      .object({
        mimeType: z.string().nullish(),
        text: z.string().nullish(),
        encoding,
        _encoding: encoding,
        params: z.array(z.object({ name: z.string(), value: z.string().nullish() })).nullish(),
      })
      .nullish(),
  }),
  response: z
    .object({
      status: z.number().nullish(),
      headers,
      content: z.object({ text: z.string().nullish(), encoding, _wire: z.base64().optional() }).nullish(),
      _error: z.string().nullish(),
    })
    .nullish(),
  timings: z
    .object({ dns: duration, connect: duration, ssl: duration, wait: duration, receive: duration })
    .nullish(),
  serverIPAddress: z.string().nullish(),
  _companion: exchangeRecord
    .extend({ requestBody: z.unknown(), responseBody: z.unknown() })
    .nullish()
    .catch(null),
});
type HarEntry = z.infer<typeof harEntry>;

const bodyFacts = z
  .object({ sha256: z.string(), complete: z.boolean(), marks: exchangeRecord.shape.requestBody.shape.marks })
  .nullable()
  .catch(null);

/**
 * @param digest of the entry's text, which an id is made from where it has none
 * @param occurrence how often the same text came before in the file
 * Throws `UnusableEntry`.
 */
export function readHarEntry(value: unknown, digest: string, occurrence: number): ReadEntry {
  const parsed = harEntry.safeParse(value);
  if (!parsed.success) throw problemOf(parsed.error);
  const entry = parsed.data;
  const requestBytes = requestBody(entry);
  const responseBytes = responseBody(entry);
  const { _companion: facts } = entry;
  if (facts)
    return captureOf(
      facts,
      withFacts(requestBytes, facts.requestBody),
      facts.responseHeaders === null ? null : withFacts(responseBytes, facts.responseBody),
    );
  return foreignEntry(entry, requestBytes, responseBytes, { digest, occurrence });
}

/** Marks hold only for the very bytes they were made on; somebody may have edited the file. */
function withFacts(bytes: Uint8Array, given: unknown): CapturedBody {
  const facts = bodyFacts.parse(given ?? null);
  if (facts === null || hash('sha256', bytes) !== facts.sha256) return { bytes };
  return { bytes, complete: facts.complete, marks: facts.marks };
}

function foreignEntry(
  entry: HarEntry,
  requestBytes: Uint8Array,
  responseBytes: Uint8Array,
  from: { digest: string; occurrence: number },
): ReadEntry {
  const receivedAt = Date.parse(entry.startedDateTime);
  if (Number.isNaN(receivedAt))
    throw new UnusableEntry(`Its startedDateTime "${entry.startedDateTime.slice(0, 60)}" is not a time.`);
  const requestHeaders = pairs(entry.request.headers);
  const { method, url } = entry.request;
  if (!URL.canParse(fullUrl({ url, requestHeaders })))
    throw new UnusableEntry(`Its URL "${url.slice(0, 100)}" is not one.`);
  const purpose = purposeOf(entry, requestHeaders, requestBytes, receivedAt);
  const inbound = purpose === 'webhook';
  return {
    id: entryId(receivedAt, from.digest, from.occurrence),
    purpose,
    direction: inbound ? 'inbound' : 'outbound',
    receivedAt,
    method,
    url: inbound ? targetOf(url) : url,
    httpVersion: versionOf(entry.request.httpVersion),
    remoteAddress: entry.serverIPAddress || null,
    requestHeaders,
    requestBody: { bytes: requestBytes },
    answer: answerOf(entry, responseBytes, receivedAt),
  };
}

function answerOf(entry: HarEntry, bytes: Uint8Array, receivedAt: number): CapturedAnswer {
  const status = entry.response?.status ?? 0;
  const answered = status > 0;
  return {
    status: answered ? status : null,
    headers: pairs(entry.response?.headers ?? []),
    body: { bytes },
    outcome: answered ? 'answered' : 'failed',
    error: answered ? null : (entry.response?._error ?? 'The file has no answer to it.'),
    timings: timingsOf(entry),
    finishedAt: receivedAt + Math.max(0, entry.time ?? 0),
  };
}

function requestBody({ request: { postData } }: HarEntry): Uint8Array {
  if (!postData) return new Uint8Array(0);
  const { text, params } = postData;
  if (text) return decoded(text, postData.encoding ?? postData._encoding);
  if (!params || params.length === 0) return new Uint8Array(0);
  const form = new URLSearchParams(params.map(({ name, value }): [string, string] => [name, value ?? '']));
  return Buffer.from(form.toString());
}

function responseBody({ response }: HarEntry): Uint8Array {
  const content = response?.content;
  if (content?._wire !== undefined) return Buffer.from(content._wire, 'base64');
  return content?.text ? decoded(content.text, content.encoding) : new Uint8Array(0);
}

const decoded = (text: string, encoding: string | null | undefined): Uint8Array =>
  Buffer.from(text, encoding?.toLowerCase() === 'base64' ? 'base64' : 'utf8');

/** Pseudo headers of HTTP/2, which browsers write down among the others, are no headers. */
const pairs = (given: readonly { name: string; value: string }[]): HeaderPairs =>
  given.filter(({ name }) => !name.startsWith(':')).map(({ name, value }) => [name, value]);

/** A tunnel's record of a delivery is a webhook: it is signed, or its body names an event of the platform. */
function purposeOf(entry: HarEntry, given: HeaderPairs, body: Uint8Array, receivedAt: number): Purpose {
  if (signatureOf(given) !== null) return 'webhook';
  const { method, url } = entry.request;
  const isJson = /json/i.test(headerValue(given, 'content-type') ?? '');
  if (method === 'POST' && isJson) {
    const { type } = classify(body, receivedAt, true);
    if (type !== null && eventOfType(type) !== null) return 'webhook';
  }
  return /\/oauth\/(token|locationToken)(\?|$)/.test(url) ? 'token' : 'api';
}

function targetOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function versionOf(text: string | null | undefined): string | null {
  const version = /^(?:http\/)?(\d(?:\.\d)?)$/i.exec(text ?? '')?.[1];
  if (version !== undefined) return version;
  return text === 'h2' || text === 'h3' ? text.slice(1) : null;
}

function timingsOf({ timings, time }: HarEntry): Timings | null {
  if (!timings || time === null || time === undefined) return null;
  const phase = (value: number | null | undefined): number | null =>
    value === null || value === undefined || value < 0 ? null : value;
  const ssl = phase(timings.ssl);
  const connect = phase(timings.connect);
  return {
    dns: phase(timings.dns),
    connect: connect === null ? null : Math.max(0, connect - (ssl ?? 0)),
    tls: ssl,
    wait: phase(timings.wait),
    receive: phase(timings.receive),
    total: Math.max(0, time),
  };
}
