/** An exchange as one JSON object that loses nothing: a line of NDJSON, an entry of the JSON format. */
import * as z from 'zod';
import {
  bodyInfo,
  exchangeDetail,
  type BodyInfo,
  type ExchangeDetail,
} from '../../../shared/model/exchange.ts';
import { contentOf } from './body-text.ts';
import type { WholeExchange } from './types.ts';

export const recordFormat = 'highlevel-companion/exchange';
export const recordVersion = 1;

const recordBody = bodyInfo.extend({ text: z.string().optional(), base64: z.base64().optional() });
export type RecordBody = z.infer<typeof recordBody>;

/** What an import takes of a record. Facts are left out: they are derived again. */
export const exchangeRecord = exchangeDetail
  .omit({
    seq: true,
    event: true,
    imported: true,
    durationMs: true,
    requestBytes: true,
    responseBytes: true,
  })
  .extend({
    format: z.literal(recordFormat),
    version: z.literal(recordVersion),
    requestBody: recordBody,
    responseBody: recordBody.nullable(),
  });
export type ExchangeRecord = z.infer<typeof exchangeRecord>;

/** Everything but the bodies' bytes; what HAR has no place for. */
export function factsOf(detail: ExchangeDetail) {
  const { durationMs: _duration, requestBytes: _request, responseBytes: _response, ...facts } = detail;
  return { format: recordFormat, version: recordVersion, ...facts };
}

export function recordOf({ detail, requestBody, responseBody }: WholeExchange) {
  const withBytes = (info: BodyInfo, bytes: Uint8Array) => ({ ...info, ...contentOf(bytes) });
  return {
    ...factsOf(detail),
    requestBody: withBytes(detail.requestBody, requestBody),
    responseBody:
      detail.responseBody === null || responseBody === null
        ? null
        : withBytes(detail.responseBody, responseBody),
  };
}
