/** Records of our own, as NDJSON and JSON hold them. */
import { hash } from 'node:crypto';
import type { CapturedAnswer, CapturedBody, ExchangeCapture } from '../../exchanges/types.ts';
import { bytesOf } from '../body-text.ts';
import {
  exchangeRecord,
  recordFormat,
  recordVersion,
  type ExchangeRecord,
  type RecordBody,
} from '../record.ts';
import { problemOf, UnusableEntry, type ReadEntry } from './entry.ts';

/** Said of an exchange that waited for its answer when it was exported: none will come any more. */
export const stillUnderWay = 'Its answer had not come when it was exported.';

/** Throws `UnusableEntry`. */
export function readRecord(value: unknown): ReadEntry {
  refuseOthers(value);
  const parsed = exchangeRecord.safeParse(value);
  if (!parsed.success) throw problemOf(parsed.error);
  const record = parsed.data;
  return captureOf(
    record,
    recordBody('request', record.requestBody),
    record.responseBody === null ? null : recordBody('response', record.responseBody),
  );
}

/** An exchange from its facts and its bodies, wherever these came from. */
export function captureOf(
  record: Omit<ExchangeRecord, 'requestBody' | 'responseBody'>,
  requestBody: CapturedBody,
  responseBody: CapturedBody | null,
): ReadEntry {
  const capture: ExchangeCapture = {
    purpose: record.purpose,
    direction: record.direction,
    receivedAt: record.receivedAt,
    method: record.method,
    url: record.url,
    httpVersion: record.httpVersion,
    remoteAddress: record.remoteAddress,
    requestHeaders: record.requestHeaders,
    requestBody,
    profileId: record.profileId,
    causeId: record.causeId,
  };
  return { ...capture, id: record.id, answer: answerOf(record, responseBody) };
}

function answerOf(
  record: Omit<ExchangeRecord, 'requestBody' | 'responseBody'>,
  body: CapturedBody | null,
): CapturedAnswer {
  const { outcome } = record;
  return {
    status: record.status,
    headers: record.responseHeaders ?? [],
    body: body ?? { bytes: new Uint8Array(0) },
    outcome: outcome === 'pending' ? 'failed' : outcome,
    error: outcome === 'pending' ? stillUnderWay : record.error,
    timings: record.timings,
    connection: record.connection,
    finishedAt: record.finishedAt ?? record.receivedAt,
  };
}

function recordBody(part: string, { text, base64, sha256, complete, marks }: RecordBody): CapturedBody {
  const bytes = bytesOf({ text, base64 });
  if (bytes === null) throw new UnusableEntry(`The body of its ${part} has neither text nor base64.`);
  if (hash('sha256', bytes) !== sha256.toLowerCase())
    throw new UnusableEntry(`The body of its ${part} is not the one that its sha256 names.`);
  return { bytes, complete, marks };
}

function refuseOthers(value: unknown): void {
  if (typeof value !== 'object' || value === null) throw new UnusableEntry('It is not a JSON object.');
  const { format, version } = value as { format?: unknown; version?: unknown };
  if (format !== recordFormat)
    throw new UnusableEntry(`Its field format is not "${recordFormat}": another program has written it.`);
  if (version !== recordVersion)
    throw new UnusableEntry(
      `Its version is ${JSON.stringify(version) ?? 'missing'}; this companion reads version ${recordVersion}.`,
    );
}
