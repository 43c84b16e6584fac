import { setTimeout as delay } from 'node:timers/promises';
import type { ExchangeDetail, ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { ContractClient } from '../node/owner-client.ts';

/** How long the facts of a webhook may lag behind its capture before it is printed without them. */
const factsWithin = 3000;
const lookEvery = 20;
const sliceBytes = 1_048_576;

/** The whole exchange, once its facts are known. */
export async function detailOf(client: ContractClient, summary: ExchangeSummary): Promise<ExchangeDetail> {
  const deadline = Date.now() + factsWithin;
  for (;;) {
    const detail = await client.exchanges.get({ id: summary.id });
    if (detail.purpose !== 'webhook' || detail.event !== null || Date.now() > deadline) return detail;
    await delay(lookEvery);
  }
}

/** Text when the bytes are valid UTF-8, base64 otherwise; always the bytes as stored. */
export async function bodyOf(
  client: ContractClient,
  { id, requestBody, responseBody }: ExchangeDetail,
  part: 'request' | 'response' = 'request',
): Promise<{ text: string } | { base64: string }> {
  const parts: Buffer[] = [];
  const { bytes: total } = part === 'request' ? requestBody : (responseBody ?? { bytes: 0 });
  for (let offset = 0; offset < total; offset += sliceBytes) {
    const slice = await client.exchanges.body({ id, part, offset, length: sliceBytes });
    parts.push(Buffer.from(slice.base64, 'base64'));
  }
  const bytes = Buffer.concat(parts);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: bytes.toString('base64') };
  }
}

/** What `hlc exchanges --json` prints of an exchange. */
export function lineOf(detail: ExchangeDetail) {
  const { event, requestBody } = detail;
  return {
    seq: detail.seq,
    id: detail.id,
    purpose: detail.purpose,
    receivedAt: new Date(detail.receivedAt).toISOString(),
    method: detail.method,
    url: detail.url,
    status: detail.status,
    outcome: detail.outcome,
    error: detail.error,
    headers: detail.requestHeaders,
    bodyBytes: requestBody.bytes,
    bodySha256: requestBody.sha256,
    pinned: detail.pinned,
    note: detail.note,
    event: event && {
      type: event.type,
      webhookId: event.webhookId,
      locationId: event.locationId,
      companyId: event.companyId,
      signature: {
        verdict: event.signature.verdict,
        scheme: event.signature.scheme,
        keyOwner: event.signature.keyOwner,
        reason: event.signature.reason,
      },
      duplicateOf: event.duplicateOf,
    },
  };
}

/** The same on one line for people. */
export function readableLine(detail: ExchangeDetail): string {
  const { event } = detail;
  return [
    String(detail.seq).padStart(6),
    new Date(detail.receivedAt).toISOString(),
    detail.purpose.padEnd(8),
    detail.method.padEnd(6),
    String(detail.status ?? '—').padEnd(3),
    event?.type ?? detail.url,
    ...(event === null ? [] : [event.signature.verdict]),
    ...(event?.locationId ? [event.locationId] : []),
    ...(detail.error === null ? [] : [detail.error]),
  ].join('  ');
}
