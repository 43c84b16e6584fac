/** An exchange with other people's data in the place of what it tells of its own. */
import type { BodyInfo, EventFacts, HeaderPairs } from '../../../../shared/model/exchange.ts';
import { headerValue } from '../../../../shared/highlevel/headers.ts';
import type { DerivationContext } from '../../exchanges/types.ts';
import { decodeContent } from '../../requests/decode-content.ts';
import { verifySignature } from '../../webhooks/verify.ts';
import { changedBody, type ChangedBody } from '../body-change.ts';
import { textOf } from '../body-text.ts';
import type { WholeExchange } from '../types.ts';
import type { Replacer } from './replacer.ts';

export type ReplaceDeps = {
  readonly replacer: Replacer;
  /** Signs webhooks whose body has changed; null leaves their signature as it was, which then no longer holds. */
  readonly sign: ((headers: HeaderPairs, body: Uint8Array) => Promise<HeaderPairs>) | null;
  readonly derivationContext: () => DerivationContext;
};

export type Replaced = {
  readonly whole: WholeExchange;
  /** Its bytes are others now. */
  readonly changed: boolean;
  /** A body that nobody can look into was left out. */
  readonly leftOut: boolean;
};

/** A longer body is left out: looking into it would hold everything else up. 8 MiB. */
const MOST_BYTES = 8 * 1024 * 1024;

export async function replaceExchange(
  { detail, requestBody, responseBody }: WholeExchange,
  { replacer, sign, derivationContext }: ReplaceDeps,
): Promise<Replaced> {
  // Bodies first: the ids they name are then known by their value in the URL.
  const request = await replaceBody(requestBody, detail.requestBody, detail.requestHeaders, replacer);
  const response =
    responseBody === null || detail.responseBody === null
      ? null
      : await replaceBody(responseBody, detail.responseBody, detail.responseHeaders ?? [], replacer);
  const requestChanged = request.bytes !== requestBody;
  const replacedHeaders = headersOf(detail.requestHeaders, request, requestChanged, replacer);
  const isSigned = sign !== null && requestChanged && detail.event !== null && request.info.complete;
  const requestHeaders = isSigned ? await sign(replacedHeaders, request.bytes) : replacedHeaders;
  const responseChanged = response !== null && response.bytes !== responseBody;
  const replaced = {
    ...detail,
    url: replacer.url(detail.url),
    remoteAddress: detail.remoteAddress === null ? null : replacer.ip(detail.remoteAddress),
    requestHeaders,
    responseHeaders:
      detail.responseHeaders === null || response === null
        ? detail.responseHeaders
        : headersOf(detail.responseHeaders, response, responseChanged, replacer),
    requestBody: request.info,
    responseBody: response?.info ?? null,
    requestBytes: request.bytes.length,
    responseBytes: response?.bytes.length ?? detail.responseBytes,
    event: detail.event === null ? null : eventOf(detail.event, replacer),
  };
  if (replaced.event !== null && requestChanged) {
    const context = derivationContext();
    const receiver = context.profiles.find(({ id }) => id === detail.profileId) ?? null;
    const message = { headers: requestHeaders, body: request.bytes, complete: request.info.complete };
    replaced.event.signature = verifySignature(message, receiver, context.keys);
  }
  return {
    whole: { detail: replaced, requestBody: request.bytes, responseBody: response?.bytes ?? null },
    changed: requestChanged || responseChanged || replaced.url !== detail.url,
    leftOut: (!request.info.complete && requestChanged) || (responseChanged && !response.info.complete),
  };
}

/** The bytes given where nothing in them was replaced. Compressed ones come back decoded. */
async function replaceBody(
  bytes: Uint8Array,
  info: BodyInfo,
  headers: HeaderPairs,
  replacer: Replacer,
): Promise<ChangedBody> {
  if (bytes.length === 0) return { bytes, info };
  const decoded = (await decodeContent(bytes, headerValue(headers, 'content-encoding'))) ?? bytes;
  const text = decoded.length > MOST_BYTES || decoded.includes(0) ? null : textOf(decoded);
  if (text === null) return changedBody(info, new Uint8Array(0), [], false);
  const after = replacer.body(text, headerValue(headers, 'content-type'));
  // The places of cut secrets move with what stands before them; the placeholders say where they are.
  return after === text ? { bytes, info } : changedBody(info, Buffer.from(after), []);
}

/** With the length the body has now, and without the encoding it no longer has. */
function headersOf(
  headers: HeaderPairs,
  { bytes }: ChangedBody,
  changed: boolean,
  replacer: Replacer,
): HeaderPairs {
  const replaced = replacer.headers(headers);
  if (!changed) return replaced;
  return replaced.flatMap(([name, value]): HeaderPairs => {
    const lower = name.toLowerCase();
    if (lower === 'content-encoding') return [];
    return [[name, lower === 'content-length' ? String(bytes.length) : value]];
  });
}

function eventOf(event: EventFacts, replacer: Replacer): EventFacts {
  const id = (value: string | null): string | null => (value === null ? null : replacer.field('id', value));
  return {
    ...event,
    webhookId: id(event.webhookId),
    locationId: id(event.locationId),
    companyId: id(event.companyId),
    entityId: id(event.entityId),
    timestamp: event.timestamp === null ? null : replacer.field('timestamp', event.timestamp),
  };
}
